import { pearson } from "./correlation.ts";
import type { MetricDefinition } from "./definition.ts";

/** Logarithms of the ratios of neighbouring prices. Pairs with a price that is not above 0 are left out. */
export function logReturns(prices: ArrayLike<number>): number[] {
  const returns: number[] = [];
  for (let t = 1; t < prices.length; t++)
    if (prices[t]! > 0 && prices[t - 1]! > 0) returns.push(Math.log(prices[t]! / prices[t - 1]!));
  return returns;
}

/**
 * M69, realised volatility: the deviation (n - 1) of logarithmic returns, times the square root of the samples of a year.
 *
 * @returns ratio per square root of a year, or `null` for fewer than two returns.
 */
export function realisedVolatility(prices: ArrayLike<number>, samplesPerYear: number): number | null {
  const returns = logReturns(prices);
  if (returns.length < 2) return null;
  const mean = returns.reduce((sum, r) => sum + r, 0) / returns.length;
  const squares = returns.reduce((sum, r) => sum + (r - mean) * (r - mean), 0);
  return Math.sqrt((squares / (returns.length - 1)) * samplesPerYear);
}

/** M69, the worst fall from a peak, and the time below peaks. */
export interface Drawdown {
  /** Largest 1 - price / highest price before, in [0, 1]. */
  readonly deepest: number;
  /** Most samples in a row below the highest price before. */
  readonly longestUnderWater: number;
  /** Samples below the highest price before, of all. */
  readonly underWater: number;
}

/** M69, drawdown and time under water of a price path; `null` without samples or without a price above 0. */
export function drawdown(prices: ArrayLike<number>): Drawdown | null {
  let peak = 0;
  let [deepest, longestUnderWater, underWater, stretch] = [0, 0, 0, 0];
  for (let t = 0; t < prices.length; t++) {
    const price = prices[t]!;
    stretch = price < peak ? stretch + 1 : 0;
    peak = Math.max(peak, price);
    if (stretch > 0) underWater++;
    longestUnderWater = Math.max(longestUnderWater, stretch);
    if (peak > 0) deepest = Math.max(deepest, 1 - price / peak);
  }
  return peak > 0 ? { deepest, longestUnderWater, underWater } : null;
}

/**
 * M69, correlation matrix of several price paths with the same samples, of their logarithmic returns.
 *
 * @returns `matrix[i][j]`, `null` where it is undefined; 1 on the diagonal where a path varies.
 * @throws RangeError when paths have different numbers of returns
 */
export function returnCorrelations(paths: readonly ArrayLike<number>[]): (number | null)[][] {
  const returns = paths.map(logReturns);
  return returns.map((a) => returns.map((b) => pearson(a, b)));
}

export const VOLATILITY: MetricDefinition = {
  id: "M69",
  name: "Volatility, drawdown and correlation of prices",
  section: "Market microstructure",
  text: "The deviation of the logarithmic returns of a price, scaled to a year; the deepest fall from an earlier peak and the time below earlier peaks; and how the returns of subnets move together.",
  formula:
    "deviation of ln(p_t / p_{t-1}) x sqrt(samples per year); max 1 - p_t / max_{s<=t} p_s; samples below the peak; Pearson of returns",
  units: ["ratio", "ratio", "count", "ratio"],
  edges:
    "Fewer than two returns, or no price above 0: undefined. A path that does not vary has no correlation.",
  reference: "practice of market statistics",
  inputs: "`pools.price` by `pools.netuid`",
  functions: { "volatility.ts": ["realisedVolatility", "drawdown", "returnCorrelations"] },
};
