import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { EpochInput, EpochOutput } from "../../kernels/epoch.ts";
import type { EpochChanges, ResolvedScenario, SubnetPlan } from "../scenario/index.ts";
import { ENVIRONMENT_FILE, RUN_FILE, type RunManifest, TRACE_TABLES, TraceWriter } from "../trace/index.ts";
import type { RunBackend } from "./backend-names.ts";
import { type EpochBackend, openEpochBackend } from "./backends.ts";
import { observeEnvironment } from "./environment.ts";
import { describeRun } from "./manifest.ts";
import { prepareDirectory } from "./output-directory.ts";
import { applyChanges, epochInput, initialState, storeEpoch, type SubnetState } from "./subnet-state.ts";
import { bondRows, neuronRows, subnetRow, type TableRows, weightRows } from "./trace-rows.ts";

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
  const backend = await openEpochBackend(
    options.backend ?? "exact",
    scenario.comparisons.length,
    options.onChoice,
  );
  try {
    return await runOn(backend, scenario, options);
  } finally {
    await backend.close();
  }
}

async function runOn(
  backend: EpochBackend,
  scenario: ResolvedScenario,
  options: RunOptions,
): Promise<RunSummary> {
  const { outDir, force = false, onProgress, signal } = options;
  const description = describeRun(scenario, backend);
  await prepareDirectory(outDir, description, force);
  const environment = observeEnvironment();
  const hotkeys = hotkeyLabels(scenario.comparisons);
  const trace = await TraceWriter.create(outDir, {
    tables: TRACE_TABLES,
    metadata: new Map([
      ["scenario_hash", description.scenarioHash],
      ["seed", description.seed],
      ["engine_version", description.engineVersion],
      ["protocol", description.protocol],
      ["arithmetic", description.arithmetic],
    ]),
    labels: { comparison: description.comparisons, hotkey: hotkeys },
  });
  const isStopped = (): boolean => signal?.aborted === true;
  let completedEpochs = 0;
  try {
    const positions = new Map(hotkeys.map((hotkey, position) => [hotkey, position]));
    const runs = scenario.comparisons.map(
      (plan, comparison) =>
        new SubnetRun(
          plan,
          comparison,
          Int32Array.from(plan.hotkeys, (hotkey) => positions.get(hotkey) ?? 0),
        ),
    );
    while (completedEpochs < scenario.epochs && !isStopped()) {
      const limit = Math.min(backend.longestStretch, scenario.epochs - completedEpochs);
      const inputs = runs.map((run) => run.prepare(completedEpochs));
      const outputs = await backend.run(inputs, quietStretch(runs, completedEpochs, limit));
      for (let k = 0; k < (outputs[0]?.length ?? 0); k++) {
        runs.forEach((run, r) => run.record(completedEpochs, outputs[r]?.[k] as EpochOutput, trace));
        await trace.endEpoch();
        completedEpochs++;
        onProgress?.({ completedEpochs, epochs: scenario.epochs });
        // Lets timers and signals in; without it a run that seldom writes would not hear that it should stop.
        await setImmediate();
        if (isStopped()) break;
      }
    }
  } catch (error) {
    await trace.abandon();
    throw error;
  }
  const manifest: RunManifest = { ...description, completedEpochs, tables: await trace.finish() };
  await writeJson(join(outDir, RUN_FILE), manifest);
  const observed = environment(backend.record());
  await writeJson(join(outDir, ENVIRONMENT_FILE), observed);
  return {
    directory: outDir,
    completed: completedEpochs === scenario.epochs,
    manifest,
    wallSeconds: observed.wallSeconds,
  };
}

/** How many epochs from `epoch` on can be computed together: until something changes before one, at most `limit`. */
function quietStretch(runs: readonly SubnetRun[], epoch: number, limit: number): number {
  let stretch = 1;
  while (stretch < limit && runs.every((run) => run.isQuiet(epoch + stretch))) stretch++;
  return stretch;
}

async function writeJson(path: string, value: object): Promise<void> {
  await writeFile(path, `${JSON.stringify(value, null, 2)}\n`);
}

/** Every hotkey of every comparison once, in order of appearance. */
function hotkeyLabels(plans: readonly SubnetPlan[]): string[] {
  return [...new Set(plans.flatMap((plan) => plan.hotkeys))];
}

/** One subnet under one set of overrides, on its way through the epochs. */
class SubnetRun {
  readonly #plan: SubnetPlan;
  readonly #comparison: number;
  readonly #hotkeys: Int32Array;
  #state: SubnetState;
  /** The changes that were asked for last; a plan may work for them. */
  #changes: { readonly epoch: number; readonly changes: EpochChanges } | null = null;

  constructor(plan: SubnetPlan, comparison: number, hotkeys: Int32Array) {
    this.#plan = plan;
    this.#comparison = comparison;
    this.#hotkeys = hotkeys;
    this.#state = initialState(plan);
  }

  /** Applies what happens before an epoch. @returns what the kernel reads */
  prepare(epoch: number): EpochInput {
    this.#state = applyChanges(this.#state, this.#changesBefore(epoch));
    return epochInput(this.#plan, this.#state, this.#blockOf(epoch));
  }

  /** Whether nothing happens before an epoch. */
  isQuiet(epoch: number): boolean {
    return Object.keys(this.#changesBefore(epoch)).length === 0;
  }

  /** Adds the rows of an epoch to the trace and keeps what the next one starts from. */
  record(epoch: number, output: EpochOutput, trace: TraceWriter): void {
    const plan = this.#plan;
    const state = this.#state;
    const block = this.#blockOf(epoch);
    const keys = { comparison: this.#comparison, epoch, block, netuid: plan.netuid };
    const append = (table: string, { rows, values }: TableRows): void => trace.append(table, rows, values);
    append("subnets", subnetRow(keys, epochInput(plan, state, block), output));
    append("neurons", neuronRows(keys, this.#hotkeys, state, output));
    append("bonds", bondRows(keys, output.bonds));
    if (epoch === 0 || this.#changesBefore(epoch).weightRows !== undefined)
      append("weights", weightRows(keys, state.weights));
    this.#state = storeEpoch(state, block, output);
  }

  #blockOf(epoch: number): bigint {
    return this.#plan.firstEpochBlock + BigInt(epoch) * BigInt(this.#plan.hyperparameters.tempo);
  }

  #changesBefore(epoch: number): EpochChanges {
    if (this.#changes?.epoch !== epoch) this.#changes = { epoch, changes: this.#plan.changesBefore(epoch) };
    return this.#changes.changes;
  }
}
