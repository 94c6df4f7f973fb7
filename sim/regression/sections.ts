/** A table of a trace, cut where the block or the comparison changes: what two runs are compared by. */
import {
  type ColumnArray,
  type ColumnSchema,
  type TableSchema,
  tableSchema,
  type Trace,
  type TraceBatch,
} from "../trace/index.ts";

/** The values of one column in one section. */
export interface SectionValues {
  readonly kind: "values";
  /** One per row; flags are 0 or 1, labels are positions in `labels`. */
  readonly array: ColumnArray;
  /** Null for a column that holds no labels. */
  readonly labels: readonly string[] | null;
}

/** What is left of a column whose values were not kept. */
export interface SectionDigest {
  readonly kind: "digest";
  readonly digest: string;
}

export type SectionColumn = SectionValues | SectionDigest;

/** The rows of a table that belong to one block of one comparison. */
export interface Section {
  readonly comparison: string;
  readonly block: bigint;
  /** Number of the epoch; null in a table that counts none. */
  readonly epoch: number | null;
  readonly rows: number;
  readonly columns: ReadonlyMap<string, SectionColumn>;
}

/** The same in every row of a section. */
export const SECTION_KEYS: ReadonlySet<string> = new Set(["comparison", "epoch", "block"]);

/** The columns of a table that a section has values of. */
export function sectionColumns(table: TableSchema): readonly ColumnSchema[] {
  return table.columns.filter(({ name }) => !SECTION_KEYS.has(name));
}

/** The sections of a table, in the order of its rows; a batch may end inside one. */
export async function* traceSections(trace: Trace, table: string): AsyncGenerator<Section> {
  const schema = tableSchema(table);
  let open: OpenSection | null = null;
  for await (const batch of trace.batches(table)) {
    const keys = sectionKeys(schema, batch);
    let start = 0;
    while (start < batch.rows) {
      const key = keys(start);
      let end = start + 1;
      while (end < batch.rows && isSame(keys(end), key)) end++;
      if (open && !isSame(open.key, key)) {
        yield closeSection(schema, open);
        open = null;
      }
      open ??= { key, parts: [] };
      open.parts.push({ batch, start, end });
      start = end;
    }
  }
  if (open) yield closeSection(schema, open);
}

interface SectionKey {
  readonly comparison: string;
  readonly block: bigint;
  readonly epoch: number | null;
}

interface OpenSection {
  readonly key: SectionKey;
  readonly parts: { readonly batch: TraceBatch; readonly start: number; readonly end: number }[];
}

const isSame = (a: SectionKey, b: SectionKey): boolean =>
  a.block === b.block && a.epoch === b.epoch && a.comparison === b.comparison;

function sectionKeys(schema: TableSchema, batch: TraceBatch): (row: number) => SectionKey {
  const has = (name: string): boolean => schema.columns.some((column) => column.name === name);
  const comparisons = batch.column("comparison");
  const names = batch.labels("comparison");
  const blocks = batch.column("block");
  const epochs = has("epoch") ? batch.column("epoch") : null;
  return (row) => ({
    comparison: names[Number(comparisons[row])] ?? "",
    block: BigInt(blocks[row] ?? 0),
    epoch: epochs ? Number(epochs[row]) : null,
  });
}

function closeSection(schema: TableSchema, { key, parts }: OpenSection): Section {
  const rows = parts.reduce((sum, { start, end }) => sum + end - start, 0);
  const columns = new Map<string, SectionColumn>();
  for (const { name, type } of sectionColumns(schema)) {
    const pieces = parts.map(({ batch, start, end }) => batch.column(name).subarray(start, end));
    const labels = type === "label" ? (parts[0]?.batch.labels(name) ?? []) : null;
    columns.set(name, { kind: "values", array: joined(pieces, rows), labels });
  }
  return { ...key, rows, columns };
}

function joined(pieces: readonly ColumnArray[], rows: number): ColumnArray {
  const [first] = pieces;
  if (!first) throw new Error("a section without rows");
  if (pieces.length === 1) return first;
  const whole = new (first.constructor as new (length: number) => ColumnArray)(rows);
  let at = 0;
  for (const piece of pieces) {
    // All pieces of a column have the type of its schema.
    (whole as Float64Array).set(piece as Float64Array, at);
    at += piece.length;
  }
  return whole;
}
