import { type Amounts, ascending, ratioOf, sumAmounts } from "./amounts.ts";
import type { MetricDefinition } from "./definition.ts";

/** A threshold as an exact fraction of the sum. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** More than half: the usual threshold of a majority. */
export const HALF: Fraction = { numerator: 1n, denominator: 2n };

/**
 * M3, Nakamoto coefficient: the smallest number of entities that together hold **more than** `threshold` of
 * everything. Compared in integers, so exactly half is not more than half.
 *
 * Reference: Srinivasan and Lee, "Quantifying Decentralization" (2017).
 *
 * @returns a count from 1, or `null` when nobody holds anything or the threshold is 1 or more.
 */
export function nakamotoCoefficient(amounts: Amounts, threshold: Fraction = HALF): number | null {
  const sum = sumAmounts(amounts);
  if (sum === 0n) return null;
  const sorted = ascending(amounts);
  let held = 0n;
  for (let count = 1; count <= sorted.length; count++) {
    held += sorted[sorted.length - count]!;
    if (held * threshold.denominator > sum * threshold.numerator) return count;
  }
  return null;
}

/**
 * M9, rank at a share: the smallest number of entities that together hold **at least** `share` of everything.
 *
 * Reference: RaoFoundation/subtensor website release notes v440.
 *
 * @returns a count from 0, or `null` when nobody holds anything or the share is above 1.
 */
export function rankAtShare(amounts: Amounts, share: Fraction): number | null {
  const sum = sumAmounts(amounts);
  if (sum === 0n) return null;
  if (share.numerator <= 0n) return 0;
  const sorted = ascending(amounts);
  let held = 0n;
  for (let count = 1; count <= sorted.length; count++) {
    held += sorted[sorted.length - count]!;
    if (held * share.denominator >= sum * share.numerator) return count;
  }
  return null;
}

/** A part of the system that can be captured on its own: stake on root, stake of a subnet, subnet owners, emission. */
export interface Subsystem {
  readonly name: string;
  readonly amounts: Amounts;
}

/**
 * M3, minimum over subsystems: the one that the fewest entities control; the first of several with the same number.
 *
 * @returns its name, the number and the number as a part of its entities; `null` when it is undefined in all of them.
 */
export function weakestSubsystem(
  subsystems: readonly Subsystem[],
  threshold: Fraction = HALF,
): { readonly name: string; readonly count: number; readonly fraction: number } | null {
  let weakest: { name: string; count: number; fraction: number } | null = null;
  for (const { name, amounts } of subsystems) {
    const count = nakamotoCoefficient(amounts, threshold);
    if (count === null || (weakest !== null && count >= weakest.count)) continue;
    weakest = { name, count, fraction: count / amounts.length };
  }
  return weakest;
}

/**
 * M9, share below the bar: what the entities whose share is **less than** `bar` hold together ("emission below the
 * bar"). Compared in integers.
 *
 * @returns a number in [0, 1], or `null` when nobody holds anything.
 */
export function shareBelowBar(amounts: Amounts, bar: Fraction): number | null {
  const sum = sumAmounts(amounts);
  if (sum === 0n) return null;
  let below = 0n;
  for (let i = 0; i < amounts.length; i++)
    if (amounts[i]! * bar.denominator < sum * bar.numerator) below += amounts[i]!;
  return ratioOf(below, sum);
}

export const NAKAMOTO: MetricDefinition = {
  id: "M3",
  name: "Nakamoto coefficient",
  section: "Concentration and decentralisation",
  text: "The smallest number of holders that together hold more than a threshold of everything, one half where nothing else is said. Exactly half is not more than half.",
  formula:
    "N = min k such that the k largest shares sum to more than theta; N / n; the smallest N of several subsystems",
  units: ["count", "ratio", "count"],
  edges:
    "X = 0 or theta >= 1: undefined. Compared in integers. theta = kappa for who controls the median, 1/3 for who can block.",
  reference: 'Srinivasan and Lee, "Quantifying Decentralization" (2017)',
  inputs: "as M1; for several subsystems the amounts of each",
  functions: { "nakamoto.ts": ["nakamotoCoefficient", "weakestSubsystem"] },
};

export const RANK_AT_SHARE: MetricDefinition = {
  id: "M9",
  name: "Rank at a share",
  section: "Concentration and decentralisation",
  text: "The smallest number of holders that together hold at least a given share of everything, 80% where nothing else is said. Beside it, the share of everything that holders below a bar receive.",
  formula: "min r such that the r largest shares sum to at least 0.8; sum of the shares p_i < bar",
  units: ["count", "ratio"],
  edges: "X = 0 or a share above 1: undefined. Exactly at the bar is not below it.",
  reference: "RaoFoundation/subtensor website release notes v440",
  inputs: "as M1",
  functions: { "nakamoto.ts": ["rankAtShare", "shareBelowBar"] },
};
