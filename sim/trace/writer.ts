import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Labels } from "./arrow.ts";
import { digestTable, finaliseTable } from "./finalise.ts";
import type { TableDigest } from "./manifest.ts";
import type { TableSchema } from "./schema.ts";
import { type RowValues, type SavedTable, TableWriter } from "./table-writer.ts";

/** Rows, over all tables together, that are collected before a batch of each is written. */
const BATCH_ROWS = 16_384;

/** What the tables of a trace are opened with. */
export interface TraceOptions {
  readonly tables: readonly TableSchema[];
  /** Goes into the schema of every table: scenario hash, seed, versions; no clock. */
  readonly metadata: ReadonlyMap<string, string>;
  /** The texts of the label columns, by column name. */
  readonly labels: Labels;
}

/** What takes the rows of a run. */
export interface TraceSink {
  /** Whether it wants rows of the table of an epoch (0, 1, ...); others need not be made. */
  wants(table: string, epoch: number): boolean;
  /** Adds rows to a table. */
  append(table: string, rows: number, values: RowValues): void;
  /** Says that all rows of an epoch are there. */
  endEpoch(): Promise<void>;
}

/** Where all tables of a trace stand, by name; plain data. */
export type SavedTrace = Readonly<Record<string, SavedTable>>;

/**
 * Writes the tables of a trace directory. All tables get a batch at the same moment, after a whole epoch, so that a
 * process killed at any time leaves tables that end with the same epoch or, inside the write, one batch apart.
 */
export class TraceWriter implements TraceSink {
  readonly #directory: string;
  readonly #writers: ReadonlyMap<string, TableWriter>;

  private constructor(directory: string, writers: ReadonlyMap<string, TableWriter>) {
    this.#directory = directory;
    this.#writers = writers;
  }

  /** Creates a stream per table in an existing directory. */
  static async create(directory: string, { tables, metadata, labels }: TraceOptions): Promise<TraceWriter> {
    const writers = new Map<string, TableWriter>();
    for (const table of tables)
      writers.set(
        table.name,
        TableWriter.create(join(directory, `${table.name}.arrows`), table, metadata, labels),
      );
    return new TraceWriter(directory, writers);
  }

  /** Goes on with the streams of a directory where they stood. */
  static async resume(
    directory: string,
    { tables, metadata, labels }: TraceOptions,
    saved: SavedTrace,
  ): Promise<TraceWriter> {
    const writers = new Map<string, TableWriter>();
    for (const table of tables) {
      const path = join(directory, `${table.name}.arrows`);
      const stands = saved[table.name];
      if (stands === undefined) throw new Error(`the checkpoint has no table ${table.name}`);
      writers.set(table.name, TableWriter.resume(path, table, metadata, labels, stands));
    }
    return new TraceWriter(directory, writers);
  }

  /** Where the tables stand. */
  save(): SavedTrace {
    return Object.fromEntries(Array.from(this.#writers, ([name, writer]) => [name, writer.save()]));
  }

  wants(table: string): boolean {
    return this.#writers.has(table);
  }

  append(table: string, rows: number, values: RowValues): void {
    this.#writer(table).append(rows, values);
  }

  /** Writes a batch when enough rows have been collected. */
  async endEpoch(): Promise<void> {
    let pending = 0;
    for (const writer of this.#writers.values()) pending += writer.pendingRows;
    if (pending < BATCH_ROWS) return;
    for (const writer of this.#writers.values()) writer.flush();
  }

  /** Writes what waits and turns every stream into an Arrow file. @returns rows and digest per table */
  async finish(): Promise<Record<string, TableDigest>> {
    await this.close();
    return finishTables(this.#directory, [...this.#writers.keys()]);
  }

  /** Writes what waits and ends the streams. */
  async close(): Promise<void> {
    for (const writer of this.#writers.values()) writer.close();
  }

  /** Closes the streams as they are; every batch written so far can be read. */
  async abandon(): Promise<void> {
    for (const writer of this.#writers.values()) writer.abandon();
  }

  #writer(table: string): TableWriter {
    const writer = this.#writers.get(table);
    if (!writer) throw new Error(`the trace has no table ${table}`);
    return writer;
  }
}

/**
 * Turns the finished streams of a directory into Arrow files; those that are files already stay as they are, so that it can
 * be called again after it was interrupted.
 */
export async function finishTables(
  directory: string,
  names: readonly string[],
): Promise<Record<string, TableDigest>> {
  const digests: Record<string, TableDigest> = {};
  for (const name of names) {
    const stream = join(directory, `${name}.arrows`);
    const file = join(directory, `${name}.arrow`);
    digests[name] = existsSync(stream) ? finaliseTable(stream, file) : await digestTable(file);
  }
  return digests;
}
