import type { Trace, TraceBatch } from "../../../sim/trace/index.ts";

const RAO = 1e9;

/** Some rows of one table, column by column. */
export class Columns {
  readonly #batch: TraceBatch;
  readonly #rows: readonly number[];

  constructor(batch: TraceBatch, rows: readonly number[]) {
    this.#batch = batch;
    this.#rows = rows;
  }

  get length(): number {
    return this.#rows.length;
  }

  /** Integers of 64 bits as they are, for example rao. */
  amounts(column: string): bigint[] {
    const values = this.#batch.column(column) as ArrayLike<bigint>;
    return this.#rows.map((row) => values[row]!);
  }

  /** Rao as tokens. */
  tokens(column: string): number[] {
    return this.amounts(column).map((rao) => Number(rao) / RAO);
  }

  /** Any numbers. */
  numbers(column: string): number[] {
    const values = this.#batch.column(column) as ArrayLike<number | bigint>;
    return this.#rows.map((row) => Number(values[row]!));
  }

  /** Texts of a label column. */
  texts(column: string): string[] {
    const labels = this.#batch.labels(column);
    return this.numbers(column).map((position) => labels[position]!);
  }

  /** The rows of every value of a column, in the order in which the values first appear. */
  groupedBy(column: string): Map<number, Columns> {
    const values = this.#batch.column(column) as ArrayLike<number | bigint>;
    const groups = new Map<number, number[]>();
    for (const row of this.#rows) {
      const value = Number(values[row]!);
      const group = groups.get(value);
      if (group === undefined) groups.set(value, [row]);
      else group.push(row);
    }
    return new Map([...groups].map(([value, rows]) => [value, new Columns(this.#batch, rows)]));
  }
}

/** The rows of a table by comparison; none where the trace does not have the table. */
export async function readByComparison(
  trace: Trace,
  table: string,
  columns?: readonly string[],
): Promise<Map<string, Columns>> {
  if (!trace.has(table)) return new Map();
  const batch = await trace.read(table, columns);
  const all = new Columns(
    batch,
    Array.from({ length: batch.rows }, (_, row) => row),
  );
  const labels = batch.labels("comparison");
  return new Map([...all.groupedBy("comparison")].map(([position, rows]) => [labels[position]!, rows]));
}
