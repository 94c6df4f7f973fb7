/** The epochs of scenarios of one subnet, one after the other, of one scenario or of many side by side. */
import { setImmediate } from "node:timers/promises";
import type { EpochInput, EpochOutput } from "../../kernels/epoch.ts";
import { VariantKernel, type VariantOutput } from "../../kernels/variants/subnet/kernel.ts";
import type { EpochChanges, ResolvedScenario, SubnetPlan } from "../scenario/index.ts";
import type { TraceOptions, TraceSink } from "../trace/index.ts";
import type { ExactSubnet } from "../../kernels/exact/subnet.ts";
import type { EpochBackend, ResidentEpochs } from "./backends.ts";
import { SubmittedWeights } from "./submitted-weights.ts";
import {
  applyChanges,
  emissionAt,
  type FixedInput,
  fixedInput,
  initialState,
  storeEpoch,
  type SubnetState,
} from "./subnet-state.ts";
import {
  bondRows,
  neuronRows,
  type NeuronsNow,
  subnetRow,
  type TableRows,
  weightRows,
} from "./trace-rows.ts";

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
  const isWatched = onEpoch !== undefined || signal !== undefined;
  const isStopped = (): boolean => signal?.aborted === true;
  let completed = 0;
  try {
    while (completed < epochs && !isStopped()) {
      const outputs = await computeEpochs(runs, completed, epochs - completed, backend.epochs);
      for (let k = 0; k < (outputs[0]?.length ?? 1); k++) {
        for (const [r, run] of runs.entries()) run.record(completed, outputs[r]![k]!);
        for (const { sink } of tracks) await sink.endEpoch();
        completed++;
        onEpoch?.(completed);
        // Lets timers and signals in; without it a run that seldom writes would not hear that it should stop.
        if (isWatched) await setImmediate();
        if (isStopped()) break;
      }
    }
  } finally {
    for (const run of runs) run.free();
  }
  return completed;
}

/** The texts of the label columns of a scenario's trace. */
export function traceLabels({ comparisons }: ResolvedScenario): TraceOptions["labels"] {
  return {
    comparison: Array.from(comparisons, ({ comparison }) => comparison),
    hotkey: hotkeyLabels(comparisons),
  };
}

function subnetRuns(scenario: ResolvedScenario, sink: TraceSink): SubnetRun[] {
  const labels = hotkeyLabels(scenario.comparisons);
  let positions: Map<string, number> | undefined;
  const positionsOf = ({ hotkeys }: SubnetPlan): Int32Array => {
    const found = new Int32Array(hotkeys.length);
    const isSame = isSameList(hotkeys, labels);
    if (!isSame) positions ??= new Map(labels.map((hotkey, position) => [hotkey, position]));
    for (const [uid, hotkey] of hotkeys.entries()) found[uid] = isSame ? uid : (positions?.get(hotkey) ?? 0);
    return found;
  };
  return Array.from(
    scenario.comparisons,
    (plan, comparison) => new SubnetRun(plan, comparison, positionsOf(plan), sink),
  );
}

/**
 * The epoch of every run, and those after it if the backend takes several and nothing changes before them; those of a
 * variant on the spot, the others on the backend.
 * @returns per run, per epoch; results of a subnet that stays in the kernel, until it steps again
 */
async function computeEpochs(
  runs: readonly SubnetRun[],
  epoch: number,
  left: number,
  backend: EpochBackend["epochs"],
): Promise<readonly (readonly EpochOutput[])[]> {
  if (backend.kind === "resident")
    return Array.from(runs, (run) => [run.hasVariant ? run.runVariant(epoch) : run.step(epoch, backend)]);
  if (runs.some(({ hasVariant }) => hasVariant))
    throw new Error("a variant is not computed on a float backend");
  const inputs = runs.map((run) => run.prepare(epoch));
  const stretch = quietStretch(runs, epoch, Math.min(backend.longestStretch, left));
  return backend.run(inputs, stretch);
}

/** How many epochs from `epoch` on can be computed together: until something changes before one, at most `limit`. */
function quietStretch(runs: readonly SubnetRun[], epoch: number, limit: number): number {
  let stretch = 1;
  while (stretch < limit && runs.every((run) => run.isQuiet(epoch + stretch))) stretch++;
  return stretch;
}

/** Every hotkey of every comparison once, in order of appearance. */
function hotkeyLabels(plans: readonly SubnetPlan[]): readonly string[] {
  const [first = [], ...others] = Array.from(plans, ({ hotkeys }) => hotkeys);
  // The neurons of one comparison all have names of their own, and mostly the others have the same.
  if (others.every((hotkeys) => isSameList(hotkeys, first))) return first;
  return [...new Set([...first, ...others.flat()])];
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one === other || (one.length === other.length && one.every((text, k) => text === other[k]));
}

/** One subnet under one set of overrides, on its way through the epochs. */
class SubnetRun {
  readonly #plan: SubnetPlan;
  readonly #fixed: FixedInput;
  readonly #comparison: number;
  /** The rows of its neurons at `#now`. */
  readonly #neurons: TableRows;
  readonly #sink: TraceSink;
  /** The formula and what it reads, where one takes the place of the chain's epoch. */
  readonly #variant: { readonly kernel: VariantKernel; readonly weights: SubmittedWeights } | null;
  #state: SubnetState;
  /** The subnet in the kernel's memory, what was sent to it last, and what it computed last. */
  #resident: { readonly subnet: ExactSubnet; readonly output: EpochOutput; sent: EpochInput } | null = null;
  #now: NeuronsNow | null = null;
  /** The changes that were asked for last; a plan may work for them. */
  #changes: { readonly epoch: number; readonly changes: EpochChanges } | null = null;

  constructor(plan: SubnetPlan, comparison: number, hotkeys: Int32Array, sink: TraceSink) {
    this.#plan = plan;
    this.#fixed = fixedInput(plan);
    this.#comparison = comparison;
    this.#neurons = neuronRows(hotkeys, () => this.#now!);
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
    this.#state = applyChanges(this.#state, this.#changesBefore(epoch));
    return this.#input(epoch);
  }

  /** The next epoch, by the formula. */
  runVariant(epoch: number): VariantOutput {
    const { kernel, weights } = this.#variant!;
    const { weightRows = [], bondResets = [] } = this.#changesBefore(epoch);
    const input = this.prepare(epoch);
    weights.replace(weightRows);
    return kernel.runEpoch(input, { weights: weights.values(), bondResets });
  }

  /** The next epoch, in the kernel's memory. @returns the results, until the next step */
  step(epoch: number, kernel: ResidentEpochs): EpochOutput {
    const { weightRows = [], bondResets = [] } = this.#changesBefore(epoch);
    const resident = this.#resident;
    if (resident === null) {
      const input = this.prepare(epoch);
      const subnet = kernel.load(input);
      this.#resident = { subnet, output: subnet.results(), sent: input };
      subnet.step();
      return this.#resident.output;
    }
    const { subnet, output } = resident;
    const hasResets = bondResets.length > 0;
    // To wipe bonds they have to be here; otherwise they stay where they are.
    if (hasResets) this.#state = { ...this.#state, bonds: output.bonds };
    else subnet.commitBonds();
    subnet.commitPermits();
    const input = this.prepare(epoch);
    if (hasResets) subnet.setBonds(input.bonds);
    subnet.setColumns(input, resident.sent);
    for (const { uid, uids, values } of weightRows) subnet.setWeightsRow(uid, uids, values);
    resident.sent = input;
    subnet.step();
    return output;
  }

  /** Gives the kernel's memory back. */
  free(): void {
    this.#resident?.subnet.free();
    this.#resident = null;
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
    this.#now = { keys, stakes: state, output };
    const append = (table: string, { rows, values }: TableRows): void =>
      this.#sink.append(table, rows, values);
    const isWanted = (table: string): boolean => this.#sink.wants(table, epoch);
    if (isWanted("subnets")) append("subnets", subnetRow(keys, this.#input(epoch), output));
    if (isWanted("neurons")) append("neurons", this.#neurons);
    if (isWanted("bonds")) append("bonds", bondRows(keys, output));
    if ((epoch === 0 || this.#changesBefore(epoch).weightRows !== undefined) && isWanted("weights"))
      append("weights", weightRows(keys, state.weights, this.#variant?.weights.values()));
    // What stays in the kernel's memory is stored there.
    const stored = this.#resident
      ? state
      : { bonds: output.bonds, validatorPermit: output.newValidatorPermit };
    this.#state = storeEpoch(plan, state, block, output, stored);
  }

  #input(epoch: number): EpochInput {
    const { lastMechanismStepBlock, alphaStake, taoStake, lastUpdate, validatorPermit, weights, bonds } =
      this.#state;
    // By name: a second spread would take longer than all else between two epochs.
    return {
      ...this.#fixed,
      block: this.#blockOf(epoch),
      raoEmission: emissionAt(this.#plan, this.#state),
      lastMechanismStepBlock,
      alphaStake,
      taoStake,
      lastUpdate,
      validatorPermit,
      weights,
      bonds,
    };
  }

  #blockOf(epoch: number): bigint {
    return this.#plan.firstEpochBlock + BigInt(epoch) * BigInt(this.#plan.hyperparameters.tempo);
  }

  #changesBefore(epoch: number): EpochChanges {
    if (this.#changes?.epoch !== epoch) this.#changes = { epoch, changes: this.#plan.changesBefore(epoch) };
    return this.#changes.changes;
  }
}
