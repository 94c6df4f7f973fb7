import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { ExactKernel } from "../../kernels/exact/kernel.ts";
import type { ResolvedScenario, SubnetPlan } from "../scenario/index.ts";
import {
  type BackendRecord,
  ENVIRONMENT_FILE,
  RUN_FILE,
  type RunManifest,
  TRACE_TABLES,
  TraceWriter,
} from "../trace/index.ts";
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

const EXACT_BACKEND: BackendRecord = {
  asked: "exact",
  ran: "exact",
  adapter: null,
  executor: "wasm",
  fallback: null,
};

/**
 * Steps every epoch of a scenario with the exact kernel and writes the run directory: a table per name of
 * sim/trace/schema.ts, run.json and environment.json.
 * @throws InputError when the directory holds something that would be lost
 */
export async function runScenario(scenario: ResolvedScenario, options: RunOptions): Promise<RunSummary> {
  const { outDir, force = false, onProgress, signal } = options;
  const description = describeRun(scenario);
  await prepareDirectory(outDir, description, force);
  const environment = observeEnvironment(EXACT_BACKEND);
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
    const kernel = new ExactKernel();
    while (completedEpochs < scenario.epochs) {
      if (signal?.aborted === true) break;
      for (const run of runs) run.step(completedEpochs, kernel, trace);
      await trace.endEpoch();
      completedEpochs++;
      onProgress?.({ completedEpochs, epochs: scenario.epochs });
      // Lets timers and signals in; without it a run that seldom writes would not hear that it should stop.
      await setImmediate();
    }
  } catch (error) {
    await trace.abandon();
    throw error;
  }
  const manifest: RunManifest = { ...description, completedEpochs, tables: await trace.finish() };
  await writeJson(join(outDir, RUN_FILE), manifest);
  const observed = environment();
  await writeJson(join(outDir, ENVIRONMENT_FILE), observed);
  return {
    directory: outDir,
    completed: completedEpochs === scenario.epochs,
    manifest,
    wallSeconds: observed.wallSeconds,
  };
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

  constructor(plan: SubnetPlan, comparison: number, hotkeys: Int32Array) {
    this.#plan = plan;
    this.#comparison = comparison;
    this.#hotkeys = hotkeys;
    this.#state = initialState(plan);
  }

  /** Runs one epoch and adds its rows to the trace. */
  step(epoch: number, kernel: ExactKernel, trace: TraceWriter): void {
    const plan = this.#plan;
    const block = plan.firstEpochBlock + BigInt(epoch) * BigInt(plan.hyperparameters.tempo);
    const changes = plan.changesBefore(epoch);
    const state = applyChanges(this.#state, changes);
    const output = kernel.runEpoch(epochInput(plan, state, block));
    const keys = { comparison: this.#comparison, epoch, block, netuid: plan.netuid };
    const append = (table: string, { rows, values }: TableRows): void => trace.append(table, rows, values);
    append("subnets", subnetRow(keys, plan, state, output));
    append("neurons", neuronRows(keys, this.#hotkeys, state, output));
    append("bonds", bondRows(keys, output.bonds));
    if (epoch === 0 || changes.weightRows !== undefined) append("weights", weightRows(keys, state.weights));
    this.#state = storeEpoch(state, block, output);
  }
}
