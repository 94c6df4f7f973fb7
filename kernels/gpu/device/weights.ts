import type { Cube, Table, Thread } from "./thread.ts";

declare function maskedEntry(
  entry: number,
  column: number,
  ownColumn: number,
  counts: number,
  mayWeighItself: number,
  newest: number,
  registration: number,
): number;
declare function floorRaw(ratio: number): number;
declare function shareOf(part: number, whole: number): number;

/**
 * Sum of a validator's weights after the masks, x = validator, y = network. Exact before the last addition: the u16
 * values are summed in two parts of 8 bits. spec/epoch.md 5.
 */
export function weightTotals(this: Thread, weights: Cube, validators: Cube, registrations: Table): number {
  const i = this.thread.x;
  const b = this.thread.y;
  const ownColumn = validators[b]![i]![this.constants.uid]!;
  const counts = validators[b]![i]![this.constants.permit]!;
  const mayWeighItself = validators[b]![i]![this.constants.owner]!;
  const newest = validators[b]![i]![this.constants.limit]!;
  let high = 0;
  let low = 0;
  for (let j = 0; j < this.constants.neuronCount; j++) {
    const weight = maskedEntry(
      weights[b]![i]![j]!,
      j,
      ownColumn,
      counts,
      mayWeighItself,
      newest,
      registrations[b]![j]!,
    );
    if (weight > 0) {
      const part = Math.floor(weight * 0.00390625);
      high += part;
      low += weight - part * 256;
    }
  }
  return high * 256 + low;
}

/**
 * The row-normalised weight, or -1 without an entry; x = neuron, y = validator, z = network. spec/epoch.md 5.
 */
export function normalisedWeights(
  this: Thread,
  weights: Cube,
  validators: Cube,
  registrations: Table,
  totals: Table,
): number {
  const j = this.thread.x;
  const i = this.thread.y;
  const b = this.thread.z;
  const ownColumn = validators[b]![i]![this.constants.uid]!;
  const counts = validators[b]![i]![this.constants.permit]!;
  const mayWeighItself = validators[b]![i]![this.constants.owner]!;
  const newest = validators[b]![i]![this.constants.limit]!;
  const weight = maskedEntry(
    weights[b]![i]![j]!,
    j,
    ownColumn,
    counts,
    mayWeighItself,
    newest,
    registrations[b]![j]!,
  );
  let value = weight;
  if (weight > 0) value = floorRaw(shareOf(weight, totals[b]![i]!));
  return value;
}
