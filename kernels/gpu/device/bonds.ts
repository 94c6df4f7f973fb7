import type { Cube, Table, Thread } from "./thread.ts";

declare function floorRaw(ratio: number): number;
declare function shareOf(part: number, whole: number): number;
declare function proportion(ratio: number): number;
declare function ratioOf(proportion: number): number;
declare function entryProportion(entry: number): number;

/**
 * The weights that bonds are made of, or -1 without an entry: between the weights and the clipped weights, by the bonds
 * penalty. x = neuron, y = validator, z = network. spec/epoch.md 7.1.
 */
export function bondWeights(this: Thread, weights: Cube, consensus: Table, networks: Table): number {
  const b = this.thread.z;
  const cap = consensus[b]![this.thread.x]!;
  const forgiven = networks[b]![this.constants.leniency]!;
  const weight = weights[b]![this.thread.y]![this.thread.x]!;
  let value = weight;
  if (weight > cap && forgiven < 1) {
    // w + penalty * (c - w), written so that nothing cancels when the penalty is almost 1; the floor is the same.
    value = cap + floorRaw(forgiven * (weight - cap));
    // An entry that is clipped to nothing is dropped, not kept as a zero.
    if (value <= 0) value = -1;
  }
  // In between, the chain keeps positive entries only.
  if (forgiven > 0 && forgiven < 1 && value <= 0) value = -1;
  return value;
}

/** Column sums of the stored bonds as whole numbers; x = neuron, y = network. spec/epoch.md 7.3 step 1. */
export function bondTotals(this: Thread, bonds: Cube): number {
  let total = 0;
  for (let i = 0; i < this.constants.validatorCount; i++) {
    total += entryProportion(bonds[this.thread.y]![i]![this.thread.x]!);
  }
  return total;
}

/** Column sums of the bond weights times stake; x = neuron, y = network. spec/epoch.md 7.3 step 2. */
export function purchaseTotals(this: Thread, weights: Cube, validators: Cube): number {
  const b = this.thread.y;
  let total = 0;
  for (let i = 0; i < this.constants.validatorCount; i++) {
    const weight = Math.max(weights[b]![i]![this.thread.x]!, 0);
    const stake = validators[b]![i]![this.constants.activeStake]!;
    total += floorRaw(weight * stake);
  }
  return total;
}

/** The moving average of the original formula; x = neuron, y = validator, z = network. spec/epoch.md 7.3 step 3. */
export function originalAverages(
  this: Thread,
  weights: Cube,
  bonds: Cube,
  validators: Cube,
  networks: Table,
  purchaseSums: Table,
  bondSums: Table,
): number {
  const j = this.thread.x;
  const i = this.thread.y;
  const b = this.thread.z;
  const weight = Math.max(weights[b]![i]![j]!, 0);
  const stake = validators[b]![i]![this.constants.activeStake]!;
  const staked = floorRaw(weight * stake);
  const bought = floorRaw(shareOf(staked, purchaseSums[b]![j]!));
  const held = floorRaw(shareOf(entryProportion(bonds[b]![i]![j]!), bondSums[b]![j]!));
  const fresh = networks[b]![this.constants.newShare]!;
  const carried = networks[b]![this.constants.oldShare]!;
  return Math.max(floorRaw(fresh * bought) + floorRaw(carried * held), 0);
}

/** The fixed moving average of Yuma3; x = neuron, y = validator, z = network. spec/epoch.md 7.4 step 2. */
export function fixedAverages(this: Thread, weights: Cube, bonds: Cube, networks: Table): number {
  const j = this.thread.x;
  const i = this.thread.y;
  const b = this.thread.z;
  const weight = Math.max(weights[b]![i]![j]!, 0);
  const held = ratioOf(entryProportion(bonds[b]![i]![j]!));
  const fresh = networks[b]![this.constants.newShare]!;
  const carried = networks[b]![this.constants.oldShare]!;
  return Math.max(floorRaw(fresh * weight) + floorRaw(carried * held), 0);
}

/** Column sums over the validators; x = neuron, y = network. */
export function columnTotals(this: Thread, values: Cube): number {
  let total = 0;
  for (let i = 0; i < this.constants.validatorCount; i++) {
    total += values[this.thread.y]![i]![this.thread.x]!;
  }
  return total;
}

/** Column maxima over the validators; x = neuron, y = network. */
export function columnPeaks(this: Thread, values: Cube): number {
  let peak = 0;
  for (let i = 0; i < this.constants.validatorCount; i++) {
    peak = Math.max(peak, values[this.thread.y]![i]![this.thread.x]!);
  }
  return peak;
}

/** Incentive over the holders of a neuron's bonds; x = validator, y = network. spec/epoch.md 7.3 step 5. */
export function bondIncome(this: Thread, averages: Cube, totals: Table, incentive: Table): number {
  const i = this.thread.x;
  const b = this.thread.y;
  let income = 0;
  let block = 0;
  let filled = 0;
  for (let j = 0; j < this.constants.neuronCount; j++) {
    block += floorRaw(floorRaw(shareOf(averages[b]![i]![j]!, totals[b]![j]!)) * incentive[b]![j]!);
    filled += 1;
    if (filled > 63.5) {
      income += block;
      block = 0;
      filled = 0;
    }
  }
  return income + block;
}

/** Yuma3 pays by stake as well; x = validator, y = network. spec/epoch.md 7.4 step 5. */
export function stakedIncome(this: Thread, income: Table, validators: Cube): number {
  const i = this.thread.x;
  const b = this.thread.y;
  const stake = validators[b]![i]![this.constants.activeStake]!;
  return floorRaw(income[b]![i]! * stake);
}

/** Entries to store, scaled so that a column's largest is 1; x = neuron, y = validator, z = network. spec/epoch.md 7.3 step 6. */
export function upscaledEntries(this: Thread, averages: Cube, peaks: Table, validators: Cube): number {
  const i = this.thread.y;
  const b = this.thread.z;
  const average = averages[b]![i]![this.thread.x]!;
  let entry = 0;
  if (average > 0 && validators[b]![i]![this.constants.stores]! > 0.5) {
    entry = proportion(shareOf(average, peaks[b]![this.thread.x]!)) + 1;
  }
  return entry;
}

/** Entries to store as they are; x = neuron, y = validator, z = network. spec/epoch.md 9. */
export function plainEntries(this: Thread, averages: Cube, validators: Cube): number {
  const i = this.thread.y;
  const b = this.thread.z;
  const average = averages[b]![i]![this.thread.x]!;
  let entry = 0;
  if (average > 0 && validators[b]![i]![this.constants.stores]! > 0.5) entry = proportion(average) + 1;
  return entry;
}
