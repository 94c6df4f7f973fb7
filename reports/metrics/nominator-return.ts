import type { MetricDefinition } from "./definition.ts";

/** M43, what is taken from a dividend before nominators get it; all ratios in [0, 1]. */
export interface Takes {
  /** t, delegate take. */
  readonly take: number;
  /** c, childkey take, which comes first. */
  readonly childkeyTake: number;
  /** Part of the dividend that comes through childkeys. */
  readonly throughChildkeys: number;
}

/**
 * M43, nominator's return: `d (1 - t)` on the direct part and `d (1 - c)(1 - t)` on the part through childkeys.
 *
 * @param dividend d, dividends per unit of stake before any take.
 */
export function nominatorReturn(dividend: number, { take, childkeyTake, throughChildkeys }: Takes): number {
  return dividend * (1 - take) * (1 - childkeyTake * throughChildkeys);
}

/**
 * M43, return of alpha stake in TAO terms: `(1 + alpha return)(1 + price return) - 1`. The caller says whether the price
 * is spot or exit.
 */
export function returnInTao(alphaReturn: number, priceReturn: number): number {
  return (1 + alphaReturn) * (1 + priceReturn) - 1;
}

/**
 * M44, "nom/1k/24h": what 1,000 staked units earn a nominator in a day after take.
 *
 * @param daily yield of a day before take.
 * @returns units of the stake.
 */
export function nominatorPerThousand(daily: number, take: number): number {
  return 1000 * daily * (1 - take);
}

/** M45, real yield: `(1 + APY) / (1 + inflation of the unit) - 1`. */
export function realYield(apy: number, inflation: number): number {
  return (1 + apy) / (1 + inflation) - 1;
}

export const NOMINATOR_RETURN: MetricDefinition = {
  id: "M43",
  name: "Nominator's return",
  section: "Yield",
  text: "What a nominator earns per unit of stake after the delegate take, and after the childkey take before it on what comes through childkeys. In TAO terms it is compounded with the return of the price, spot or exit as the caption says.",
  formula: "d (1 - t); d (1 - c)(1 - t) through childkeys; (1 + alpha return)(1 + price return) - 1",
  units: ["ratio", "ratio", "ratio"],
  edges: "No take leaves d, a take of 1 leaves 0.",
  reference: "the chain's order of takes",
  inputs:
    "`emission.dividend_yield`, which is after the delegate take; `pools.price`; childkey takes of the scenario",
  functions: { "nominator-return.ts": ["nominatorReturn", "returnInTao"] },
};

export const NOMINATOR_PER_THOUSAND: MetricDefinition = {
  id: "M44",
  name: "Nominator's earnings per 1,000 in 24 h",
  section: "Yield",
  text: "What 1,000 staked units, TAO on root or alpha on a subnet, earn a nominator in a day after take.",
  formula: "1000 d (1 - t)",
  units: ["as the input"],
  edges: "No take leaves 1000 d.",
  reference: 'taostats, "Some of the math behind taostats"',
  inputs: "as M43",
  functions: { "nominator-return.ts": ["nominatorPerThousand"] },
};

export const REAL_YIELD: MetricDefinition = {
  id: "M45",
  name: "Real yield",
  section: "Yield",
  text: "The yearly yield after the inflation of the unit that it is paid in: of TAO for root, of the subnet's alpha (M53) for alpha.",
  formula: "(1 + APY) / (1 + inflation) - 1",
  units: ["ratio per year"],
  edges: "0 when yield and inflation are equal.",
  reference: "Fisher 1930",
  inputs: "M41 or M42, and M53",
  functions: { "nominator-return.ts": ["realYield"] },
};
