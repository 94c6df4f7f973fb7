/** How the tables of a trace look in Apache Arrow: uncompressed, fixed dictionaries, units in the field metadata. */
import {
  Bool,
  type Data,
  type DataType,
  Dictionary,
  Field,
  Float64,
  Int32,
  Int64,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Uint16,
  Uint32,
  Uint64,
  Utf8,
  type Vector,
  vectorFromArray,
} from "apache-arrow";
import { isLabelColumn, type ColumnBuffer } from "./column-buffer.ts";
import type { ColumnSchema, ColumnType, TableSchema } from "./schema.ts";

/** The texts that a label column can hold, per column name; fixed before the first row. */
export type Labels = Readonly<Record<string, readonly string[]>>;

/** A table's Arrow schema and the dictionaries that its batches share. */
export interface ArrowTable {
  readonly schema: Schema;
  readonly dictionaries: ReadonlyMap<string, Vector<Utf8>>;
}

const PLAIN_TYPES: Readonly<Record<Exclude<ColumnType, "label">, () => DataType>> = {
  bool: () => new Bool(),
  uint16: () => new Uint16(),
  uint32: () => new Uint32(),
  uint64: () => new Uint64(),
  int64: () => new Int64(),
  float64: () => new Float64(),
};

/** Arrow would number dictionaries by a counter of the process; the position of the column is the same in every run. */
function arrowType(column: ColumnSchema, position: number): DataType {
  return column.type === "label"
    ? new Dictionary(new Utf8(), new Int32(), position)
    : PLAIN_TYPES[column.type]();
}

/** @param metadata of the whole table: scenario hash, seed, versions; no clock */
export function arrowTable(
  table: TableSchema,
  metadata: ReadonlyMap<string, string>,
  labels: Labels,
): ArrowTable {
  const dictionaries = new Map<string, Vector<Utf8>>();
  const fields = table.columns.map((column, position) => {
    if (column.type === "label") {
      const texts = labels[column.name];
      if (!texts) throw new Error(`table ${table.name}: no labels for column ${column.name}`);
      dictionaries.set(column.name, vectorFromArray([...texts], new Utf8()));
    }
    const about = new Map([
      ["unit", column.unit],
      ["description", column.description],
    ]);
    if (column.source !== "") about.set("source", column.source);
    return new Field(column.name, arrowType(column, position), false, about);
  });
  const about = new Map([["description", table.description], ...metadata]);
  return { schema: new Schema(fields, about), dictionaries };
}

/** One batch over the values in the buffers, which must not change until the batch is written. */
export function recordBatch(
  { schema, dictionaries }: ArrowTable,
  rows: number,
  buffers: readonly ColumnBuffer[],
): RecordBatch {
  const children = schema.fields.map((field, position) => {
    const buffer = buffers[position];
    if (!buffer) throw new Error(`no values for column ${field.name}`);
    return columnData(field.type as DataType, rows, buffer, dictionaries.get(field.name));
  });
  const struct = new Struct(schema.fields);
  return new RecordBatch(schema, makeData({ type: struct, length: rows, nullCount: 0, children }));
}

function columnData(
  type: DataType,
  length: number,
  buffer: ColumnBuffer,
  dictionary: Vector<Utf8> | undefined,
): Data {
  const values = buffer.values();
  if (isLabelColumn(buffer)) {
    if (!dictionary) throw new Error("a label column without its dictionary");
    return makeData({
      type: type as Dictionary<Utf8, Int32>,
      length,
      nullCount: 0,
      data: values as Int32Array,
      dictionary,
    });
  }
  if (type instanceof Bool)
    return makeData({ type, length, nullCount: 0, data: packBits(values as Uint8Array) });
  return makeData({ type: type as Uint16, length, nullCount: 0, data: values as Uint16Array });
}

/** 0 or 1 per byte to one bit each, lowest bit first. */
function packBits(flags: Uint8Array): Uint8Array {
  const bits = new Uint8Array((flags.length + 7) >> 3);
  for (let i = 0; i < flags.length; i++)
    if (flags[i] !== 0) bits[i >> 3] = (bits[i >> 3] ?? 0) | (1 << (i & 7));
  return bits;
}

/** The first `length` bits, lowest bit first, to 0 or 1 per byte. */
export function unpackBits(bits: Uint8Array, length: number): Uint8Array {
  const flags = new Uint8Array(length);
  for (let i = 0; i < length; i++) flags[i] = ((bits[i >> 3] ?? 0) >> (i & 7)) & 1;
  return flags;
}
