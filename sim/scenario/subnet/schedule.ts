/** When stakes and weights change, and when weights are sent again. */
import type { EpochChanges, WeightRow } from "../types.ts";
import type { Neuron, Neurons } from "./neurons.ts";
import type { Timeline } from "./timeline.ts";

/** When weights are set. */
export interface WeightClock {
  readonly firstEpochBlock: bigint;
  readonly tempo: bigint;
  /** Block of a snapshot, whose rows were in force when it was taken. */
  readonly initialBlock: bigint | undefined;
}

/** Weights for an epoch are set in the block before it. */
function settingBlock({ firstEpochBlock, tempo }: WeightClock, epoch: number): bigint {
  return firstEpochBlock + BigInt(epoch) * tempo - 1n;
}

/** When the neurons of a subnet set their weights last. */
export interface LastUpdates {
  /** Block per uid when `epoch` runs. */
  at(epoch: number): BigUint64Array;
  /** Whether any of them is another one than an epoch before. */
  hasChanged(epoch: number): boolean;
}

export function lastUpdatesOf({ list }: Neurons, clock: WeightClock): LastUpdates {
  const never = BigUint64Array.from(list, (neuron) => updateBlock(neuron, clock, undefined));
  // Most neurons are miners, which never set any.
  const setters = [...list.entries()].filter(([, { weights }]) => weights.first !== undefined);
  return {
    at: (epoch) => {
      const updates = never.slice();
      const now = settingBlock(clock, epoch);
      for (const [uid, neuron] of setters) {
        const setting = settingOf(neuron, clock, epoch);
        updates[uid] = setting === epoch ? now : updateBlock(neuron, clock, setting);
      }
      return updates;
    },
    hasChanged: (epoch) =>
      setters.some(([, neuron]) => {
        const [before, now] = [settingOf(neuron, clock, epoch - 1), settingOf(neuron, clock, epoch)];
        return before !== now && updateBlock(neuron, clock, before) !== updateBlock(neuron, clock, now);
      }),
  };
}

/** The epoch for which a neuron set its weights last when `epoch` runs; undefined = it has not yet. */
function settingOf({ weights, refreshes }: Neuron, clock: WeightClock, epoch: number): number | undefined {
  const first = firstSetting(weights, clock);
  if (first === undefined || first > epoch) return undefined;
  return refreshes ? epoch : latestSetting(weights, clock, epoch);
}

/** The block of a setting, or from which the weights are that were there before. */
function updateBlock({ registeredAt }: Neuron, clock: WeightClock, setting: number | undefined): bigint {
  return setting === undefined ? (clock.initialBlock ?? registeredAt) : settingBlock(clock, setting);
}

/** Whether a row counts as set before `epoch`: a snapshot's rows of epoch 0 were there already. */
function isSet(epoch: number, clock: WeightClock): boolean {
  return epoch > 0 || clock.initialBlock === undefined;
}

/** The epoch before which a row is sent for the first time. */
function firstSetting({ first }: Timeline<WeightRow>, clock: WeightClock): number | undefined {
  // A snapshot's validators send their rows again for the first time before epoch 1.
  return first === undefined || isSet(first, clock) ? first : 1;
}

function latestSetting(weights: Timeline<WeightRow>, clock: WeightClock, epoch: number): number | undefined {
  const latest = weights.latest(epoch);
  return latest !== undefined && isSet(latest, clock) ? latest : undefined;
}

/** Stake in one token of every uid when `epoch` runs. */
export function stakesAt(neurons: Neurons, token: "alphaStake" | "taoStake", epoch: number): BigUint64Array {
  const { list } = neurons;
  const stakes = new BigUint64Array(list.length);
  for (let uid = 0; uid < stakes.length; uid++) stakes[uid] = list[uid]![token].inForce(epoch) ?? 0n;
  return stakes;
}

/** What changes before an epoch; the state before epoch 0 holds everything already. */
export function changesOf(neurons: Neurons, lastUpdates: LastUpdates): (epoch: number) => EpochChanges {
  const { list } = neurons;
  const changes = {
    alphaStake: changingEpochs(list, ({ alphaStake }) => alphaStake),
    taoStake: changingEpochs(list, ({ taoStake }) => taoStake),
    weights: changingEpochs(list, ({ weights }) => weights),
  };
  return (epoch) => {
    if (epoch === 0) return {};
    const found: { -readonly [member in keyof EpochChanges]: EpochChanges[member] } = {};
    if (changes.alphaStake.has(epoch)) found.alphaStake = stakesAt(neurons, "alphaStake", epoch);
    if (changes.taoStake.has(epoch)) found.taoStake = stakesAt(neurons, "taoStake", epoch);
    if (changes.weights.has(epoch))
      found.weightRows = list.flatMap(({ weights }) => weights.setAt(epoch) ?? []);
    if (lastUpdates.hasChanged(epoch)) found.lastUpdate = lastUpdates.at(epoch);
    return found;
  };
}

/** Epochs that have a value of their own for at least one neuron. */
function changingEpochs(list: readonly Neuron[], of: (neuron: Neuron) => Timeline<unknown>): Set<number> {
  const all = new Set<number>();
  for (const neuron of list) for (const epoch of of(neuron).epochs) all.add(epoch);
  return all;
}
