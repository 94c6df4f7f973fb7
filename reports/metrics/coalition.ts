import type { Amounts } from "./amounts.ts";
import type { MetricDefinition } from "./definition.ts";
import { type Fraction, nakamotoCoefficient } from "./nakamoto.ts";
import { median } from "./quantile.ts";

const FIFTY_ONE_PERCENT: Fraction = { numerator: 51n, denominator: 100n };

/**
 * M4, 51 % coalition size: the smallest part of all wallets that holds more than 51 % of the stake.
 *
 * @param amounts stake of every wallet of a subnet, zero holders included if they are of the population.
 * @returns a number in (0, 1], or `null` when nobody holds anything.
 */
export function coalitionFraction(amounts: Amounts): number | null {
  const wallets = nakamotoCoefficient(amounts, FIFTY_ONE_PERCENT);
  return wallets === null ? null : wallets / amounts.length;
}

/** M4, the median of the coalition sizes of several subnets; those without any stake are left out. */
export function medianCoalitionFraction(subnets: readonly Amounts[]): number | null {
  return median(subnets.map(coalitionFraction).filter((fraction) => fraction !== null));
}

export const COALITION: MetricDefinition = {
  id: "M4",
  name: "51% coalition size",
  section: "Concentration and decentralisation",
  text: "The smallest part of all wallets of a subnet that together holds more than 51% of its stake; over several subnets the median. The same after a cap (M12) says what the cap would do.",
  formula: "N_0.51 / n; the median over subnets",
  units: ["ratio"],
  edges: "X = 0: undefined, and the subnet is left out of the median.",
  reference: "Lui and Sun, arXiv 2507.02951",
  inputs: "`stakes.alpha` by `stakes.agent` and `stakes.netuid`",
  functions: { "coalition.ts": ["coalitionFraction", "medianCoalitionFraction"] },
};
