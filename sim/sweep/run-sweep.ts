import { readdir, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { InputError } from "../errors.ts";
import { engineVersion } from "../run/index.ts";
import type { LoadOptions } from "../scenario/index.ts";
import { assignmentText } from "./assignment.ts";
import { loadSweep, type Sweep } from "./cells.ts";
import { cellContext } from "./context.ts";
import { claimDirectory, releaseDirectory } from "./directory.ts";
import { CellPool } from "./pool.ts";
import { layout, readRecord, writeWhole } from "./record.ts";
import type { CellContext } from "./run-cell.ts";
import { type Shard, shardOf } from "./shard.ts";
import { writeSummary } from "./summary.ts";
import { readSweepFile, SWEEP_FORMAT, type SweepFile, writeSweepFile } from "./sweep-file.ts";
import { finishedRecord } from "./finished.ts";

export interface SweepOptions extends Pick<LoadOptions, "seed" | "set"> {
  readonly directory: string;
  readonly workers: number;
  /** Only these cells; null = all. */
  readonly shard: Shard | null;
  /** Replace the results of another version, or of another sweep. */
  readonly force?: boolean;
  readonly onProgress?: (progress: SweepProgress) => void;
  /** Ends the sweep once the cells that are under way are stored. */
  readonly signal?: AbortSignal;
}

export interface SweepProgress {
  /** Finished cells, those of earlier runs included. */
  readonly done: number;
  readonly total: number;
  /** Cells that this run has computed. */
  readonly computed: number;
}

export interface SweepResult {
  readonly directory: string;
  /** Of the sweep, or of the shard. */
  readonly cells: number;
  readonly computed: number;
  /** Found finished. */
  readonly skipped: number;
  readonly failed: number;
  /** False when it was stopped. */
  readonly completed: boolean;
  /** Files of the summary; empty for a shard, which `gather` puts together with the others. */
  readonly summary: readonly string[];
}

/**
 * Runs the sweep of a scenario, or a shard of it, and stores every cell as it is finished. Cells that an earlier run
 * finished are not run again.
 * @throws InputError for a wrong scenario, or a directory that holds something else
 */
export async function runSweep(path: string, options: SweepOptions): Promise<SweepResult> {
  const { directory, workers, shard, onProgress, signal } = options;
  const sweep = loadSweep(path, options);
  const context = cellContext(path, sweep.source, directory, sweep.source.text.sweep?.keep ?? "traces");
  await checkDirectory(directory, context, options.force ?? false);
  const unique = `${hostname()}-${process.pid}`;
  await claimDirectory(directory);
  const pool = new CellPool(workers, context, unique);
  try {
    const file = await describe(pool, sweep, context);
    await writeSweepFile(directory, file, unique);
    if (shard)
      await writeWhole(join(layout(directory).shards, `${shard.index}-of-${shard.count}`), "", unique);
    // Points that come to the same scenario are one cell.
    const mine = new Map(
      file.cells.flatMap(({ id }, index) =>
        !shard || shardOf(id, shard.count) === shard.index ? [[id, sweep.cells[index]!] as const] : [],
      ),
    );
    const waiting: string[] = [];
    for (const id of mine.keys())
      if (!(await finishedRecord(directory, id, context.request))) waiting.push(id);
    const skipped = mine.size - waiting.length;
    let computed = 0;
    const progress = (): void => onProgress?.({ done: skipped + computed, total: mine.size, computed });
    progress();
    const isStopped = (): boolean => signal?.aborted === true;
    const next = async (): Promise<void> => {
      for (let id = waiting.shift(); id !== undefined && !isStopped(); id = waiting.shift()) {
        await pool.run(mine.get(id)!, id);
        computed++;
        progress();
      }
    };
    // Two tasks per thread: the next one waits where the last one ends.
    await Promise.all(Array.from({ length: 2 * workers }, next));
    const completed = skipped + computed === mine.size;
    const failed = await countFailed(directory, [...mine.keys()]);
    const summary = completed && !shard ? await writeSummary(directory, file) : [];
    return { directory, cells: mine.size, computed, skipped, failed, completed, summary };
  } finally {
    await pool.close();
    await releaseDirectory(directory, unique);
  }
}

/** @throws InputError when results that cannot be gone on with would be lost */
async function checkDirectory(directory: string, context: CellContext, force: boolean): Promise<void> {
  const found = await stat(directory).catch(() => null);
  if (!found) return;
  if (!found.isDirectory()) throw new InputError(`${directory}: not a directory; choose another --out`);
  const earlier = await readSweepFile(directory);
  if (!earlier) {
    // The scripts of a submission come first, and a sweep that was killed may have left unfinished files.
    const others = (await readdir(directory)).filter(
      (name) => !["slurm", "tmp"].includes(name) && !name.endsWith(".tmp"),
    );
    if (others.length > 0)
      throw new InputError(`${directory}: is not empty and holds no sweep; choose another --out`);
    return;
  }
  if (force || earlier.request === context.request) return;
  throw new InputError(
    `${directory}: holds a sweep with other metrics, or of another version (${earlier.engineVersion}); ` +
      `choose another --out, or run all cells again with --force`,
  );
}

/** Names every cell. @throws InputError when no cell can be read: then it is the sweep that is wrong */
async function describe(pool: CellPool, sweep: Sweep, context: CellContext): Promise<SweepFile> {
  const identities = await pool.identify(sweep.cells);
  const [first] = identities;
  if (first && first.error !== null && identities.every(({ error }) => error !== null))
    throw new InputError(first.error);
  const { text } = sweep.source;
  const title =
    sweep.source.scenario.kind === "mapping" ? sweep.source.scenario.members.get("title")?.value : undefined;
  return {
    format: SWEEP_FORMAT,
    name: context.path.replace(/^.*[\\/]/, "").replace(/\.[^.]*$/, ""),
    title: title?.kind === "scalar" ? String(title.value) : "",
    request: context.request,
    engineVersion: engineVersion(),
    keep: text.sweep?.keep ?? "traces",
    paths: sweep.cells[0]?.assignments.map(({ path }) => path) ?? [],
    cells: sweep.cells.map(({ point, replica, seed, assignments }, index) => ({
      id: identities[index]?.id ?? "",
      point,
      replica,
      seed: seed ?? sweep.seed,
      values: assignments.map(assignmentText),
    })),
  };
}

async function countFailed(directory: string, ids: readonly string[]): Promise<number> {
  let failed = 0;
  for (const id of ids) if ((await readRecord(directory, id))?.status === "failed") failed++;
  return failed;
}
