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

/** Last update of every uid when `epoch` runs. */
export function lastUpdates({ list }: Neurons, clock: WeightClock, epoch: number): BigUint64Array {
  const updates = new BigUint64Array(list.length);
  const now = settingBlock(clock, epoch);
  for (let uid = 0; uid < updates.length; uid++) updates[uid] = lastUpdate(list[uid]!, clock, epoch, now);
  return updates;
}

/** @param now the block in which weights for `epoch` are set */
function lastUpdate(
  { weights, refreshes, registeredAt }: Neuron,
  clock: WeightClock,
  epoch: number,
  now: bigint,
): bigint {
  const initial = clock.initialBlock ?? registeredAt;
  const first = firstSetting(weights, clock);
  if (first === undefined || first > epoch) return initial;
  if (refreshes) return now;
  const latest = latestSetting(weights, clock, epoch);
  return latest === undefined ? initial : settingBlock(clock, latest);
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
  return BigUint64Array.from(neurons.list, (neuron) => neuron[token].inForce(epoch) ?? 0n);
}

/** What changes before `epoch` runs; the state before epoch 0 holds everything already. */
export function changesBefore(neurons: Neurons, clock: WeightClock, epoch: number): EpochChanges {
  if (epoch === 0) return {};
  const changed = (token: "alphaStake" | "taoStake"): boolean =>
    neurons.list.some((neuron) => neuron[token].setAt(epoch) !== undefined);
  const weightRows = neurons.list.flatMap((neuron) => neuron.weights.setAt(epoch) ?? []);
  const lastUpdate = lastUpdates(neurons, clock, epoch);
  const before = lastUpdates(neurons, clock, epoch - 1);
  return {
    ...(changed("alphaStake") ? { alphaStake: stakesAt(neurons, "alphaStake", epoch) } : {}),
    ...(changed("taoStake") ? { taoStake: stakesAt(neurons, "taoStake", epoch) } : {}),
    ...(weightRows.length > 0 ? { weightRows } : {}),
    ...(lastUpdate.some((block, uid) => block !== before[uid]) ? { lastUpdate } : {}),
  };
}
