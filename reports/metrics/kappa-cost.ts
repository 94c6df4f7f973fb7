import type { MetricDefinition } from "./definition.ts";
import { type Pool, taoToBuy } from "./pool.ts";

/** M29, what a majority costs, in the unit of the reserves. */
export interface MajorityCost {
  /** Alpha above which the owner has more than kappa: `kappa S / (1 - kappa)`. */
  readonly alpha: number;
  /** TAO to buy it from the pool, fee included; Infinity when the pool has not as much. */
  readonly throughPool: number;
  /** TAO to stake on root for the same stake weight; Infinity when root has no weight. */
  readonly throughRoot: number;
}

/**
 * M29, cost of a kappa majority of the stake weight of a subnet for somebody who has none: the y with
 * `y / (S + y) = kappa`, bought from the pool, or staked on root where it counts with the TAO weight.
 *
 * @param stake S, the stake weight of all others in alpha, in the unit of the reserves: with or without root stake times
 *   the TAO weight. Reports give both.
 * @param kappa ratio in [0, 1).
 * @param taoWeight g, ratio.
 */
export function kappaMajorityCost(pool: Pool, stake: number, kappa: number, taoWeight: number): MajorityCost {
  const alpha = (kappa * stake) / (1 - kappa);
  return {
    alpha,
    throughPool: taoToBuy(pool, alpha),
    throughRoot: taoWeight > 0 ? alpha / taoWeight : Infinity,
  };
}

export const KAPPA_COST: MetricDefinition = {
  id: "M29",
  name: "Cost of a kappa majority",
  section: "Consensus quality and attacks",
  text: "The TAO that somebody without stake needs to own more than kappa of a subnet's stake weight: through the subnet's pool, with slippage and fee, or by stake on root, which counts with the TAO weight. Given with and without the root stake of the others.",
  formula: "y = kappa S / (1 - kappa); T y / (A - y) / (1 - fee) in a balanced pool; y / g on root",
  units: ["alpha", "TAO", "TAO"],
  edges: "y >= A: infinite. The bound itself is not a majority; any more is. The pool is the present one.",
  reference: "derived from the pool's curve",
  inputs:
    "`pools.tao`, `pools.alpha_in`, `neurons.alpha_stake`, `neurons.tao_stake`; kappa and the TAO weight of the scenario",
  functions: { "kappa-cost.ts": ["kappaMajorityCost"] },
};
