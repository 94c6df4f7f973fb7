/** What is in the tables of a directory: schemas, first rows, statistics of the columns. */
import { stat } from "node:fs/promises";
import { type Data, DataType, type Field, type RecordBatch } from "apache-arrow";
import { unpackBits } from "./arrow.ts";
import { recordBatches, tableFields, type TableFile } from "./files.ts";

/** A value of a cell; bytes are hexadecimal. */
export type CellValue = string | number | bigint | boolean | null;

/** Statistics of a column, by what it holds. Values that are missing or no numbers (NaN) are counted and left out. */
export type ColumnStatistics =
  | {
      readonly kind: "numbers";
      readonly least: number | bigint | null;
      /** Of integers from their exact sum. */
      readonly mean: number | null;
      readonly greatest: number | bigint | null;
      readonly missing: number;
    }
  | { readonly kind: "flags"; readonly set: number }
  | {
      readonly kind: "texts";
      readonly distinct: number;
      /** The first of several. */
      readonly commonest: string | null;
      readonly times: number;
    }
  /** Bytes, which have none. */
  | { readonly kind: "none" };

/** A column of a table. */
export interface ColumnSummary {
  readonly name: string;
  readonly type: string;
  readonly unit: string;
  readonly description: string;
  readonly statistics: ColumnStatistics;
}

/** A table of a directory. */
export interface TableSummary {
  readonly name: string;
  readonly description: string;
  readonly rows: number;
  readonly batches: number;
  readonly bytes: number;
  /** It is a stream: its run is under way, or was cut off. */
  readonly isStream: boolean;
  readonly columns: readonly ColumnSummary[];
  /** The first rows, one value per column. */
  readonly head: readonly (readonly CellValue[])[];
}

/** Reads a table once, batch by batch. @param headRows most rows of `head` */
export async function inspectTable(file: TableFile, headRows: number): Promise<TableSummary> {
  const schema = await tableFields(file);
  const gatherers = schema.fields.map(gathererOf);
  const head: CellValue[][] = [];
  let rows = 0;
  let batches = 0;
  for await (const batch of recordBatches(file)) {
    rows += batch.numRows;
    batches++;
    schema.fields.forEach(({ name }, position) => gatherers[position]!.add(dataOf(batch, name)));
    for (let row = 0; row < batch.numRows && head.length < headRows; row++)
      head.push(schema.fields.map(({ name }) => cellOf(batch.getChild(name)!.get(row))));
  }
  return {
    name: file.name,
    description: schema.metadata.get("description") ?? "",
    rows,
    batches,
    bytes: (await stat(file.path)).size,
    isStream: file.isStream,
    columns: schema.fields.map((field, position) => ({
      name: field.name,
      type: typeName(field),
      unit: field.metadata.get("unit") ?? "",
      description: field.metadata.get("description") ?? "",
      statistics: gatherers[position]!.finish(),
    })),
    head,
  };
}

const dataOf = (batch: RecordBatch, name: string): Data => batch.getChild(name)!.data[0]!;

function cellOf(value: unknown): CellValue {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("hex");
  return (value ?? null) as CellValue;
}

/** `label` as the schema of a trace calls it; else Arrow's name in lower case. */
function typeName({ type }: Field): string {
  return DataType.isDictionary(type) ? "label" : String(type).toLowerCase();
}

interface Gatherer {
  add(data: Data): void;
  finish(): ColumnStatistics;
}

function gathererOf({ type }: Field): Gatherer {
  if (DataType.isDictionary(type)) return new Texts();
  if (DataType.isBool(type)) return new Flags();
  if (DataType.isInt(type) && type.bitWidth === 64) return new BigIntegers();
  if (DataType.isInt(type) || DataType.isFloat(type)) return new Numbers();
  return { add: () => {}, finish: () => ({ kind: "none" }) };
}

class Numbers implements Gatherer {
  #least = Infinity;
  #greatest = -Infinity;
  #sum = 0;
  #count = 0;
  #missing = 0;

  add(data: Data): void {
    const values = data.values as ArrayLike<number>;
    for (let row = 0; row < data.length; row++) {
      const value = values[row]!;
      if (Number.isNaN(value) || (data.nullCount > 0 && !data.getValid(row))) {
        this.#missing++;
        continue;
      }
      this.#count++;
      this.#sum += value;
      if (value < this.#least) this.#least = value;
      if (value > this.#greatest) this.#greatest = value;
    }
  }

  finish(): ColumnStatistics {
    const missing = this.#missing;
    if (this.#count === 0) return { kind: "numbers", least: null, mean: null, greatest: null, missing };
    const mean = this.#sum / this.#count;
    return { kind: "numbers", least: this.#least, mean, greatest: this.#greatest, missing };
  }
}

class BigIntegers implements Gatherer {
  #least: bigint | null = null;
  #greatest: bigint | null = null;
  #sum = 0n;
  #count = 0;
  #missing = 0;

  add(data: Data): void {
    const values = data.values as ArrayLike<bigint>;
    for (let row = 0; row < data.length; row++) {
      if (data.nullCount > 0 && !data.getValid(row)) {
        this.#missing++;
        continue;
      }
      const value = values[row]!;
      this.#count++;
      this.#sum += value;
      if (this.#least === null || value < this.#least) this.#least = value;
      if (this.#greatest === null || value > this.#greatest) this.#greatest = value;
    }
  }

  finish(): ColumnStatistics {
    const mean = this.#count === 0 ? null : Number(this.#sum) / this.#count;
    return { kind: "numbers", least: this.#least, mean, greatest: this.#greatest, missing: this.#missing };
  }
}

class Flags implements Gatherer {
  #set = 0;

  add(data: Data): void {
    for (const flag of unpackBits(data.values as Uint8Array, data.length)) this.#set += flag;
  }

  finish(): ColumnStatistics {
    return { kind: "flags", set: this.#set };
  }
}

class Texts implements Gatherer {
  readonly #counts = new Map<string, number>();

  add(data: Data): void {
    const texts = Array.from(data.dictionary as Iterable<string>);
    const positions = data.values as Int32Array;
    const counts = new Uint32Array(texts.length);
    for (let row = 0; row < data.length; row++) counts[positions[row]!]!++;
    texts.forEach((text, position) => {
      const count = counts[position]!;
      if (count > 0) this.#counts.set(text, (this.#counts.get(text) ?? 0) + count);
    });
  }

  finish(): ColumnStatistics {
    let commonest: string | null = null;
    let times = 0;
    for (const [text, count] of this.#counts) if (count > times) [commonest, times] = [text, count];
    return { kind: "texts", distinct: this.#counts.size, commonest, times };
  }
}
