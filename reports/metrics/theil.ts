import { type Amounts, sharesOf } from "./amounts.ts";

/**
 * M6, Theil index: `sum_i p_i ln(n p_i)` over the shares p; an empty share adds 0. 0 when all are equal, ln n when
 * one holds everything. Reference: Theil 1967.
 *
 * @returns nats in [0, ln n], or `null` when nobody holds anything.
 */
export function theilIndex(amounts: Amounts): number | null {
  const shares = sharesOf(amounts);
  if (shares === null) return null;
  let sum = 0;
  for (const share of shares) if (share > 0) sum += share * Math.log(shares.length * share);
  return Math.max(0, sum);
}

/**
 * M7, normalised entropy: `1 - T / ln n` with the Theil index T. 1 when all are equal, 0 when one holds everything.
 *
 * @returns a number in [0, 1], or `null` when nobody holds anything or there is only one entity (ln 1 = 0).
 */
export function normalisedEntropy(amounts: Amounts): number | null {
  const theil = theilIndex(amounts);
  if (theil === null || amounts.length < 2) return null;
  return Math.max(0, 1 - theil / Math.log(amounts.length));
}
