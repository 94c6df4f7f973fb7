import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { EpochInput, EpochOutput } from "../../kernels/epoch.ts";
import { VariantKernel, type VariantOutput } from "../../kernels/variants/subnet/kernel.ts";
import { InputError } from "../errors.ts";
import type { EpochChanges, ResolvedScenario, SubnetPlan } from "../scenario/index.ts";
import { ENVIRONMENT_FILE, RUN_FILE, type RunManifest, TRACE_TABLES, TraceWriter } from "../trace/index.ts";
import type { RunBackend } from "./backend-names.ts";
import { type EpochBackend, openEpochBackend } from "./backends.ts";
import { observeEnvironment } from "./environment.ts";
import { describeRun } from "./manifest.ts";
import { prepareDirectory } from "./output-directory.ts";
import { applyChanges, epochInput, initialState, storeEpoch, type SubnetState } from "./subnet-state.ts";
import { SubmittedWeights } from "./submitted-weights.ts";
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
    backendFor(scenario, options.backend ?? "exact"),
    scenario.comparisons.length,
    options.onChoice,
  );
  try {
    return await runOn(backend, scenario, options);
  } finally {
    await backend.close();
  }
}

/** A variant is computed in float64 whatever the backend; a run beside others in float32 would compare two arithmetics. */
function backendFor({ comparisons }: ResolvedScenario, asked: RunBackend): RunBackend {
  const plan = comparisons.find(({ variant }) => variant !== undefined);
  if (plan?.variant === undefined || asked === "exact") return asked;
  if (asked === "auto") return "exact";
  throw new InputError(
    `--backend ${asked}: ${plan.comparison} runs the variant ${plan.variant.choice.formula}, which is computed in float64; leave --backend out`,
  );
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
      const stretch = quietStretch(runs, completedEpochs, limit);
      const outputs = await computeEpochs(runs, inputs, stretch, backend);
      for (let k = 0; k < stretch; k++) {
        runs.forEach((run, r) => run.record(completedEpochs, outputs[r]![k]!, trace));
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

/** Consecutive epochs of every run: those of a variant on the spot, the others on the backend. @returns per run, per epoch */
async function computeEpochs(
  runs: readonly SubnetRun[],
  inputs: readonly EpochInput[],
  epochs: number,
  backend: EpochBackend,
): Promise<readonly (readonly EpochOutput[])[]> {
  const plain = inputs.filter((_, r) => !runs[r]!.hasVariant);
  const computed = plain.length === 0 ? [] : await backend.run(plain, epochs);
  let next = 0;
  return runs.map((run, r) => (run.hasVariant ? [run.runVariant(inputs[r]!)] : computed[next++]!));
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
  /** The formula and what it reads, where one takes the place of the chain's epoch. */
  readonly #variant: { readonly kernel: VariantKernel; readonly weights: SubmittedWeights } | null;
  #state: SubnetState;
  /** The changes that were asked for last; a plan may work for them. */
  #changes: { readonly epoch: number; readonly changes: EpochChanges } | null = null;

  constructor(plan: SubnetPlan, comparison: number, hotkeys: Int32Array) {
    this.#plan = plan;
    this.#comparison = comparison;
    this.#hotkeys = hotkeys;
    this.#state = initialState(plan);
    const { variant } = plan;
    this.#variant =
      variant === undefined
        ? null
        : { kernel: new VariantKernel(variant.choice), weights: new SubmittedWeights(variant.submitted) };
  }

  /** Whether a formula computes the epochs. */
  get hasVariant(): boolean {
    return this.#variant !== null;
  }

  /** Applies what happens before an epoch. @returns what the kernel reads */
  prepare(epoch: number): EpochInput {
    const changes = this.#changesBefore(epoch);
    this.#state = applyChanges(this.#state, changes);
    this.#variant?.weights.replace(changes.weightRows ?? []);
    return epochInput(this.#plan, this.#state, this.#blockOf(epoch));
  }

  /** The epoch that was prepared, by the formula. */
  runVariant(input: EpochInput): VariantOutput {
    const { kernel, weights } = this.#variant!;
    const bondResets = this.#changes?.changes.bondResets ?? [];
    return kernel.runEpoch(input, { weights: weights.values(), bondResets });
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
    append("bonds", bondRows(keys, output));
    if (epoch === 0 || this.#changesBefore(epoch).weightRows !== undefined)
      append("weights", weightRows(keys, state.weights, this.#variant?.weights.values()));
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
