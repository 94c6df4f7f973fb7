import { ColumnBuffer } from "./column-buffer.ts";
import type { Trace, TraceBatch } from "./reader.ts";
import { tableSchema } from "./schema.ts";
import type { RowValues } from "./table-writer.ts";
import type { TraceOptions, TraceSink } from "./writer.ts";

/** Columns of tables, by table. */
export type TableColumns = ReadonlyMap<string, ReadonlySet<string>>;

/** Some columns of a trace that is not written to disk; read as one that was. */
export class MemoryTrace implements TraceSink, Pick<Trace, "has" | "batches" | "read"> {
  readonly #labels: TraceOptions["labels"];
  readonly #tables: ReadonlyMap<string, { rows: number; readonly columns: readonly ColumnBuffer[] }>;

  /** @param columns what is kept; rows of other tables are dropped */
  constructor(columns: TableColumns, labels: TraceOptions["labels"]) {
    this.#labels = labels;
    this.#tables = new Map(
      Array.from(columns, ([table, names]) => {
        const kept = tableSchema(table).columns.filter(({ name }) => names.has(name));
        return [table, { rows: 0, columns: kept.map((column) => new ColumnBuffer(column)) }];
      }),
    );
  }

  has(table: string): boolean {
    return this.#tables.has(table);
  }

  wants(table: string): boolean {
    return this.has(table);
  }

  append(table: string, rows: number, values: RowValues): void {
    const kept = this.#tables.get(table);
    if (!kept) return;
    for (const buffer of kept.columns) {
      const column = values[buffer.column.name];
      if (column === undefined) throw new Error(`table ${table}: no values for ${buffer.column.name}`);
      buffer.append(rows, column);
    }
    kept.rows += rows;
  }

  async endEpoch(): Promise<void> {}

  async *batches(table: string): AsyncGenerator<TraceBatch> {
    const batch = await this.read(table);
    if (batch.rows > 0) yield batch;
  }

  async read(table: string): Promise<TraceBatch> {
    const kept = this.#tables.get(table);
    if (!kept) throw new Error(`table ${table} was not kept`);
    return {
      rows: kept.rows,
      column: (name) => {
        const buffer = kept.columns.find(({ column }) => column.name === name);
        if (!buffer) throw new Error(`column ${name} of ${table} was not kept`);
        return buffer.values();
      },
      // A table without rows has no dictionaries on disk either.
      labels: (name) => (kept.rows === 0 ? [] : (this.#labels[name] ?? [])),
    };
  }
}
