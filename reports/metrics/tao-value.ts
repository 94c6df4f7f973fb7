import { exitValue, type Pool, spotPrice } from "./pool.ts";

/** How alpha is valued in TAO; every TAO value of alpha says which. */
export type Valuation = "spot" | "exit" | "EMA";

/**
 * TAO value of alpha: at the pool's price (spot), at what the pool would pay for that sale now, after fee and slippage
 * (exit), or at the moving price (EMA).
 *
 * @param amount alpha, in the unit of the reserves.
 * @param movingPrice TAO per alpha.
 * @returns TAO in the unit of the reserves.
 */
export function taoValue(amount: number, pool: Pool, movingPrice: number, valuation: Valuation): number {
  if (valuation === "exit") return exitValue(pool, amount);
  return amount * (valuation === "spot" ? (spotPrice(pool) ?? 0) : movingPrice);
}
