import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { Bool, type Data, DataType, type RecordBatch } from "apache-arrow";
import { InputError } from "../errors.ts";
import { unpackBits } from "./arrow.ts";
import type { ColumnArray } from "./column-buffer.ts";
import { recordBatches } from "./files.ts";
import { ENVIRONMENT_FILE, RUN_FILE, RUN_FORMAT, type RunEnvironment, type RunManifest } from "./manifest.ts";
import { ECONOMY_TABLES } from "./economy-tables.ts";
import { tableSchema, TRACE_TABLES } from "./schema.ts";

/** Some rows of a table, column by column. */
export interface TraceBatch {
  readonly rows: number;
  /** The values of a column, one per row; flags are 0 or 1, labels are positions in `labels(name)`. */
  column(name: string): ColumnArray;
  /** The texts of a label column. */
  labels(name: string): readonly string[];
}

/** A run directory that has been opened. */
export interface Trace {
  readonly directory: string;
  /** Null while the run is under way, or when it was killed. */
  readonly manifest: RunManifest | null;
  readonly environment: RunEnvironment | null;
  /** Whether the directory holds the table. */
  has(table: string): boolean;
  /** The table batch by batch, in bounded memory. Of a stream that was cut off: every whole batch. */
  batches(table: string): AsyncIterable<TraceBatch>;
  /** The table as one batch, with the named columns only (all when none is named). */
  read(table: string, columns?: readonly string[]): Promise<TraceBatch>;
}

/** Opens a run directory. @throws InputError when it is none */
export async function openTrace(directory: string): Promise<Trace> {
  const found = await stat(directory).catch(() => null);
  if (!found?.isDirectory()) throw new InputError(`${directory}: no such run directory`);
  const manifest = await readManifest(directory);
  const environment = await readJson<RunEnvironment>(join(directory, ENVIRONMENT_FILE));
  const has = (table: string): boolean => tablePath(directory, table) !== null;
  if (!manifest && ![...TRACE_TABLES, ...ECONOMY_TABLES].some(({ name }) => has(name)))
    throw new InputError(`${directory}: not a run directory: it has neither ${RUN_FILE} nor tables`);
  return {
    directory,
    manifest,
    environment,
    has,
    batches: (table) => readBatches(directory, table),
    read: (table, columns) => readWhole(directory, table, columns),
  };
}

/** What `run.json` says; null without one. @throws InputError when it is of another format, or no JSON */
export async function readManifest(directory: string): Promise<RunManifest | null> {
  const manifest = await readJson<RunManifest>(join(directory, RUN_FILE));
  const format: string | undefined = manifest ? manifest.format : RUN_FORMAT;
  if (format !== RUN_FORMAT)
    throw new InputError(
      `${join(directory, RUN_FILE)}: found format ${JSON.stringify(format)}; allowed: "${RUN_FORMAT}"`,
    );
  return manifest;
}

async function readJson<T>(path: string): Promise<T | null> {
  if (!existsSync(path)) return null;
  try {
    return JSON.parse(await readFile(path, "utf8")) as T;
  } catch (error) {
    throw new InputError(`${path}: cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/** The finished file, or the stream of a run that is under way or was cut off. */
function tablePath(directory: string, table: string): string | null {
  for (const extension of ["arrow", "arrows"]) {
    const path = join(directory, `${table}.${extension}`);
    if (existsSync(path)) return path;
  }
  return null;
}

async function* readBatches(directory: string, table: string): AsyncGenerator<TraceBatch> {
  const path = tablePath(directory, table);
  if (path === null) throw new InputError(`${directory}: no table ${table} in this trace`);
  for await (const batch of recordBatches({ name: table, path, isStream: path.endsWith(".arrows") }))
    yield batchView(table, batch);
}

function batchView(table: string, batch: RecordBatch): TraceBatch {
  const child = (name: string): Data => {
    const vector = batch.getChild(name);
    const data = vector?.data[0];
    if (!data) throw new Error(`table ${table} has no column ${name}`);
    return data;
  };
  return {
    rows: batch.numRows,
    column: (name) => {
      const data = child(name);
      if (data.type instanceof Bool) return unpackBits(data.values as Uint8Array, data.length);
      // Arrow pads the buffers of a file.
      return (data.values as ColumnArray).subarray(0, data.length);
    },
    labels: (name) => {
      const { dictionary, type } = child(name);
      if (!DataType.isDictionary(type) || !dictionary) throw new Error(`column ${name} holds no labels`);
      return Array.from(dictionary as Iterable<string>);
    },
  };
}

async function readWhole(
  directory: string,
  table: string,
  names: readonly string[] = tableSchema(table).columns.map((column) => column.name),
): Promise<TraceBatch> {
  const pieces = new Map<string, ColumnArray[]>(names.map((name) => [name, []]));
  const labels = new Map<string, readonly string[]>();
  let rows = 0;
  for await (const batch of readBatches(directory, table)) {
    rows += batch.rows;
    for (const [name, list] of pieces) list.push(batch.column(name));
    for (const { name, type } of tableSchema(table).columns)
      if (type === "label" && !labels.has(name)) labels.set(name, batch.labels(name));
  }
  const columns = new Map<string, ColumnArray>();
  for (const [name, list] of pieces) columns.set(name, concatenate(list, rows));
  return {
    rows,
    column: (name) => {
      const column = columns.get(name);
      if (!column) throw new Error(`column ${name} of ${table} was not read`);
      return column;
    },
    labels: (name) => labels.get(name) ?? [],
  };
}

function concatenate(pieces: readonly ColumnArray[], rows: number): ColumnArray {
  const [first] = pieces;
  if (!first) return new Uint8Array(0);
  const whole = new (first.constructor as new (length: number) => ColumnArray)(rows);
  let at = 0;
  for (const piece of pieces) {
    // All pieces of a column have the type of its schema.
    (whole as Float64Array).set(piece as Float64Array, at);
    at += piece.length;
  }
  return whole;
}
