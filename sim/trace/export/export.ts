import { type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { DataType, makeData, RecordBatch, type Schema, Struct, Utf8, vectorFromArray } from "apache-arrow";
import { recordBatches, tableFields, tableFiles } from "../files.ts";
import { csvHead, csvRows } from "./csv.ts";
import { parquetBytes, parquetLibrary } from "./parquet.ts";

/** File formats for other tools. */
export const EXPORT_FORMATS = ["parquet", "csv"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What to export, and where to. */
export interface ExportOptions {
  readonly format: ExportFormat;
  /** Folder for `<table>.parquet` or `<table>.csv`; made when it is not there. */
  readonly outDir: string;
  /** Names of tables; all of the directory without it. */
  readonly tables?: readonly string[];
  /** Called after every batch. */
  readonly onProgress?: (table: string, rows: number) => void;
  /** Stops after the table that is being written has been taken away again. */
  readonly signal?: AbortSignal;
}

/** A file that was written. */
export interface ExportedTable {
  readonly table: string;
  readonly path: string;
  readonly rows: number;
}

/**
 * Writes tables of a run or a sweep for other tools, batch by batch. A file appears when it is whole.
 *
 * @param directory of a run, also one that is under way or was cut off (what its streams hold so far), or of a sweep.
 * @returns the files, in the order of the tables; fewer than were asked for when it was stopped.
 * @throws InputError for a directory without tables, an unknown table, or when the package for Parquet is missing
 */
export async function exportTables(directory: string, options: ExportOptions): Promise<ExportedTable[]> {
  const files = await tableFiles(directory, options.tables);
  const library = options.format === "parquet" ? await parquetLibrary() : null;
  await mkdir(options.outDir, { recursive: true });
  const written: ExportedTable[] = [];
  for (const file of files) {
    const schema = await tableFields(file);
    let rows = 0;
    const counted = async function* (): AsyncGenerator<RecordBatch> {
      for await (const batch of recordBatches(file)) {
        rows += batch.numRows;
        yield batch;
        options.onProgress?.(file.name, rows);
      }
      // A table without rows still has its columns.
      if (rows === 0) yield emptyBatch(schema);
    };
    const pieces = library === null ? csvPieces(schema, counted()) : parquetBytes(library, counted());
    const path = join(options.outDir, `${file.name}.${options.format}`);
    if (!(await writeWhole(path, pieces, options.signal))) break;
    written.push({ table: file.name, path, rows });
  }
  return written;
}

/** A batch without rows; its dictionaries are empty, too. */
function emptyBatch(schema: Schema): RecordBatch {
  const children = schema.fields.map(({ type }) =>
    DataType.isDictionary(type)
      ? makeData({ type, length: 0, dictionary: vectorFromArray([], new Utf8()) })
      : makeData({ type: type as DataType, length: 0 }),
  );
  return new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length: 0, children }));
}

async function* csvPieces(schema: Schema, batches: AsyncIterable<RecordBatch>): AsyncGenerator<string> {
  yield csvHead(schema.fields.map(({ name }) => name));
  for await (const batch of batches) yield csvRows(batch);
}

/** Writes a file under a temporary name and renames it at its end. @returns false when it was stopped before that */
async function writeWhole(
  path: string,
  pieces: AsyncIterable<string | Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const temporary = `${path}.tmp`;
  const file: FileHandle = await open(temporary, "w");
  let isWhole = false;
  try {
    for await (const piece of pieces) {
      if (signal?.aborted === true) break;
      await file.writeFile(piece);
    }
    isWhole = signal?.aborted !== true;
  } finally {
    await file.close();
    if (!isWhole) await rm(temporary, { force: true });
  }
  if (isWhole) await rename(temporary, path);
  return isWhole;
}
