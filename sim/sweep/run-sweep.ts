import { join } from "node:path";
import { InputError } from "../errors.ts";
import { observeEnvironment } from "../run/environment.ts";
import { engineVersion, openEpochBackend, resolveBackend, type RunBackend } from "../run/index.ts";
import type { LoadOptions } from "../scenario/index.ts";
import {
  type BackendRecord,
  type CellOutcome,
  SWEEP_FORMAT,
  type SweepFile,
  sweepLayout,
} from "../trace/index.ts";
import { assignmentText } from "./assignment.ts";
import { batchesOf, exactLimits, floatLimits, MOST_SIDE_BY_SIDE } from "./batches.ts";
import { loadSweep, type Sweep } from "./cells.ts";
import { cellContext } from "./context.ts";
import { checkDirectory, claimDirectory, releaseDirectory } from "./directory.ts";
import { keptMetrics, nameOf, ownText, partOf, titleOf } from "./description.ts";
import { CellPool } from "./pool.ts";
import { writeWhole } from "./record.ts";
import type { CellContext, CellIdentity } from "./cell.ts";
import { runCells } from "./run-cell.ts";
import { type Shard, shardOf } from "./shard.ts";
import { writeSummary } from "./summary.ts";
import { writeSweepFile } from "./sweep-file.ts";
import { finishedIds } from "./finished.ts";

export interface SweepOptions extends Pick<LoadOptions, "seed" | "set"> {
  readonly directory: string;
  readonly workers: number;
  /** What computes the epochs; without it the exact kernel. Float backends run all cells on one thread, side by side. */
  readonly backend?: RunBackend;
  /** Told what `auto` came to, and why. */
  readonly onChoice?: (text: string) => void;
  /** Only these cells; null = all. */
  readonly shard: Shard | null;
  /** Load the strategy modules that the scenario names. */
  readonly allowCode?: boolean;
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
  /** What computed them. */
  readonly backend: BackendRecord;
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
  const asked = options.backend ?? "exact";
  // Of the whole sweep: all of its shards come to the same.
  const networks = Math.min(sweep.cells.length, MOST_SIDE_BY_SIDE);
  const name = await resolveBackend(asked, networks, options.onChoice);
  const keep = sweep.source.text.sweep?.keep ?? "traces";
  const context = await cellContext(path, sweep.source, directory, {
    keep,
    backend: name,
    allowCode: options.allowCode,
  });
  await checkDirectory(directory, context, options.force ?? false);
  const environment = observeEnvironment();
  const backend = await openEpochBackend(name, asked);
  const unique = await claimDirectory(directory);
  const { strategies: _, ...settings } = context;
  // A thread takes some time to start, and has nothing to do without a cell of its own.
  const pool = new CellPool(Math.min(workers, Math.max(1, sweep.cells.length)), settings);
  try {
    const identities = await pool.identify(sweep.cells);
    const file = describe(identities, sweep, context);
    writeSweepFile(directory, file, unique);
    const mark = shard ? join(sweepLayout(directory).shards, `${shard.index}-of-${shard.count}`) : null;
    if (mark !== null) writeWhole(directory, mark, "", unique);
    // Points that come to the same scenario are one cell.
    const mine = new Map(
      file.cells.flatMap(({ id }, index) =>
        !shard || shardOf(id, shard.count) === shard.index ? [[id, index] as const] : [],
      ),
    );
    const finished = await finishedIds(directory, [...mine.keys()], context.request);
    const waiting = [...mine].flatMap(([id, index]) =>
      finished.has(id) ? [] : [{ id, work: identities[index]?.work ?? 0 }],
    );
    const limits = name === "exact" ? exactLimits(waiting.length, workers) : floatLimits(context.keepTraces);
    const batches = batchesOf(waiting, limits);
    const skipped = mine.size - waiting.length;
    const outcomes = new Map<string, CellOutcome>();
    let [computed, failed] = [0, 0];
    const progress = (): void => onProgress?.({ done: skipped + computed, total: mine.size, computed });
    progress();
    const isStopped = (): boolean => signal?.aborted === true;
    const next = async (): Promise<void> => {
      for (let ids = batches.shift(); ids !== undefined && !isStopped(); ids = batches.shift()) {
        const cells = ids.map((id) => ({ id, task: sweep.cells[mine.get(id)!]! }));
        const found =
          name === "exact" ? await pool.run(cells) : await runCells(context, backend, cells, unique);
        for (const [k, id] of ids.entries()) outcomes.set(id, found[k]!);
        computed += found.length;
        failed += found.filter(({ status }) => status === "failed").length;
        progress();
      }
    };
    // Two tasks per thread: the next one waits where the last one ends. A device has one queue.
    await Promise.all(Array.from({ length: name === "exact" ? 2 * workers : 1 }, next));
    const completed = skipped + computed === mine.size;
    const observed = environment(backend.record());
    if (computed > 0)
      writeWhole(
        directory,
        mark ?? sweepLayout(directory).environment,
        `${JSON.stringify(observed, null, 2)}\n`,
        unique,
      );
    const summary = completed && !shard ? await writeSummary(directory, file, outcomes) : [];
    const cells = mine.size;
    return { directory, cells, computed, backend: observed.backend, skipped, failed, completed, summary };
  } finally {
    await pool.close();
    await backend.close();
    await releaseDirectory(directory);
  }
}

/** The sweep with the names of its cells. @throws InputError when no cell can be read: then it is the sweep that is wrong */
function describe(identities: readonly CellIdentity[], sweep: Sweep, context: CellContext): SweepFile {
  const [first] = identities;
  if (first && first.error !== null && identities.every(({ error }) => error !== null))
    throw new InputError(first.error);
  const { text, scenario } = sweep.source;
  const paths = sweep.cells[0]?.assignments.map(({ path }) => path) ?? [];
  return {
    format: SWEEP_FORMAT,
    name: nameOf(context.path),
    title: titleOf(scenario),
    request: context.request,
    engineVersion: engineVersion(),
    backend: context.backend,
    keep: text.sweep?.keep ?? "traces",
    metrics: keptMetrics(context),
    paths,
    parts: paths.map((path) => partOf(text.sweep, path)),
    own: paths.map((path) => ownText(scenario, path)),
    cells: sweep.cells.map(({ point, replica, seed, assignments }, index) => ({
      id: identities[index]?.id ?? "",
      point,
      replica,
      seed: seed ?? sweep.seed,
      values: assignments.map(assignmentText),
    })),
  };
}
