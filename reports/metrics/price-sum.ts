import type { MetricDefinition } from "./definition.ts";

/** M58, sum of the prices of all subnets, spot or EMA, TAO per alpha; 0 without subnets. */
export function priceSum(prices: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0; j < prices.length; j++) sum += prices[j]!;
  return sum;
}

/** M58, the sum of prices went above 1 or came back. */
export interface Crossing {
  /** Index of the first sample on the other side. */
  readonly index: number;
  readonly direction: "up" | "down";
}

/** M58, crossings of 1, which switch root dividends: above 1 they are paid, at 1 or below they are recycled. */
export function crossingsOfOne(sums: ArrayLike<number>): Crossing[] {
  const crossings: Crossing[] = [];
  for (let index = 1; index < sums.length; index++) {
    const above = sums[index]! > 1;
    if (above !== sums[index - 1]! > 1) crossings.push({ index, direction: above ? "up" : "down" });
  }
  return crossings;
}

/**
 * M58, equilibrium of the sum of prices, where the chain buys what is sold: `E / (sigma + rp)`.
 *
 * @param emission E, TAO per block.
 * @param sold sigma, alpha sold per block and subnet of the 1 that is emitted.
 * @param rootProportion rp, mean root proportion.
 * @returns TAO per alpha, or `null` when nothing is sold and root has no part.
 */
export function equilibriumPriceSum(emission: number, sold: number, rootProportion: number): number | null {
  return sold + rootProportion > 0 ? emission / (sold + rootProportion) : null;
}

export const PRICE_SUM: MetricDefinition = {
  id: "M58",
  name: "Sum of prices",
  section: "Emission, supply and distribution",
  text: "The prices of all subnets added up, spot or EMA. Root dividends are paid while the sum of the moving prices is above 1 and recycled otherwise, so the report marks where it crosses 1. The equilibrium is the sum at which chain buys take up what is sold.",
  formula: "sum_j p_j; first samples on the other side of 1; E / (sigma + rp)",
  units: ["TAO per alpha", "as the input", "TAO per alpha"],
  edges: "Exactly 1 is not above 1. Nothing sold and no root proportion: no equilibrium.",
  reference: "the chain's root sell flag; the equilibrium is derived: chain buys = sells",
  inputs: "`pools.price`, `pools.moving_price`",
  functions: { "price-sum.ts": ["priceSum", "crossingsOfOne", "equilibriumPriceSum"] },
};
