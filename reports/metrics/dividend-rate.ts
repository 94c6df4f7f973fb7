import { type Amounts, ratioOf } from "./amounts.ts";
import { median } from "./quantile.ts";

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
