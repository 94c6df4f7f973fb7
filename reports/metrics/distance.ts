import { type Amounts, ratioOf, sumAmounts } from "./amounts.ts";

/**
 * Redistributed share: half the sum of absolute differences of the shares of two distributions over the same
 * entities (total variation distance): the part of the whole that changes hands from one to the other.
 *
 * @returns a number in [0, 1], or `null` when one of the two is all 0.
 */
export function redistributedShare(before: Amounts, after: Amounts): number | null {
  const sumBefore = sumAmounts(before);
  const sumAfter = sumAmounts(after);
  if (sumBefore === 0n || sumAfter === 0n) return null;
  let difference = 0n;
  for (let i = 0; i < before.length; i++) {
    const d = after[i]! * sumBefore - before[i]! * sumAfter;
    difference += d < 0n ? -d : d;
  }
  return ratioOf(difference, 2n * sumBefore * sumAfter);
}
