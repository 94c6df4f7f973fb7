import { type Amounts, ascending, ratioOf, sumAmounts } from "./amounts.ts";

/**
 * M1, Gini index: `sum_i (2i - n - 1) x_(i) / (n X)` with x ascending, i from 1 and X the sum.
 *
 * 0 when all are equal, (n - 1) / n when one holds everything; one entity gives 0. Zero holders count, so the
 * caller says which population is meant. Computed in integers, rounded once at the end.
 *
 * Reference: Gini 1912; used on Bittensor stake by Lui and Sun (arXiv 2507.02951).
 *
 * @returns a number in [0, 1), or `null` ("undefined") when nobody holds anything.
 */
export function gini(amounts: Amounts): number | null {
  const sum = sumAmounts(amounts);
  if (sum === 0n) return null;
  const sorted = ascending(amounts);
  const n = BigInt(sorted.length);
  let weighted = 0n;
  for (let i = 0; i < sorted.length; i++) weighted += (2n * BigInt(i + 1) - n - 1n) * sorted[i]!;
  return ratioOf(weighted, n * sum);
}
