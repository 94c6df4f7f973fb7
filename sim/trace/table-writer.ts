import { type FileHandle, open } from "node:fs/promises";
import { AsyncByteQueue, RecordBatchStreamWriter } from "apache-arrow";
import { arrowTable, type ArrowTable, type Labels, recordBatch } from "./arrow.ts";
import { ColumnBuffer, type ColumnValues } from "./column-buffer.ts";
import type { TableSchema } from "./schema.ts";

/** Values for every column of a table. */
export type RowValues = Readonly<Record<string, ColumnValues>>;

/** Keeps what Arrow's writer emits until it is taken, so that writing can wait for the file. */
export class ByteSink extends AsyncByteQueue {
  #chunks: Uint8Array[] = [];

  override write(chunk: Uint8Array): void {
    if (chunk.byteLength > 0) this.#chunks.push(chunk);
  }

  take(): Uint8Array[] {
    const chunks = this.#chunks;
    this.#chunks = [];
    return chunks;
  }
}

/** Writes one table as an Arrow stream, a batch at a time. Holds the rows since the last batch. */
export class TableWriter {
  readonly table: TableSchema;
  readonly #file: FileHandle;
  readonly #arrow: ArrowTable;
  readonly #sink = new ByteSink();
  readonly #writer = new RecordBatchStreamWriter();
  readonly #buffers: readonly ColumnBuffer[];
  #pendingRows = 0;

  private constructor(table: TableSchema, file: FileHandle, arrow: ArrowTable) {
    this.table = table;
    this.#file = file;
    this.#arrow = arrow;
    this.#buffers = table.columns.map((column) => new ColumnBuffer(column));
    this.#writer.reset(this.#sink, arrow.schema);
  }

  /** Creates the stream file; it opens as an empty table at once. */
  static async create(
    path: string,
    table: TableSchema,
    metadata: ReadonlyMap<string, string>,
    labels: Labels,
  ): Promise<TableWriter> {
    const writer = new TableWriter(table, await open(path, "w"), arrowTable(table, metadata, labels));
    await writer.#drain();
    return writer;
  }

  /** Rows that no batch holds yet. */
  get pendingRows(): number {
    return this.#pendingRows;
  }

  /** Adds rows. @throws Error when a column is missing, unknown, or of another type or length */
  append(rows: number, values: RowValues): void {
    if (Object.keys(values).length !== this.#buffers.length)
      throw new Error(`table ${this.table.name}: values for ${Object.keys(values).length} columns`);
    for (const buffer of this.#buffers) {
      const column = values[buffer.column.name];
      if (column === undefined)
        throw new Error(`table ${this.table.name}: no values for ${buffer.column.name}`);
      buffer.append(rows, column);
    }
    this.#pendingRows += rows;
  }

  /** Writes the waiting rows as one batch; nothing when there are none. */
  async flush(): Promise<void> {
    if (this.#pendingRows === 0) return;
    this.#writer.write(recordBatch(this.#arrow, this.#pendingRows, this.#buffers));
    await this.#drain();
    for (const buffer of this.#buffers) buffer.clear();
    this.#pendingRows = 0;
  }

  /** Writes what waits and ends the stream. */
  async close(): Promise<void> {
    await this.flush();
    this.#writer.close();
    await this.#drain();
    await this.#file.close();
  }

  /** Closes the file as it is: the stream ends with its last batch. */
  async abandon(): Promise<void> {
    await this.#file.close();
  }

  async #drain(): Promise<void> {
    await this.#file.writev(this.#sink.take());
  }
}
