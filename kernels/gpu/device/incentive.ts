import type { Cube, Table, Thread, Vector } from "./thread.ts";

declare function floorRaw(ratio: number): number;
declare function shareOf(part: number, whole: number): number;

/** Sum of a validator's clipped weights; x = validator, y = network. spec/epoch.md 6.2. */
export function validatorTrust(this: Thread, weights: Cube, consensus: Table): number {
  const i = this.thread.x;
  const b = this.thread.y;
  let trust = 0;
  for (let j = 0; j < this.constants.neuronCount; j++) {
    trust += Math.max(Math.min(weights[b]![i]![j]!, consensus[b]![j]!), 0);
  }
  return trust;
}

/** Stake-weighted sum of the clipped weights on a neuron; x = neuron, y = network. spec/epoch.md 6.2. */
export function ranks(this: Thread, weights: Cube, consensus: Table, validators: Cube): number {
  const j = this.thread.x;
  const b = this.thread.y;
  const cap = consensus[b]![j]!;
  let rank = 0;
  for (let i = 0; i < this.constants.validatorCount; i++) {
    const clipped = Math.max(Math.min(weights[b]![i]![j]!, cap), 0);
    const stake = validators[b]![i]![this.constants.activeStake]!;
    rank += floorRaw(stake * clipped);
  }
  return rank;
}

/** Sum over the neurons of a network, in blocks so that f32 loses little; x = network. */
export function neuronTotals(this: Thread, values: Table): number {
  const b = this.thread.x;
  let total = 0;
  let block = 0;
  let filled = 0;
  for (let j = 0; j < this.constants.neuronCount; j++) {
    block += values[b]![j]!;
    filled += 1;
    if (filled > 63.5) {
      total += block;
      block = 0;
      filled = 0;
    }
  }
  return total + block;
}

/** The same over the validators of a network; x = network. */
export function validatorTotals(this: Thread, values: Table): number {
  const b = this.thread.x;
  let total = 0;
  let block = 0;
  let filled = 0;
  for (let i = 0; i < this.constants.validatorCount; i++) {
    block += values[b]![i]!;
    filled += 1;
    if (filled > 63.5) {
      total += block;
      block = 0;
      filled = 0;
    }
  }
  return total + block;
}

/** Values divided by the total of their network; x = neuron or validator, y = network. */
export function normalised(this: Thread, values: Table, totals: Vector): number {
  const b = this.thread.y;
  return shareOf(values[b]![this.thread.x]!, totals[b]!);
}
