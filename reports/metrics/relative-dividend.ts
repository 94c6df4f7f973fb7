import { type Amounts, ratioOf, sumAmounts } from "./amounts.ts";
import type { MetricDefinition } from "./definition.ts";

/** M24 of one validator over several epochs. */
export interface RelativeDividend {
  /** Mean over epochs of D_i - S_i, shares. */
  readonly mean: number;
  /** The same over the mean of S_i; `null` without stake. */
  readonly ofStake: number | null;
}

/**
 * M24, relative dividend in one epoch: the share of the dividends less the share of the stake, exact before it is
 * rounded once. Over all validators it adds up to 0.
 *
 * @param dividends amounts per validator, any one unit.
 * @param stakes amounts per validator, any one unit; same length.
 * @returns numbers in [-1, 1] per validator, or `null` when nobody earns or nobody has stake.
 */
export function relativeDividend(dividends: Amounts, stakes: Amounts): Float64Array | null {
  const earned = sumAmounts(dividends);
  const staked = sumAmounts(stakes);
  if (earned === 0n || staked === 0n) return null;
  return Float64Array.from({ length: stakes.length }, (_, i) =>
    ratioOf(dividends[i]! * staked - stakes[i]! * earned, earned * staked),
  );
}

/**
 * M24 over a run: the mean over epochs of D_i - S_i of one validator, and that in parts of its mean share of the stake.
 *
 * @param dividendShares D_i per epoch.
 * @param stakeShares S_i per epoch; same length.
 * @returns `null` without epochs.
 */
export function meanRelativeDividend(
  dividendShares: ArrayLike<number>,
  stakeShares: ArrayLike<number>,
): RelativeDividend | null {
  const epochs = dividendShares.length;
  if (epochs === 0) return null;
  let difference = 0;
  let stake = 0;
  for (let t = 0; t < epochs; t++) {
    difference += dividendShares[t]! - stakeShares[t]!;
    stake += stakeShares[t]!;
  }
  return { mean: difference / epochs, ofStake: stake > 0 ? difference / stake : null };
}

export const RELATIVE_DIVIDEND: MetricDefinition = {
  id: "M24",
  name: "Relative dividend",
  section: "Consensus quality and attacks",
  text: "A validator's share of the dividends less its share of the stake, as a mean over epochs, and the same in percent of its share of the stake. Above 0 it earns more than its stake would give it.",
  formula: "mean over epochs of D_i - S_i; the same / mean of S_i",
  units: ["ratio", "ratio"],
  edges: "Nobody earns or nobody has stake: undefined. Of one epoch, all validators add up to 0.",
  reference: "bactensor/yuma-simulation",
  inputs: "`neurons.validator_emission` or `neurons.dividends_raw`; `neurons.stake_weight_ratio`",
  functions: { "relative-dividend.ts": ["relativeDividend", "meanRelativeDividend"] },
};
