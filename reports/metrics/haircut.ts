import { ratioOf } from "./amounts.ts";
import type { MetricDefinition } from "./definition.ts";

/**
 * M57, ADR: alpha paid to people over alpha injected into the pool, both in a rolling window, rao.
 *
 * @returns `null` when nothing was injected.
 */
export function alphaDistributionRatio(paid: bigint, injected: bigint): number | null {
  return injected > 0n ? ratioOf(paid, injected) : null;
}

/** M57, ADR of the halvings alone: `2^(k - n)` for k TAO halvings and n alpha halvings. */
export function baselineRatio(taoHalvings: number, alphaHalvings: number): number {
  return 2 ** (taoHalvings - alphaHalvings);
}

/** M57, liquidation price: pool TAO over outstanding alpha, TAO per alpha; `null` when none is outstanding. */
export function liquidationPrice(poolTao: bigint, outstanding: bigint): number | null {
  return outstanding > 0n ? ratioOf(poolTao, outstanding) : null;
}

/** M57, haircut: `1 - P_L / P`; negative where the liquidation price is above the price; `null` at a price of 0. */
export function haircut(liquidation: number, price: number): number | null {
  return price > 0 ? 1 - liquidation / price : null;
}

/**
 * M57, exact exit price beside it: what each alpha brings when all outstanding alpha is sold to the pool,
 * `T / (A + outstanding)` in a balanced pool without fee.
 *
 * @returns TAO per alpha, or `null` when there is no alpha.
 */
export function exitPrice(poolTao: bigint, poolAlpha: bigint, outstanding: bigint): number | null {
  const alpha = poolAlpha + outstanding;
  return alpha > 0n ? ratioOf(poolTao, alpha) : null;
}

export const HAIRCUT: MetricDefinition = {
  id: "M57",
  name: "ADR and haircut",
  section: "Emission, supply and distribution",
  text: "The alpha that is paid to people for every alpha that is put into the pool; the TAO of the pool over the alpha outside it (the liquidation price), and how far that is below the price. Beside it stands the exact price at which all of that alpha could leave, because the liquidation price leaves out the alpha in the pool.",
  formula:
    "ADR = alpha paid / alpha injected; 2^(k - n); P_L = T / outstanding; h = 1 - P_L / P; exit T / (A + outstanding)",
  units: ["ratio", "ratio", "TAO per alpha", "ratio", "TAO per alpha"],
  edges:
    "Nothing injected, nothing outstanding, price 0: undefined. The exit price is always at most the liquidation price.",
  reference: "latent-to/developer-docs docs/learn/halvings-problem.md",
  inputs:
    "`emission.miners` and the other roles, `emission.alpha_injected`; `pools.tao`, `pools.alpha_in`, `pools.alpha_out`, `pools.price`",
  functions: {
    "haircut.ts": ["alphaDistributionRatio", "baselineRatio", "liquidationPrice", "haircut", "exitPrice"],
  },
};
