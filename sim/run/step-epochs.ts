/** The epochs of scenarios of one subnet, one after the other, of one scenario or of many side by side. */
import { setImmediate } from "node:timers/promises";
import type { EpochInput, EpochOutput } from "../../kernels/epoch.ts";
import { VariantKernel, type VariantOutput } from "../../kernels/variants/subnet/kernel.ts";
import type { EpochChanges, ResolvedScenario, SubnetPlan } from "../scenario/index.ts";
import type { TraceOptions, TraceSink } from "../trace/index.ts";
import type { EpochBackend } from "./backends.ts";
import { SubmittedWeights } from "./submitted-weights.ts";
import { applyChanges, epochInput, initialState, storeEpoch, type SubnetState } from "./subnet-state.ts";
import { bondRows, neuronRows, subnetRow, type TableRows, weightRows } from "./trace-rows.ts";

/** A scenario and where its rows go. */
export interface EpochTrack {
  readonly scenario: ResolvedScenario;
  readonly sink: TraceSink;
}

export interface StepOptions {
  /** Called after every epoch. */
  readonly onEpoch?: (completedEpochs: number) => void;
  /** Ends after the current epoch. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Steps every epoch of scenarios that have equally many; all comparisons of all of them are put to the backend together.
 * @returns completed epochs: fewer than the scenarios ask for when it was stopped
 */
export async function stepEpochs(
  backend: EpochBackend,
  tracks: readonly EpochTrack[],
  { onEpoch, signal }: StepOptions = {},
): Promise<number> {
  const epochs = tracks[0]?.scenario.epochs ?? 0;
  const runs = tracks.flatMap(({ scenario, sink }) => subnetRuns(scenario, sink));
  const isStopped = (): boolean => signal?.aborted === true;
  let completed = 0;
  while (completed < epochs && !isStopped()) {
    const limit = Math.min(backend.longestStretch, epochs - completed);
    const inputs = runs.map((run) => run.prepare(completed));
    const stretch = quietStretch(runs, completed, limit);
    const outputs = await computeEpochs(runs, inputs, stretch, backend);
    for (let k = 0; k < stretch; k++) {
      runs.forEach((run, r) => run.record(completed, outputs[r]![k]!));
      for (const { sink } of tracks) await sink.endEpoch();
      completed++;
      onEpoch?.(completed);
      // Lets timers and signals in; without it a run that seldom writes would not hear that it should stop.
      await setImmediate();
      if (isStopped()) break;
    }
  }
  return completed;
}

/** The texts of the label columns of a scenario's trace. */
export function traceLabels({ comparisons }: ResolvedScenario): TraceOptions["labels"] {
  return { comparison: comparisons.map(({ comparison }) => comparison), hotkey: hotkeyLabels(comparisons) };
}

function subnetRuns(scenario: ResolvedScenario, sink: TraceSink): SubnetRun[] {
  const positions = new Map(hotkeyLabels(scenario.comparisons).map((hotkey, position) => [hotkey, position]));
  return scenario.comparisons.map((plan, comparison) => {
    const hotkeys = Int32Array.from(plan.hotkeys, (hotkey) => positions.get(hotkey) ?? 0);
    return new SubnetRun(plan, comparison, hotkeys, sink);
  });
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

/** Every hotkey of every comparison once, in order of appearance. */
function hotkeyLabels(plans: readonly SubnetPlan[]): string[] {
  return [...new Set(plans.flatMap((plan) => plan.hotkeys))];
}

/** One subnet under one set of overrides, on its way through the epochs. */
class SubnetRun {
  readonly #plan: SubnetPlan;
  readonly #comparison: number;
  readonly #hotkeys: Int32Array;
  readonly #sink: TraceSink;
  /** The formula and what it reads, where one takes the place of the chain's epoch. */
  readonly #variant: { readonly kernel: VariantKernel; readonly weights: SubmittedWeights } | null;
  #state: SubnetState;
  /** The changes that were asked for last; a plan may work for them. */
  #changes: { readonly epoch: number; readonly changes: EpochChanges } | null = null;

  constructor(plan: SubnetPlan, comparison: number, hotkeys: Int32Array, sink: TraceSink) {
    this.#plan = plan;
    this.#comparison = comparison;
    this.#hotkeys = hotkeys;
    this.#sink = sink;
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
    return this.#plan.restaking === undefined && Object.keys(this.#changesBefore(epoch)).length === 0;
  }

  /** Adds the rows of an epoch to the trace and keeps what the next one starts from. */
  record(epoch: number, output: EpochOutput): void {
    const plan = this.#plan;
    const state = this.#state;
    const block = this.#blockOf(epoch);
    const keys = { comparison: this.#comparison, epoch, block, netuid: plan.netuid };
    const append = (table: string, make: () => TableRows): void => {
      if (!this.#sink.has(table)) return;
      const { rows, values } = make();
      this.#sink.append(table, rows, values);
    };
    append("subnets", () => subnetRow(keys, epochInput(plan, state, block), output));
    append("neurons", () => neuronRows(keys, this.#hotkeys, state, output));
    append("bonds", () => bondRows(keys, output));
    if (epoch === 0 || this.#changesBefore(epoch).weightRows !== undefined)
      append("weights", () => weightRows(keys, state.weights, this.#variant?.weights.values()));
    this.#state = storeEpoch(plan, state, block, output);
  }

  #blockOf(epoch: number): bigint {
    return this.#plan.firstEpochBlock + BigInt(epoch) * BigInt(this.#plan.hyperparameters.tempo);
  }

  #changesBefore(epoch: number): EpochChanges {
    if (this.#changes?.epoch !== epoch) this.#changes = { epoch, changes: this.#plan.changesBefore(epoch) };
    return this.#changes.changes;
  }
}
