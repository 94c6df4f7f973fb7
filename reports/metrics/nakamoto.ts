import { type Amounts, ascending, sumAmounts } from "./amounts.ts";

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
