import { type Amounts, ascending, ratioOf, sumAmounts } from "./amounts.ts";
import type { MetricDefinition } from "./definition.ts";

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

/**
 * M1, corrected for small populations: Gini x n / (n - 1), which is 1 when one holds everything. Only where a report says so.
 *
 * @returns a number in [0, 1], or `null` when nobody holds anything; 0 for one entity.
 */
export function correctedGini(amounts: Amounts): number | null {
  const plain = gini(amounts);
  if (plain === null || amounts.length < 2) return plain;
  return Math.min(1, (plain * amounts.length) / (amounts.length - 1));
}

export const GINI: MetricDefinition = {
  id: "M1",
  name: "Gini index",
  section: "Concentration and decentralisation",
  text: "The mean absolute difference between two holders, divided by twice the mean. 0 when all hold the same; (n − 1) / n when one of n holds everything. Undefined when nobody holds anything.",
  formula: "G = sum_i (2i - n - 1) x_(i) / (n X), x ascending, X the sum; corrected: G n / (n - 1)",
  units: ["ratio"],
  edges:
    "X = 0: undefined. n = 1: 0. Zero holders count: say which population. Sums are integers, rounded once at the end.",
  reference: "Gini 1912; Lui and Sun, arXiv 2507.02951",
  inputs:
    "`neurons.alpha_stake`, `neurons.dividends_raw`, `stakes.alpha`, `accounts.stake_value` or other amounts",
  functions: { "gini.ts": ["gini", "correctedGini"] },
};
