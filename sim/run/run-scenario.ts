import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ResolvedScenario } from "../scenario/index.ts";
import {
  ENVIRONMENT_FILE,
  RUN_FILE,
  type RowValues,
  type RunManifest,
  TRACE_TABLES,
  type TraceSink,
  TraceWriter,
} from "../trace/index.ts";
import { backendFor } from "./arithmetic.ts";
import type { RunBackend } from "./backend-names.ts";
import { type EpochBackend, openEpochBackend, resolveBackend } from "./backends.ts";
import { observeEnvironment } from "./environment.ts";
import { describeRun } from "./manifest.ts";
import { prepareDirectory } from "./output-directory.ts";
import { stepEpochs, traceLabels } from "./step-epochs.ts";

/** How far a run is. */
export interface RunProgress {
  readonly completedEpochs: number;
  readonly epochs: number;
}

export interface RunOptions {
  /** The run directory; created if it is not there. */
  readonly outDir: string;
  /** Replace another run that the directory holds. */
  readonly force?: boolean;
  /** What computes the epochs; without it the exact kernel. */
  readonly backend?: RunBackend;
  /** Told what `auto` came to, and why. */
  readonly onChoice?: (text: string) => void;
  /** Called after every epoch. */
  readonly onProgress?: (progress: RunProgress) => void;
  /** Ends the run after the current epoch; what is done is kept. */
  readonly signal?: AbortSignal;
}

/** What came out of a run. */
export interface RunSummary {
  readonly directory: string;
  /** False when the run was stopped before its last epoch. */
  readonly completed: boolean;
  readonly manifest: RunManifest;
  readonly wallSeconds: number;
}

/**
 * Steps every epoch of a scenario and writes the run directory: a table per name of sim/trace/schema.ts, run.json and
 * environment.json.
 * @throws InputError when the directory holds something that would be lost, or the backend is not available
 */
export async function runScenario(scenario: ResolvedScenario, options: RunOptions): Promise<RunSummary> {
  const asked = backendFor(scenario, options.backend ?? "exact");
  const name = await resolveBackend(asked, scenario.comparisons.length, options.onChoice);
  const backend = await openEpochBackend(name, asked);
  try {
    const [summary] = await runScenariosOn(backend, [{ scenario, outDir: options.outDir }], options);
    return summary!;
  } finally {
    await backend.close();
  }
}

/** One of several runs that are computed side by side. */
export interface RunTarget {
  readonly scenario: ResolvedScenario;
  /** The run directory; created if it is not there. */
  readonly outDir: string;
  /** Takes the rows as well, while they are there. */
  readonly listener?: TraceSink;
}

/**
 * Runs scenarios that have equally many epochs side by side on a backend; the directories are those of runs one by one.
 * @returns a summary per scenario
 */
export async function runScenariosOn(
  backend: EpochBackend,
  targets: readonly RunTarget[],
  { force = false, onProgress, signal }: Pick<RunOptions, "force" | "onProgress" | "signal"> = {},
): Promise<RunSummary[]> {
  const environment = observeEnvironment();
  const runs: OpenRun[] = [];
  let completedEpochs: number;
  try {
    for (const target of targets) runs.push(await openRun(target, backend, force));
    const epochs = targets[0]?.scenario.epochs ?? 0;
    const tracks = runs.map(({ scenario, sink, listener }) => ({
      scenario,
      sink: listener === undefined ? sink : new BothSinks(sink, listener),
    }));
    completedEpochs = await stepEpochs(backend, tracks, {
      signal,
      onEpoch: (completed) => onProgress?.({ completedEpochs: completed, epochs }),
    });
  } catch (error) {
    for (const { sink } of runs) await sink.abandon();
    throw error;
  }
  const summaries: RunSummary[] = [];
  for (const { scenario, outDir, description, sink } of runs) {
    const manifest: RunManifest = { ...description, completedEpochs, tables: await sink.finish() };
    writeJson(join(outDir, RUN_FILE), manifest);
    const observed = environment(backend.record());
    writeJson(join(outDir, ENVIRONMENT_FILE), observed);
    const completed = completedEpochs === scenario.epochs;
    summaries.push({ directory: outDir, completed, manifest, wallSeconds: observed.wallSeconds });
  }
  return summaries;
}

interface OpenRun extends RunTarget {
  readonly description: ReturnType<typeof describeRun>;
  readonly sink: TraceWriter;
}

async function openRun(target: RunTarget, backend: EpochBackend, force: boolean): Promise<OpenRun> {
  const { scenario, outDir } = target;
  const description = describeRun(scenario, backend);
  prepareDirectory(outDir, description, force);
  const sink = await TraceWriter.create(outDir, {
    tables: TRACE_TABLES,
    metadata: new Map([
      ["scenario_hash", description.scenarioHash],
      ["seed", description.seed],
      ["engine_version", description.engineVersion],
      ["protocol", description.protocol],
      ["arithmetic", description.arithmetic],
    ]),
    labels: traceLabels(scenario),
  });
  return { ...target, description, sink };
}

function writeJson(path: string, value: object): void {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}

/** Gives rows to two sinks. */
class BothSinks implements TraceSink {
  readonly #sinks: readonly TraceSink[];

  constructor(...sinks: readonly [TraceSink, TraceSink]) {
    this.#sinks = sinks;
  }

  wants(table: string, epoch: number): boolean {
    return this.#sinks.some((sink) => sink.wants(table, epoch));
  }

  append(table: string, rows: number, values: RowValues): void {
    for (const sink of this.#sinks)
      if (sink.wants(table, Number(values["epoch"]))) sink.append(table, rows, values);
  }

  async endEpoch(): Promise<void> {
    for (const sink of this.#sinks) await sink.endEpoch();
  }
}
