import type { MetricDefinition } from "./definition.ts";
import { type Pool, sellAlpha, spotPrice } from "./pool.ts";

/**
 * M65, sell pressure: the worth of the alpha that is sold in a day over the TAO of the pool. By role of the sellers the
 * parts add up.
 *
 * @param soldPerDay alpha, in the unit of the reserves.
 * @returns a ratio per day, or `null` for a pool without TAO or price.
 */
export function sellPressure(soldPerDay: number, pool: Pool): number | null {
  const price = spotPrice(pool);
  return price !== null && pool.tao > 0 ? (soldPerDay * price) / pool.tao : null;
}

/** M65, imbalance of buys and sells: `(bought - sold) / (bought + sold)` in TAO, in [-1, 1]; `null` without trades. */
export function tradeImbalance(bought: bigint, sold: bigint): number | null {
  return bought + sold > 0n ? Number(bought - sold) / Number(bought + sold) : null;
}

/** M66, exit ratio: exit value over worth at the price, `A / (A + B)` in a balanced pool without fee. */
export function exitRatio(pool: Pool, alpha: number): number | null {
  const price = spotPrice(pool);
  return price !== null && price > 0 && alpha > 0 ? sellAlpha(pool, alpha) / (alpha * price) : null;
}

/** M66, a point of the run curve. */
export interface RunPoint {
  /** Part of the alpha that has left before. */
  readonly quantile: number;
  /** TAO per alpha that the next leaver gets. */
  readonly price: number;
}

/**
 * M66, run curve: the price that the q-th part of the leavers gets when all of `alpha` leaves one after the other, after
 * the fee.
 *
 * @param points number of points, at least 2: q = 0, ... , 1 evenly.
 */
export function runCurve(pool: Pool, alpha: number, points: number): RunPoint[] {
  const net = 1 - pool.fee;
  return Array.from({ length: points }, (_, i) => {
    const quantile = i / (points - 1);
    const left = quantile * alpha;
    const tao = pool.tao - sellAlpha(pool, left);
    return { quantile, price: net * (spotPrice({ ...pool, tao, alpha: pool.alpha + left * net }) ?? 0) };
  });
}

export const SELL_PRESSURE: MetricDefinition = {
  id: "M65",
  name: "Sell pressure",
  section: "Market microstructure",
  text: "The alpha sold in a day, at the price, over the TAO of the pool, in all and by role of the seller; and how far buys and sells are out of balance.",
  formula: "alpha sold per day x price / pool TAO; (bought - sold) / (bought + sold) in TAO",
  units: ["ratio", "ratio"],
  edges: "No TAO in the pool, no trades: undefined.",
  reference: "own definition",
  inputs:
    "`pools.tao`, `pools.price`; what is sold is no column: from `stakes.alpha` by population, or on balance from `pools.user_flow`",
  functions: { "sell-pressure.ts": ["sellPressure", "tradeImbalance"] },
};

export const EXIT_VALUE: MetricDefinition = {
  id: "M66",
  name: "Exit value",
  section: "Market microstructure",
  text: "What the pool would pay for all of some alpha at once, that over its worth at the price, and the price that each next leaver gets in a run.",
  formula: "T B / (A + B); A / (A + B); price after the part q of B has been sold (all balanced, fee-free)",
  units: ["TAO", "ratio", "TAO per alpha"],
  edges: "Nothing to sell: exit value 0, no ratio. The fee is on what is sold.",
  reference: "derived from the pool's curve",
  inputs: "as M61; B from `stakes.alpha`",
  functions: { "pool.ts": ["exitValue"], "sell-pressure.ts": ["exitRatio", "runCurve"] },
};
