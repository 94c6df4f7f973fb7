import type { MetricDefinition } from "./definition.ts";
import { DAYS_PER_YEAR } from "./time.ts";

/** (1 + rate)^periods - 1, without losing small rates. */
function compound(rate: number, periods: number): number {
  return Math.expm1(periods * Math.log1p(rate));
}

/**
 * M41, APY compounded daily: `(1 + d)^365 - 1`.
 *
 * @param daily mean yield of a day, a ratio above -1.
 * @returns ratio per year.
 */
export function apyDaily(daily: number): number {
  return compound(daily, DAYS_PER_YEAR);
}

/** M41, APY compounded hourly, as older pages have it: `(1 + d / 24)^8760 - 1`. */
export function apyHourly(daily: number): number {
  return compound(daily / 24, 24 * DAYS_PER_YEAR);
}

/**
 * M42, APY realised: the product over epochs of 1 + r_k, to the power of epochs per year / epochs, less 1. What runs of
 * the simulator give.
 *
 * @param rewards r_k, reward per unit of stake at the start of each epoch.
 * @param epochsPerYear 7,300 at a tempo of 360.
 * @returns ratio per year, or `null` without epochs or when an epoch loses everything.
 */
export function apyRealised(rewards: ArrayLike<number>, epochsPerYear: number): number | null {
  if (rewards.length === 0) return null;
  let logarithm = 0;
  for (let k = 0; k < rewards.length; k++) {
    if (!(rewards[k]! > -1)) return null;
    logarithm += Math.log1p(rewards[k]!);
  }
  return Math.expm1((logarithm * epochsPerYear) / rewards.length);
}

export const APY: MetricDefinition = {
  id: "M41",
  name: "APY (compounded daily)",
  section: "Yield",
  text: "What a unit of stake earns in a year when the mean yield of a day is put back every day; on older pages every hour. An axis names the variant.",
  formula: "(1 + d)^365 - 1; hourly (1 + d / 24)^8760 - 1",
  units: ["ratio per year", "ratio per year"],
  edges: "d = 0 gives 0. Always at least the APR.",
  reference: "taoyield documentation",
  inputs: "as M40",
  functions: { "apy.ts": ["apyDaily", "apyHourly"] },
};

export const REALISED_APY: MetricDefinition = {
  id: "M42",
  name: "APY (realised)",
  section: "Yield",
  text: "The growth over all epochs of the run with every reward put back at once, scaled to a year.",
  formula: "(prod over epochs of (1 + r_k))^(epochs per year / epochs) - 1",
  units: ["ratio per year"],
  edges:
    "No epochs, or an epoch that loses everything: undefined. Constant rewards give the same as compounding per epoch.",
  reference: "own definition",
  inputs:
    "`emission.dividend_yield`, `emission.epochs`; or `neurons.validator_emission` / `neurons.alpha_stake` epoch by epoch",
  functions: { "apy.ts": ["apyRealised"] },
};
