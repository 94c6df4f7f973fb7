import type { MetricDefinition } from "./definition.ts";
import { afterBuy, buyAlpha, type Pool, sellAlpha, spotPrice } from "./pool.ts";

/** M67, a purchase before the victim's and a sale after it, in the unit of the reserves. */
export interface Sandwich {
  /** TAO back less TAO in, on the curve. */
  readonly profit: number;
  /** Alpha that the victim gets alone. */
  readonly alone: number;
  /** Alpha that it gets in the sandwich. */
  readonly sandwiched: number;
  /** Alpha that it loses. */
  readonly loss: number;
  /** The same in TAO at the price before all trades. */
  readonly lossInTao: number;
}

/** M67, a sandwich around a purchase of `victim` TAO, with `front` TAO before it and the alpha of that sold after it. */
export function sandwich(pool: Pool, front: number, victim: number): Sandwich {
  const bought = buyAlpha(pool, front);
  const between = afterBuy(pool, front);
  const alone = buyAlpha(pool, victim);
  const sandwiched = buyAlpha(between, victim);
  const profit = sellAlpha(afterBuy(between, victim), bought) - front;
  const loss = alone - sandwiched;
  return { profit, alone, sandwiched, loss, lossInTao: loss * (spotPrice(pool) ?? 0) };
}

/**
 * M67, the largest front-run that leaves the victim at least `least` alpha, by bisection.
 *
 * @returns TAO; 0 when the victim does not get that much even alone.
 */
export function largestFrontRun(pool: Pool, victim: number, least: number): number {
  const isAbove = (front: number): boolean => buyAlpha(afterBuy(pool, front), victim) >= least;
  if (!isAbove(0)) return 0;
  if (!(least > 0)) return Infinity;
  let high = pool.tao;
  while (isAbove(high)) high *= 2;
  let low = 0;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return low;
    if (isAbove(middle)) low = middle;
    else high = middle;
  }
}

/** M67, break-even victim: below `T f / (1 - f)^2` TAO no sandwich pays in a balanced pool, because the fees eat it. */
export function breakEvenVictim({ tao, fee }: Pool): number {
  return (tao * fee) / ((1 - fee) * (1 - fee));
}

export const SANDWICH: MetricDefinition = {
  id: "M67",
  name: "Sandwich profit",
  section: "Market microstructure",
  text: "What a purchase before somebody else's and a sale after it bring, on the curve and never at the spot price; what the victim gets less than alone, in alpha and in TAO at the price before; the largest front-run that the victim's limit allows; and the size below which the fees make it a loss.",
  formula:
    "TAO back - TAO in; output alone - output sandwiched; max front-run with output >= limit; T f / (1 - f)^2",
  units: ["TAO", "alpha", "TAO", "TAO"],
  edges: "The victim does not reach its limit alone: front-run 0. Break-even is for a balanced pool.",
  reference: "Heimbach and Wattenhofer 2022",
  inputs: "as M61; the trades of the scenario",
  functions: { "sandwich.ts": ["sandwich", "largestFrontRun", "breakEvenVictim"] },
};
