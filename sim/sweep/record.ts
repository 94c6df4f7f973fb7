/** How what is stored of a cell is written: a file that is there whole or not at all. */
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { JsonValue } from "../json.ts";
import type { InputDigest } from "../trace/index.ts";
import { type CellRecord, sweepLayout } from "../trace/sweep.ts";
import { canonicalJson, jsonDigest, type KnownTexts } from "../run/canonical-json.ts";
import type { OpenBackend } from "../run/backend-names.ts";

/** The scenarios of replicas have all but their seed in common, and each is written twice: into its identity and its record. */
const known: KnownTexts = new WeakMap();

/** The identity of a cell: of what it runs and on which backend, and of nothing else. 32 hexadecimal digits. */
export function cellId(scenario: JsonValue, inputs: readonly InputDigest[], backend: OpenBackend): string {
  const files = inputs.map(({ path, sha256 }) => ({ path, sha256 }));
  return jsonDigest({ scenario, inputs: files, backend }, known).slice(0, 32);
}

/** Stores a record; the last step of a cell. */
export function writeRecord(directory: string, record: CellRecord, unique: string): void {
  const path = sweepLayout(directory).record(record.id);
  writeWhole(directory, path, `${canonicalJson(record as unknown as JsonValue, known)}\n`, unique);
}

/**
 * Writes a file of a sweep in the folder of unfinished ones and moves it to its place. Without a detour through the
 * thread pool: that takes longer than the disk, and there is nothing else that this thread could do.
 * @param unique what no other writer has in its name: host, process and thread, see `claimDirectory`
 */
export function writeWhole(directory: string, path: string, text: string, unique: string): void {
  const temporary = join(sweepLayout(directory).temporary, unique, basename(path));
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
