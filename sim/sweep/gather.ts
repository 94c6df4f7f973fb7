import { cp, mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { InputError } from "../errors.ts";
import { readRecord, readSweepFile, type SweepFile, sweepLayout } from "../trace/index.ts";
import { claimDirectory, releaseDirectory } from "./directory.ts";
import { finishedRecord } from "./finished.ts";
import { writeRecord, writeWhole } from "./record.ts";
import { shardOf } from "./shard.ts";
import { writeSummary } from "./summary.ts";
import { writeSweepFile } from "./sweep-file.ts";

export interface GatherResult {
  readonly directory: string;
  readonly cells: number;
  readonly failed: number;
  /** Identities of the cells that have no result. */
  readonly missing: readonly string[];
  /** Shards that have one of these, as `index/count`; empty when it is not known how the sweep was divided. */
  readonly rerun: readonly string[];
  /** Files of the summary; empty where cells are missing. */
  readonly summary: readonly string[];
}

/**
 * Puts the shards of a sweep together: those in the directory itself, and those of other directories, whose cells are
 * copied into it. Writes the summary when no cell is missing.
 * @throws InputError when a directory holds no sweep, or another one
 */
export async function gatherSweep(directory: string, others: readonly string[]): Promise<GatherResult> {
  const files = await Promise.all([directory, ...others].map(readSweepFile));
  const file = files.find((found) => found !== null);
  if (!file) throw new InputError(`${directory}: holds no sweep`);
  for (const [index, found] of files.entries())
    checkSame(found, file, [directory, ...others][index] ?? "", index > 0);
  const unique = await claimDirectory(directory);
  if (!files[0]) writeSweepFile(directory, file, unique);
  for (const other of others) await copyShard(other, directory, file, unique);
  const ids = [...new Set(file.cells.map(({ id }) => id))];
  const missing: string[] = [];
  let failed = 0;
  for (const id of ids) {
    const record = readRecord(directory, id);
    const failedNow = record?.status === "failed" && record.request === file.request;
    if (failedNow) failed++;
    else if (!finishedRecord(directory, id, file.request)) missing.push(id);
  }
  const counts = await shardCounts([directory, ...others]);
  const rerun = [...counts].flatMap((count) => {
    const holes = new Set(missing.map((id) => shardOf(id, count)));
    return [...holes].sort((a, b) => a - b).map((index) => `${index}/${count}`);
  });
  const summary = missing.length === 0 ? await writeSummary(directory, file) : [];
  await releaseDirectory(directory);
  return { directory, cells: ids.length, failed, missing, rerun, summary };
}

function checkSame(found: SweepFile | null, file: SweepFile, directory: string, needed: boolean): void {
  if (!found) {
    if (needed) throw new InputError(`${directory}: holds no sweep`);
    return;
  }
  const cells = (sweep: SweepFile): string => sweep.cells.map(({ id }) => id).join();
  if (found.request !== file.request || cells(found) !== cells(file))
    throw new InputError(`${directory}: holds another sweep, or one of another version`);
}

/** The file that a shard leaves: what it ran on. */
const SHARD_MARK = /^\d+-of-(\d+)$/;

/** Copies the finished cells that the directory does not have, whole or not at all. */
async function copyShard(from: string, to: string, file: SweepFile, unique: string): Promise<void> {
  const marks = await readdir(sweepLayout(from).shards).catch(() => []);
  // They tell of the machines.
  for (const name of marks.filter((mark) => SHARD_MARK.test(mark)))
    writeWhole(
      to,
      join(sweepLayout(to).shards, name),
      await readFile(join(sweepLayout(from).shards, name), "utf8"),
      unique,
    );
  for (const { id } of file.cells) {
    const record = readRecord(from, id);
    if (!record || record.request !== file.request) continue;
    if (finishedRecord(to, id, file.request)) continue;
    if (record.tables) {
      const [source, target] = [sweepLayout(from).trace(id), sweepLayout(to).trace(id)];
      if (!existsSync(source)) continue;
      const temporary = join(sweepLayout(to).temporary, unique, id);
      await mkdir(dirname(temporary), { recursive: true });
      await cp(source, temporary, { recursive: true });
      await rm(target, { recursive: true, force: true });
      await mkdir(dirname(target), { recursive: true });
      await rename(temporary, target);
    }
    writeRecord(to, record, unique);
  }
}

/** Into how many shards the sweep was divided, by the marks that its shards left. */
async function shardCounts(directories: readonly string[]): Promise<ReadonlySet<number>> {
  const counts = new Set<number>();
  for (const directory of directories)
    for (const name of await readdir(sweepLayout(directory).shards).catch(() => [])) {
      const match = SHARD_MARK.exec(name);
      if (match) counts.add(Number(match[1]));
    }
  return counts;
}
