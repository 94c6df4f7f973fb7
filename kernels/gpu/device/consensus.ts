import type { Cube, Table, Thread } from "./thread.ts";

/**
 * The stake-weighted median of a column: the largest score such that the validators with at least this score hold kappa
 * of the active stake, or the smallest score when they never do. x = neuron, y = network. spec/epoch.md 6.1.
 *
 * Bisection on the value. Both ends move to scores that occur, so the answer is one of them, and it ends after about
 * log2(validators) passes. Stake is summed in two parts below 2^24, so that the comparison with kappa is exact.
 */
export function consensusScores(this: Thread, weights: Cube, validators: Cube, networks: Table): number {
  const j = this.thread.x;
  const b = this.thread.y;
  const neededHigh = networks[b]![this.constants.kappaHigh]!;
  const neededLow = networks[b]![this.constants.kappaLow]!;
  let lowest = 2;
  let highest = 0;
  for (let i = 0; i < this.constants.validatorCount; i++) {
    if (validators[b]![i]![this.constants.activeStake]! > 0) {
      const score = Math.max(weights[b]![i]![j]!, 0);
      lowest = Math.min(lowest, score);
      highest = Math.max(highest, score);
    }
  }
  lowest = Math.min(lowest, highest);
  for (let pass = 0; pass < 64; pass++) {
    if (lowest < highest) {
      let middle = lowest + (highest - lowest) * 0.5;
      if (middle <= lowest) middle = highest;
      let high = 0;
      let low = 0;
      let above = highest;
      let below = lowest;
      for (let i = 0; i < this.constants.validatorCount; i++) {
        const score = Math.max(weights[b]![i]![j]!, 0);
        if (score >= middle) {
          high += validators[b]![i]![this.constants.medianStakeHigh]!;
          low += validators[b]![i]![this.constants.medianStakeLow]!;
          if (validators[b]![i]![this.constants.activeStake]! > 0) above = Math.min(above, score);
        } else {
          if (validators[b]![i]![this.constants.activeStake]! > 0) below = Math.max(below, score);
        }
      }
      const carry = Math.floor(low * 0.000244140625);
      high = high + carry;
      low = low - carry * 4096;
      let reached = 0;
      if (high > neededHigh) reached = 1;
      if (high >= neededHigh && low >= neededLow) reached = 1;
      if (reached > 0.5) {
        lowest = above;
      } else {
        highest = below;
      }
    }
  }
  return lowest;
}

/** The highest consensus of a network, which decides whether liquid alpha acts. x = network. spec/epoch.md 7.4. */
export function consensusPeaks(this: Thread, consensus: Table): number {
  const b = this.thread.x;
  let peak = 0;
  for (let j = 0; j < this.constants.neuronCount; j++) {
    peak = Math.max(peak, consensus[b]![j]!);
  }
  return peak;
}
