/** The table files of a directory: those of a run, of one that is under way or was cut off, and those of a sweep. */
import { createReadStream } from "node:fs";
import { open, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { type RecordBatch, RecordBatchReader, type Schema } from "apache-arrow";
import { InputError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import { ECONOMY_TABLES } from "./economy-tables.ts";
import { EXPERIMENT_TABLES } from "./experiment.ts";
import { TRACE_TABLES } from "./schema.ts";

/** One table of a directory. */
export interface TableFile {
  readonly name: string;
  readonly path: string;
  /** Whether it is a stream: the run is under way, or was cut off. */
  readonly isStream: boolean;
}

const FINISHED = ".arrow";
const STREAM = ".arrows";

/**
 * The tables of a directory, those of a trace in the order of its schema, then others by name.
 *
 * @param wanted names, in the order in which they are returned; all tables without it.
 * @throws InputError when it is no directory, holds no tables, or not those that are wanted
 */
export async function tableFiles(directory: string, wanted?: readonly string[]): Promise<TableFile[]> {
  const found = await stat(directory).catch(() => null);
  if (!found?.isDirectory()) throw new InputError(`${directory}: no such run directory`);
  const byName = new Map<string, TableFile>();
  const entries = await readdir(directory);
  for (const extension of [STREAM, FINISHED])
    for (const entry of entries)
      if (entry.endsWith(extension)) {
        const name = entry.slice(0, -extension.length);
        byName.set(name, { name, path: join(directory, entry), isStream: extension === STREAM });
      }
  if (byName.size === 0)
    throw new InputError(
      `${directory}: no tables in it: a run or a sweep leaves files that end in ${FINISHED}`,
    );
  const known = [...TRACE_TABLES, ...ECONOMY_TABLES, ...EXPERIMENT_TABLES].map(({ name }) => name);
  const others = [...byName.keys()].filter((name) => !known.includes(name));
  const ordered = [...known, ...others.sort((a, b) => (a < b ? -1 : 1))].filter((name) => byName.has(name));
  return (wanted ?? ordered).map((name) => {
    const file = byName.get(name);
    if (!file)
      throw new InputError(
        `${directory}: no table ${name}${didYouMean(name, ordered)}; tables: ${ordered.join(", ")}`,
      );
    return file;
  });
}

/** The schema of a table, its metadata included. @throws InputError when the file is no Arrow table */
export async function tableFields({ path, isStream }: TableFile): Promise<Schema> {
  const file = await open(path, "r");
  try {
    const reader = await (isStream
      ? RecordBatchReader.from(file.createReadStream({ autoClose: false }))
      : RecordBatchReader.from(file));
    await reader.open();
    // Of a stream that ends before its schema does there is none, whatever its type says.
    const schema: Schema | undefined = reader.schema;
    if (schema === undefined) throw new Error("no schema");
    return schema;
  } catch (error) {
    if (error instanceof Error && "syscall" in error) throw error;
    throw new InputError(
      `${path}: not an Arrow table: it is empty, cut off before its schema, or another file`,
      {
        cause: error,
      },
    );
  } finally {
    await file.close();
  }
}

/** The table batch by batch, in bounded memory. Of a stream that was cut off: every whole batch. */
export async function* recordBatches({ path, isStream }: TableFile): AsyncGenerator<RecordBatch> {
  for await (const batch of isStream ? streamBatches(path) : fileBatches(path))
    if (batch.numRows > 0) yield batch;
}

/** A file is read at the places that its footer names. */
async function* fileBatches(path: string): AsyncGenerator<RecordBatch> {
  const file = await open(path, "r");
  try {
    yield* await RecordBatchReader.from(file);
  } finally {
    await file.close();
  }
}

/** A stream is read from its start; what follows the last whole batch of one that was cut off is no batch. */
async function* streamBatches(path: string): AsyncGenerator<RecordBatch> {
  const stream = createReadStream(path);
  try {
    yield* await RecordBatchReader.from(stream);
  } catch (error) {
    if (error instanceof Error && "syscall" in error) throw error;
  } finally {
    stream.destroy();
  }
}
