import type { MetricDefinition } from "./definition.ts";
import { afterBuy, buyAlpha, type Pool, sellAlpha } from "./pool.ts";
import { largestOrder } from "./slippage.ts";
import { DAYS_PER_YEAR } from "./time.ts";

/** M68, TAO to raise the price to `factor` times: `T (sqrt(k) - 1) / (1 - f)` in a balanced pool. @param factor from 1 */
export function pumpCost(pool: Pool, factor: number): number {
  return largestOrder(pool, "buy", factor - 1);
}

/** M68, carry: what the locked TAO would have earned, `locked x APR x days / 365`. */
export function carryCost(locked: number, apr: number, days: number): number {
  return (locked * apr * days) / DAYS_PER_YEAR;
}

/** M68, loss after unwinding: TAO paid for the pump less what the sale of all its alpha brings, in a pool that nobody else touched. */
export function unwindingLoss(pool: Pool, factor: number): number {
  const paid = pumpCost(pool, factor);
  return paid - sellAlpha(afterBuy(pool, paid), buyAlpha(pool, paid));
}

export const PUMP: MetricDefinition = {
  id: "M68",
  name: "Pump cost",
  section: "Market microstructure",
  text: "The TAO that raises the price by a factor, what that TAO would have earned meanwhile, and what is lost when it is sold again.",
  formula: "T (sqrt(k) - 1) / (1 - f); locked x APR x time; paid - proceeds of the sale",
  units: ["TAO", "TAO", "TAO"],
  edges: "A factor of 1 costs nothing. Without fee and other trades unwinding loses nothing.",
  reference: "derived from the pool's curve",
  inputs: "as M61",
  functions: { "pump.ts": ["pumpCost", "carryCost", "unwindingLoss"] },
};
