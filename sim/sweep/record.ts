/** What is stored of a cell: its resolved scenario and its results, in a file that is there whole or not at all. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { JsonValue } from "../json.ts";
import type { InputDigest, RunManifest, TableDigest } from "../trace/index.ts";
import { ENVIRONMENT_FILE } from "../trace/manifest.ts";
import { canonicalJson, jsonDigest } from "../run/canonical-json.ts";
import type { OpenBackend } from "../run/backend-names.ts";

export const CELL_FORMAT = "yumasim-cell/1";

/** A finished cell: nothing in it depends on the machine, the number of workers, or the rest of the sweep. */
export interface CellRecord {
  readonly format: typeof CELL_FORMAT;
  readonly id: string;
  readonly status: "done" | "failed";
  /** Why it failed; null when it did not. */
  readonly error: string | null;
  /** What was asked of the run: versions, metrics, whether its trace is kept, the backend. */
  readonly request: string;
  /** What computed its epochs. */
  readonly backend: OpenBackend;
  /** As in `run.json`. */
  readonly arithmetic: RunManifest["arithmetic"];
  readonly inputs: readonly InputDigest[];
  /** By comparison and metric; null stands for no number. */
  readonly metrics: Readonly<Record<string, Readonly<Record<string, number | null>>>>;
  /** Of the tables of its trace; null when no trace is kept. */
  readonly tables: Readonly<Record<string, TableDigest>> | null;
  /** The resolved scenario; null when it could not be read. */
  readonly scenario: JsonValue;
}

/** The identity of a cell: of what it runs and on which backend, and of nothing else. 32 hexadecimal digits. */
export function cellId(scenario: JsonValue, inputs: readonly InputDigest[], backend: OpenBackend): string {
  const files = inputs.map(({ path, sha256 }) => ({ path, sha256 }));
  return jsonDigest({ scenario, inputs: files, backend }).slice(0, 32);
}

/** Where the parts of a sweep lie. */
export const layout = (directory: string) => ({
  sweep: join(directory, "sweep.json"),
  environment: join(directory, ENVIRONMENT_FILE),
  cells: join(directory, "cells"),
  record: (id: string) => join(directory, "cells", `${id}.json`),
  trace: (id: string) => join(directory, "traces", id),
  shards: join(directory, "shards"),
  temporary: join(directory, "tmp"),
});

/** The record of a cell; null when there is none, or half of one. */
export function readRecord(directory: string, id: string): CellRecord | null {
  try {
    const found = JSON.parse(
      readFileSync(layout(directory).record(id), "utf8"),
    ) as Partial<CellRecord> | null;
    return found?.format === CELL_FORMAT && found.id === id ? (found as CellRecord) : null;
  } catch (error) {
    if (error instanceof SyntaxError || isMissing(error)) return null;
    throw error;
  }
}

/** Stores a record; the last step of a cell. */
export function writeRecord(directory: string, record: CellRecord, unique: string): void {
  const path = layout(directory).record(record.id);
  writeWhole(directory, path, `${canonicalJson(record as unknown as JsonValue)}\n`, unique);
}

/**
 * Writes a file of a sweep in the folder of unfinished ones and moves it to its place. Without a detour through the
 * thread pool: that takes longer than the disk, and there is nothing else that this thread could do.
 * @param unique what no other writer has in its name: host, process and thread, see `claimDirectory`
 */
export function writeWhole(directory: string, path: string, text: string, unique: string): void {
  const temporary = join(layout(directory).temporary, unique, basename(path));
  inFolder(temporary, () => writeFileSync(temporary, text));
  inFolder(path, () => renameSync(temporary, path));
}

/** Does something with a path; makes its folder when that is missing, as it seldom is. */
function inFolder(path: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!isMissing(error)) throw error;
    mkdirSync(dirname(path), { recursive: true });
    work();
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "ENOENT";
}
