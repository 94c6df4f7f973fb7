import { type Amounts, ratioOf } from "./amounts.ts";
import { median } from "./quantile.ts";
import type { MetricDefinition } from "./definition.ts";

/**
 * M23, relative dividend rate: `G_i = (D_i / S_i) / median_k(D_k / S_k)`, what a unit of stake of validator i earns
 * against the median validator. The median is over validators with stake and dividends.
 * Reference: "Weight Copying in Bittensor" (Opentensor 2024).
 *
 * @param dividends amounts per validator, any one unit.
 * @param stakes amounts per validator, any one unit; same length.
 * @returns per validator a number from 0, or `null` where it has no stake or no validator earns anything.
 */
export function relativeDividendRate(dividends: Amounts, stakes: Amounts): (number | null)[] {
  const rates = Array.from(stakes, (stake, i) => (stake > 0n ? ratioOf(dividends[i]!, stake) : null));
  const middle = median(rates.filter((rate): rate is number => rate !== null && rate > 0));
  return rates.map((rate) => (rate === null || middle === null ? null : rate / middle));
}

/**
 * M25, dividends per 1,000 TAO: `1000 x dividends / stake`, dividends and stake summed over the same window.
 *
 * `stake` is the validator's stake in TAO terms; on a subnet whose consensus weighs alpha and root stake together
 * it is the sum that the stake weight is made of. Reference: bactensor/yuma-simulation.
 *
 * @param dividends rao that the validator earned.
 * @param stake rao that earned it.
 * @returns units of the dividends' token per 1,000 units of stake, or `null` without stake.
 */
export function dividendsPerThousand(dividends: bigint, stake: bigint): number | null {
  return stake > 0n ? 1000 * ratioOf(dividends, stake) : null;
}

/** M23, what a rate G means to a nominator when honest validators take the part tau of dividends. */
export type CopierRegime = "pays more than honest" | "pays more without take" | "never pays more";

/**
 * M23, regime of a relative dividend rate: G > 1; 1 - tau < G <= 1; G <= 1 - tau.
 *
 * @param rate G from `relativeDividendRate`.
 * @param take tau, a ratio.
 */
export function copierRegime(rate: number, take: number): CopierRegime {
  if (rate > 1) return "pays more than honest";
  return rate > 1 - take ? "pays more without take" : "never pays more";
}

export const DIVIDEND_RATE: MetricDefinition = {
  id: "M23",
  name: "Relative dividend rate",
  section: "Consensus quality and attacks",
  text: "What a unit of a validator's stake earns in dividends against the median validator. Above 1, nominators gain by moving to it; between 1 less the take and 1, only if it takes no fee; below, never.",
  formula: "G_i = (D_i / S_i) / median_k(D_k / S_k); regimes G > 1, 1 - tau < G <= 1, G <= 1 - tau",
  units: ["ratio"],
  edges: "No stake, or nobody earns: undefined. The median is over validators with stake and dividends.",
  reference: '"Weight Copying in Bittensor" (Opentensor 2024)',
  inputs: "`neurons.dividends_raw` and `neurons.stake_weight`, or rao of both",
  functions: { "dividend-rate.ts": ["relativeDividendRate", "copierRegime"] },
};

export const DIVIDENDS_PER_THOUSAND: MetricDefinition = {
  id: "M25",
  name: "Dividends per 1,000",
  section: "Consensus quality and attacks",
  text: "1,000 × dividends / stake, epoch by epoch with the stake of that epoch, summed over the run, in alpha. Stake is alpha plus root TAO times the TAO weight.",
  formula: "1000 D_i f E / stake_i per epoch, f the validators' part and E the emission; the sum over epochs",
  units: ["alpha"],
  edges: "No stake: undefined. Equal treatment of 1M TAO at E = 100, f = 0.41: 0.041 per epoch, 1.64 in 40.",
  reference: "bactensor/yuma-simulation",
  inputs: "`neurons.validator_emission`, `neurons.alpha_stake`, `neurons.tao_stake`, `subnets.stake`",
  functions: { "dividend-rate.ts": ["dividendsPerThousand"] },
};
