import type { MetricDefinition } from "./definition.ts";
import { buyAlpha, type Pool, sellAlpha, spotPrice } from "./pool.ts";

/** A direction of a trade: TAO for alpha, or alpha for TAO. */
export type Side = "buy" | "sell";

/** M61, in the unit of the reserves; a buy pays out alpha, a sell TAO. */
export interface Slippage {
  /** What the price before the trade promises. */
  readonly ideal: number;
  /** What the pool pays. */
  readonly actual: number;
  /** ideal - actual. */
  readonly lost: number;
  /** 1 - actual / ideal. Some tools divide the other way round. */
  readonly part: number;
}

/**
 * M61, slippage of an order, fee included.
 *
 * @param amount TAO of a buy, alpha of a sell, more than 0.
 * @returns `null` for a pool without a price or an order of nothing.
 */
export function slippage(pool: Pool, side: Side, amount: number): Slippage | null {
  const price = spotPrice(pool);
  if (price === null || price === 0 || !(amount > 0)) return null;
  const ideal = side === "buy" ? amount / price : amount * price;
  const actual = side === "buy" ? buyAlpha(pool, amount) : sellAlpha(pool, amount);
  return { ideal, actual, lost: ideal - actual, part: 1 - actual / ideal };
}

/** 1 + relative change, to the power of `exponent`, less 1. */
const relativePower = (change: number, exponent: number): number => Math.expm1(exponent * Math.log1p(change));

/**
 * M62, price impact: price after over price before, less 1: `(1 + d / T)^2 - 1` of a buy and `1 / (1 + a / A)^2 - 1` of a
 * sell in a balanced pool without fee.
 *
 * @param amount TAO of a buy, alpha of a sell.
 */
export function priceImpact({ tao, alpha, taoWeight, fee }: Pool, side: Side, amount: number): number {
  const net = amount * (1 - fee);
  // Along the curve T^w A^(1 - w) the price moves as T^(1 / (1 - w)), or as A^(-1 / w).
  return side === "buy"
    ? relativePower(net / tao, 1 / (1 - taoWeight))
    : relativePower(net / alpha, -1 / taoWeight);
}

/**
 * M62, largest order within a price move: the TAO of a buy that raises the price by `move`, or the alpha of a sell that
 * lowers it by `move`: `T (sqrt(1 + m) - 1)` in a balanced pool, fee added.
 *
 * @param move more than 0; of a sell less than 1.
 */
export function largestOrder({ tao, alpha, taoWeight, fee }: Pool, side: Side, move: number): number {
  const net =
    side === "buy" ? tao * relativePower(move, 1 - taoWeight) : alpha * relativePower(-move, -taoWeight);
  return net / (1 - fee);
}

/** M63, effective spread: what a purchase that is sold again at once loses, `1 - out / in`; the fees and nothing else. */
export function effectiveSpread(pool: Pool, amount: number): number | null {
  if (!(amount > 0)) return null;
  const bought = buyAlpha(pool, amount);
  const paid = amount * (1 - pool.fee);
  const back = sellAlpha({ ...pool, tao: pool.tao + paid, alpha: pool.alpha - bought }, bought);
  return 1 - back / amount;
}

/** M64, TAO that moves the price by a part, in the unit of the reserves. */
export interface Depth {
  /** TAO to pay in, fee included, for the price to rise by that part. */
  readonly up: number;
  /** TAO that sellers take out until the price has fallen by that part. */
  readonly down: number;
}

/** M64, depth at a price move of `move`, in (0, 1). */
export function depth(pool: Pool, move: number): Depth {
  return {
    up: largestOrder(pool, "buy", move),
    down: -pool.tao * relativePower(-move, 1 - pool.taoWeight),
  };
}

export const SLIPPAGE: MetricDefinition = {
  id: "M61",
  name: "Slippage",
  section: "Market microstructure",
  text: "What an order gets less than the price before it promises, in units and as a part of the promise, fee included. The part is 1 less actual over ideal; some tools divide the other way round.",
  formula:
    "ideal = d / p, lost = ideal - actual, part = 1 - actual / ideal; balanced and fee-free: d / (T + d) of a buy, a / (A + a) of a sell",
  units: ["as the input", "ratio"],
  edges: "No price, or an order of nothing: undefined. A small order loses the fee.",
  reference: "latent-to/developer-docs docs/learn/slippage.md",
  inputs: "`pools.tao`, `pools.alpha_in`; weight and fee of the pool",
  functions: { "slippage.ts": ["slippage"], "pool.ts": ["buyAlpha", "sellAlpha"] },
};

export const PRICE_IMPACT: MetricDefinition = {
  id: "M62",
  name: "Price impact",
  section: "Market microstructure",
  text: "By what part an order moves the price, and the largest order that moves it by no more than a given part.",
  formula:
    "p_after / p_before - 1 = (1 + d / T)^2 - 1 of a buy, 1 / (1 + a / A)^2 - 1 of a sell; T (sqrt(1 + m) - 1), all balanced",
  units: ["ratio", "TAO"],
  edges: "An order of nothing moves nothing. The fee does not enter the pool.",
  reference: "latent-to/developer-docs docs/learn/price-protection.md",
  inputs: "as M61",
  functions: { "slippage.ts": ["priceImpact", "largestOrder"] },
};

export const EFFECTIVE_SPREAD: MetricDefinition = {
  id: "M63",
  name: "Effective spread",
  section: "Market microstructure",
  text: "What a purchase loses that is sold again at once: in a pool that nobody else touches, the two fees and nothing else.",
  formula: "1 - out / in of a round trip",
  units: ["ratio"],
  edges: "An order of nothing: undefined. Without fee: 0.",
  reference: "own definition",
  inputs: "as M61",
  functions: { "slippage.ts": ["effectiveSpread"] },
};

export const DEPTH: MetricDefinition = {
  id: "M64",
  name: "Depth",
  section: "Market microstructure",
  text: "The TAO that has to come in for the price to rise by 2% or 10%, and the TAO that sellers take out until it has fallen by as much.",
  formula: "T ((1 + m)^(1 - w) - 1) / (1 - f); T (1 - (1 - m)^(1 - w))",
  units: ["TAO", "TAO"],
  edges: "A move of 0 needs nothing; a fall is less than 100 %.",
  reference: "practice of market statistics",
  inputs: "as M61",
  functions: { "slippage.ts": ["depth"] },
};
