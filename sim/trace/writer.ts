import { join } from "node:path";
import type { Labels } from "./arrow.ts";
import { finaliseTable } from "./finalise.ts";
import type { TableDigest } from "./manifest.ts";
import type { TableSchema } from "./schema.ts";
import { type RowValues, TableWriter } from "./table-writer.ts";

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

/**
 * Writes the tables of a trace directory. All tables get a batch at the same moment, after a whole epoch, so that a
 * process killed at any time leaves tables that end with the same epoch or, inside the write, one batch apart.
 */
export class TraceWriter {
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
        await TableWriter.create(join(directory, `${table.name}.arrows`), table, metadata, labels),
      );
    return new TraceWriter(directory, writers);
  }

  /** Adds rows to a table. */
  append(table: string, rows: number, values: RowValues): void {
    this.#writer(table).append(rows, values);
  }

  /** Says that all rows of an epoch are there; writes a batch when enough have been collected. */
  async endEpoch(): Promise<void> {
    let pending = 0;
    for (const writer of this.#writers.values()) pending += writer.pendingRows;
    if (pending < BATCH_ROWS) return;
    for (const writer of this.#writers.values()) await writer.flush();
  }

  /** Writes what waits and turns every stream into an Arrow file. @returns rows and digest per table */
  async finish(): Promise<Record<string, TableDigest>> {
    for (const writer of this.#writers.values()) await writer.close();
    const digests: Record<string, TableDigest> = {};
    for (const name of this.#writers.keys())
      digests[name] = await finaliseTable(
        join(this.#directory, `${name}.arrows`),
        join(this.#directory, `${name}.arrow`),
      );
    return digests;
  }

  /** Closes the streams as they are; every batch written so far can be read. */
  async abandon(): Promise<void> {
    for (const writer of this.#writers.values()) await writer.abandon();
  }

  #writer(table: string): TableWriter {
    const writer = this.#writers.get(table);
    if (!writer) throw new Error(`the trace has no table ${table}`);
    return writer;
  }
}
