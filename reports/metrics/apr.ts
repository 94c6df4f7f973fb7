import { ratioOf } from "./amounts.ts";
import type { MetricDefinition } from "./definition.ts";
import { DAYS_PER_YEAR } from "./time.ts";

/**
 * M40, APR: simple, without reinvestment: the sum of the rewards per unit of stake in a window, times 365 / days.
 *
 * @param rewards reward of each epoch per unit of stake at its start, after take where the caller says so.
 * @param days length of the window.
 * @returns ratio per year, or `null` for a window of no length.
 */
export function apr(rewards: ArrayLike<number>, days: number): number | null {
  if (!(days > 0)) return null;
  let sum = 0;
  for (let k = 0; k < rewards.length; k++) sum += rewards[k]!;
  return (sum * DAYS_PER_YEAR) / days;
}

/**
 * M40, root APR: what root dividends of a day come to in a year, over the stake on root.
 *
 * @param dividendsPerDay rao of TAO.
 * @param rootStake rao of TAO.
 * @returns ratio per year, or `null` without stake.
 */
export function rootApr(dividendsPerDay: bigint, rootStake: bigint): number | null {
  return rootStake > 0n ? ratioOf(dividendsPerDay * BigInt(DAYS_PER_YEAR), rootStake) : null;
}

export const APR: MetricDefinition = {
  id: "M40",
  name: "APR (simple)",
  section: "Yield",
  text: "What a unit of stake earns in a year at the rate of the window, without putting rewards back. Root APR is root dividends of a day in TAO times 365, over the stake on root.",
  formula: "sum of r over the window x 365 / days; root dividends per day x 365 / root stake",
  units: ["ratio per year", "ratio per year"],
  edges: "A window of no length, or no stake: undefined. 983 TAO a day on 5,437,066 TAO: 6.6 % a year.",
  reference: "RaoFoundation/subtensor website, root-reborn snapshot of 24 July 2026",
  inputs:
    "`emission.dividend_yield` by `emission.blocks`; `emission.root`, `pools.price` and `blocks.root_stake` for root",
  functions: { "apr.ts": ["apr", "rootApr"] },
};
