import type { MetricDefinition } from "./definition.ts";

/**
 * A pool as reports reckon with it: doubles, in rao or in whole tokens as long as both reserves are in the same. What the
 * chain itself would pay, to the rao, is a matter of the simulation; these are for curves and estimates.
 */
export interface Pool {
  /** T, TAO reserve. */
  readonly tao: number;
  /** A, alpha reserve. */
  readonly alpha: number;
  /** w, weight of TAO in (0, 1); that of alpha is 1 - w. A balanced pool has 1/2. */
  readonly taoWeight: number;
  /** f, fee on what is paid in, a ratio; 33 / 65535 on the chain. */
  readonly fee: number;
}

/** A balanced pool without fee. */
export function balancedPool(tao: number, alpha: number): Pool {
  return { tao, alpha, taoWeight: 0.5, fee: 0 };
}

/** M60, price: `((1 - w) / w) T / A`, TAO per alpha; `null` for a pool without alpha. */
export function spotPrice({ tao, alpha, taoWeight }: Pool): number | null {
  return alpha > 0 ? ((1 - taoWeight) / taoWeight) * (tao / alpha) : null;
}

/** What an amount of a reserve pays out: 1 - (reserve / (reserve + amount))^exponent, without losing small amounts. */
function paidPart(reserve: number, amount: number, exponent: number): number {
  // A sum of 0 with a reserve of 0 pays nothing.
  if (amount <= 0) return 0;
  if (exponent === 1) return amount / (reserve + amount);
  return -Math.expm1(-exponent * Math.log1p(amount / reserve));
}

/** Alpha that the pool pays for TAO, after the fee. */
export function buyAlpha({ tao, alpha, taoWeight, fee }: Pool, paid: number): number {
  return alpha * paidPart(tao, paid * (1 - fee), taoWeight / (1 - taoWeight));
}

/** TAO that the pool pays for alpha, after the fee. */
export function sellAlpha({ tao, alpha, taoWeight, fee }: Pool, sold: number): number {
  return tao * paidPart(alpha, sold * (1 - fee), (1 - taoWeight) / taoWeight);
}

/** TAO to pay, fee included, for this much alpha: `T y / (A - y) / (1 - f)` in a balanced pool; Infinity from y = A on. */
export function taoToBuy({ tao, alpha, taoWeight, fee }: Pool, wanted: number): number {
  if (wanted <= 0) return 0;
  if (wanted >= alpha) return Infinity;
  const exponent = (1 - taoWeight) / taoWeight;
  const part = wanted / (alpha - wanted);
  const net = exponent === 1 ? tao * part : tao * Math.expm1(exponent * Math.log1p(part));
  return net / (1 - fee);
}

/** The pool after somebody bought alpha with so much TAO. The fee leaves the pool. */
export function afterBuy(pool: Pool, paid: number): Pool {
  return { ...pool, tao: pool.tao + paid * (1 - pool.fee), alpha: pool.alpha - buyAlpha(pool, paid) };
}

/** The pool after somebody sold so much alpha. */
export function afterSell(pool: Pool, sold: number): Pool {
  return { ...pool, tao: pool.tao - sellAlpha(pool, sold), alpha: pool.alpha + sold * (1 - pool.fee) };
}

/**
 * M66, exit value: what the pool pays for all of this alpha at once, `T B / (A + B)` in a balanced pool without fee.
 *
 * @returns TAO in the unit of the reserves.
 */
export function exitValue(pool: Pool, alpha: number): number {
  return sellAlpha(pool, alpha);
}

export const PRICE: MetricDefinition = {
  id: "M60",
  name: "Price",
  section: "Market microstructure",
  text: "The price of a subnet's alpha in its pool: TAO over alpha, and times the ratio of the weights where the pool is not balanced.",
  formula: "p = ((1 - w) / w) T / A",
  units: ["TAO per alpha"],
  edges: "A pool without alpha has no price.",
  reference: "the chain's pool",
  inputs: "`pools.price`, or `pools.tao` and `pools.alpha_in` with the weight",
  functions: { "pool.ts": ["spotPrice"] },
};
