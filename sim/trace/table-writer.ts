import { closeSync, ftruncateSync, openSync } from "node:fs";
import { AsyncByteQueue, RecordBatchStreamWriter } from "apache-arrow";
import { arrowTable, type ArrowTable, type Labels, recordBatch } from "./arrow.ts";
import { type ColumnArray, ColumnBuffer, type ColumnValues } from "./column-buffer.ts";
import type { TableSchema } from "./schema.ts";
import { writeAll } from "./write-all.ts";

/** Values for every column of a table. */
export type RowValues = Readonly<Record<string, ColumnValues>>;

/** Where a table stands between two rows; plain data. */
export interface SavedTable {
  /** Length of the stream with its last whole batch. */
  readonly bytes: number;
  readonly batches: number;
  /** The rows that no batch holds yet, column by column. */
  readonly pendingRows: number;
  readonly columns: readonly ColumnArray[];
}

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
  /** Its descriptor. */
  readonly #file: number;
  readonly #arrow: ArrowTable;
  readonly #sink = new ByteSink();
  readonly #writer = new RecordBatchStreamWriter();
  readonly #buffers: readonly ColumnBuffer[];
  #pendingRows = 0;
  #bytes = 0;
  #batches = 0;

  private constructor(table: TableSchema, file: number, arrow: ArrowTable) {
    this.table = table;
    this.#file = file;
    this.#arrow = arrow;
    this.#buffers = table.columns.map((column) => new ColumnBuffer(column));
    this.#writer.reset(this.#sink, arrow.schema);
  }

  /** Creates the stream file; it opens as an empty table at once. */
  static create(
    path: string,
    table: TableSchema,
    metadata: ReadonlyMap<string, string>,
    labels: Labels,
  ): TableWriter {
    const writer = new TableWriter(table, openSync(path, "w"), arrowTable(table, metadata, labels));
    writer.#drain();
    return writer;
  }

  /** Goes on with a stream file where it stood; what was written after that is cut off. */
  static resume(
    path: string,
    table: TableSchema,
    metadata: ReadonlyMap<string, string>,
    labels: Labels,
    saved: SavedTable,
  ): TableWriter {
    const file = openSync(path, "r+");
    ftruncateSync(file, saved.bytes);
    const writer = new TableWriter(table, file, arrowTable(table, metadata, labels));
    // The file begins with what a new writer says first: the schema, and with the first batch the dictionaries.
    if (saved.batches > 0) writer.#writer.write(recordBatch(writer.#arrow, 0, writer.#buffers));
    writer.#sink.take();
    writer.#bytes = saved.bytes;
    writer.#batches = saved.batches;
    writer.#pendingRows = saved.pendingRows;
    writer.#buffers.forEach((buffer, position) =>
      buffer.append(saved.pendingRows, saved.columns[position] ?? 0),
    );
    return writer;
  }

  /** Where the table stands. */
  save(): SavedTable {
    return {
      bytes: this.#bytes,
      batches: this.#batches,
      pendingRows: this.#pendingRows,
      columns: this.#buffers.map((buffer) => buffer.values().slice()),
    };
  }

  /** Rows that no batch holds yet. */
  get pendingRows(): number {
    return this.#pendingRows;
  }

  /** Adds rows. @throws Error when a column is missing, unknown, or of another type or length */
  append(rows: number, values: RowValues): void {
    for (const name of Object.keys(values))
      if (!this.#buffers.some(({ column }) => column.name === name))
        throw new Error(`table ${this.table.name}: no column ${name}`);
    for (const buffer of this.#buffers) {
      const column = values[buffer.column.name];
      if (column === undefined)
        throw new Error(`table ${this.table.name}: no values for ${buffer.column.name}`);
      buffer.append(rows, column);
    }
    this.#pendingRows += rows;
  }

  /** Writes the waiting rows as one batch; nothing when there are none. */
  flush(): void {
    if (this.#pendingRows === 0) return;
    this.#writer.write(recordBatch(this.#arrow, this.#pendingRows, this.#buffers));
    this.#drain();
    this.#batches++;
    for (const buffer of this.#buffers) buffer.clear();
    this.#pendingRows = 0;
  }

  /** Writes what waits and ends the stream. */
  close(): void {
    this.flush();
    this.#writer.close();
    this.#drain();
    closeSync(this.#file);
  }

  /** Closes the file as it is: the stream ends with its last batch. */
  abandon(): void {
    closeSync(this.#file);
  }

  #drain(): void {
    this.#bytes = writeAll(this.#file, this.#sink.take(), this.#bytes);
  }
}
