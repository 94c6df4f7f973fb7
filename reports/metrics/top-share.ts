import { type Amounts, ascending, ratioOf, sumAmounts } from "./amounts.ts";

/**
 * M8, top share: what the `count` largest hold together, as a share of everything. A count above n takes all.
 * Reference: arXiv 2507.02951 (top 1 % of stake and reward).
 *
 * @returns a number in [0, 1], or `null` when nobody holds anything.
 */
export function topShare(amounts: Amounts, count: number): number | null {
  const sum = sumAmounts(amounts);
  if (sum === 0n) return null;
  const sorted = ascending(amounts);
  let held = 0n;
  for (let i = Math.max(0, sorted.length - count); i < sorted.length; i++) held += sorted[i]!;
  return ratioOf(held, sum);
}
