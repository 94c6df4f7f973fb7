import type { Cube, Table, Thread, Vector } from "./thread.ts";

declare function floorRaw(ratio: number): number;
declare function falling(x: number): number;
declare function proportion(ratio: number): number;
declare function ratioOf(proportion: number): number;
declare function entryProportion(entry: number): number;

/**
 * The bond weights as the liquid alpha walk reads them: 0 for an entry that stands behind a larger uid in its row.
 * x = neuron, y = validator, z = network. spec/epoch.md 7.5, "Reading order trap".
 */
export function seenWeights(this: Thread, weights: Cube, order: Cube, validators: Cube): number {
  const j = this.thread.x;
  const i = this.thread.y;
  const b = this.thread.z;
  let seen = Math.max(weights[b]![i]![j]!, 0);
  if (seen > 0 && validators[b]![i]![this.constants.unsorted]! > 0.5) {
    const place = order[b]![i]![j]!;
    for (let k = 0; k < this.constants.neuronCount; k++) {
      if (k > j && weights[b]![i]![k]! >= 0 && order[b]![i]![k]! < place) seen = 0;
    }
  }
  return seen;
}

/**
 * The moving average of Yuma3 with liquid alpha, or the fixed one for a network without any consensus.
 * x = neuron, y = validator, z = network. spec/epoch.md 7.4 to 7.6.
 */
export function liquidAverages(
  this: Thread,
  weights: Cube,
  seen: Cube,
  bonds: Cube,
  consensus: Table,
  peaks: Vector,
  networks: Table,
): number {
  const j = this.thread.x;
  const i = this.thread.y;
  const b = this.thread.z;
  const entry = bonds[b]![i]![j]!;
  const weight = Math.max(weights[b]![i]![j]!, 0);
  const held = ratioOf(entryProportion(entry));
  const fresh = networks[b]![this.constants.newShare]!;
  const carried = networks[b]![this.constants.oldShare]!;
  let average = floorRaw(fresh * weight) + floorRaw(carried * held);
  if (peaks[b]! > 0) {
    // Without an entry in the row, the old bond is dropped.
    average = 0;
    if (weights[b]![i]![j]! >= 0) {
      const low = networks[b]![this.constants.alphaLow]!;
      const high = networks[b]![this.constants.alphaHigh]!;
      let seenBond = held;
      if (entry < 0) seenBond = 0;
      const seenWeight = seen[b]![i]![j]!;
      let difference = seenBond - seenWeight;
      if (seenWeight >= seenBond) difference = seenWeight - consensus[b]![j]!;
      difference = Math.min(Math.max(difference, 0), 1);
      const steepness = networks[b]![this.constants.slope]!;
      const sigma = falling(steepness * (difference - 0.5));
      const alpha = Math.min(Math.max(low + sigma * (high - low), low), high);
      average = Math.min(floorRaw((1 - alpha) * held) + floorRaw(alpha * weight), 1);
    }
  }
  return Math.max(average, 0);
}

/**
 * Entries to store, with the mark for those which the next walk cannot see: under liquid alpha a bonds row keeps the
 * order of the weights row. x = neuron, y = validator, z = network. spec/epoch.md 7.5, 7.6, 9.
 */
export function markedEntries(
  this: Thread,
  averages: Cube,
  order: Cube,
  validators: Cube,
  peaks: Vector,
): number {
  const j = this.thread.x;
  const i = this.thread.y;
  const b = this.thread.z;
  const average = averages[b]![i]![j]!;
  let entry = 0;
  if (average > 0 && validators[b]![i]![this.constants.stores]! > 0.5) {
    entry = proportion(average) + 1;
    if (validators[b]![i]![this.constants.unsorted]! > 0.5 && peaks[b]! > 0) {
      const place = order[b]![i]![j]!;
      let mark = 1;
      for (let k = 0; k < this.constants.neuronCount; k++) {
        if (k > j && averages[b]![i]![k]! > 0 && order[b]![i]![k]! < place) mark = -1;
      }
      entry = entry * mark;
    }
  }
  return entry;
}
