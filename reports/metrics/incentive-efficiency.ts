import { type Column, pearson, spearman } from "./correlation.ts";
import type { MetricDefinition } from "./definition.ts";

/** M30, how well incentive follows quality. */
export interface IncentiveEfficiency {
  readonly pearson: number | null;
  readonly spearman: number | null;
  /** Part of the incentive that goes to the tenth of the miners with the best quality, rounded up; ties by uid. */
  readonly topDecileShare: number | null;
  /** sum |I_j - q_j| / 2 with both as shares of their sums: the part that would have to change hands. */
  readonly scoreError: number | null;
}

/**
 * M30, incentive efficiency. The correlation of incentive and consensus is `pearson` of the two columns.
 *
 * @param incentive per miner, any one unit, not negative.
 * @param quality per miner, any one unit, not negative; same length.
 * @returns every part is `null` where it is undefined: nobody is paid, no quality, nothing varies.
 */
export function incentiveEfficiency(incentive: Column, quality: Column): IncentiveEfficiency {
  const n = incentive.length;
  let paid = 0;
  let good = 0;
  for (let j = 0; j < n; j++) {
    paid += Number(incentive[j]);
    good += Number(quality[j]);
  }
  const best = Array.from({ length: n }, (_, j) => j)
    .sort((i, j) => Number(quality[j]) - Number(quality[i]) || i - j)
    .slice(0, Math.ceil(n / 10));
  const toBest = best.reduce((sum, j) => sum + Number(incentive[j]), 0);
  let error = 0;
  for (let j = 0; j < n; j++) error += Math.abs(Number(incentive[j]) / paid - Number(quality[j]) / good) / 2;
  return {
    pearson: pearson(incentive, quality),
    spearman: spearman(incentive, quality),
    topDecileShare: paid > 0 ? toBest / paid : null,
    scoreError: paid > 0 && good > 0 ? error : null,
  };
}

/** M31, two values of one entity, and the group that it belongs to. */
export interface GroupedPair {
  /** A subnet, a role, a day, or several of them in one name. */
  readonly group: string;
  readonly x: number;
  readonly y: number;
}

/**
 * M31, Pearson's correlation of the two values within every group, in the order in which groups first appear.
 *
 * @returns `null` for a group in which it is undefined.
 */
export function correlationByGroup(pairs: readonly GroupedPair[]): Map<string, number | null> {
  const groups = new Map<string, { x: number[]; y: number[] }>();
  for (const { group, x, y } of pairs) {
    const lists = groups.get(group) ?? { x: [], y: [] };
    groups.set(group, lists);
    lists.x.push(x);
    lists.y.push(y);
  }
  return new Map([...groups].map(([group, { x, y }]) => [group, pearson(x, y)]));
}

export const INCENTIVE_EFFICIENCY: MetricDefinition = {
  id: "M30",
  name: "Incentive efficiency",
  section: "Consensus quality and attacks",
  text: "How well incentive follows the quality of miners: the correlation of the two and of their ranks, the part of the incentive that the best tenth gets, and the part that would have to change hands for shares of incentive to equal shares of quality.",
  formula:
    "Pearson and Spearman of incentive and quality; the same of incentive and consensus; incentive of the top ceil(n / 10) by quality; sum |I_j - q_j| / 2",
  units: ["ratio", "ratio", "ratio", "ratio"],
  edges:
    "Fewer than two miners, or a column that does not vary: no correlation. Nobody paid, or no quality: undefined. Equal values share the mean rank.",
  reference: "natixnetwork/streetvision-subnet issue 167",
  inputs:
    "`neurons.incentive_raw`, `neurons.consensus_raw`; quality is what the scenario gives its miners, no column",
  functions: {
    "incentive-efficiency.ts": ["incentiveEfficiency"],
    "correlation.ts": ["pearson", "spearman"],
  },
};

export const REWARD_CORRELATION: MetricDefinition = {
  id: "M31",
  name: "Stake-reward and performance-reward correlation",
  section: "Consensus quality and attacks",
  text: "Pearson's correlation of stake with reward, and of performance with reward, within every subnet and role, day by day.",
  formula: "r(stake, reward), r(performance, reward) per subnet, role and day",
  units: ["ratio"],
  edges: "Fewer than two entities in a group, or a value that does not vary: undefined.",
  reference: "Lui and Sun, arXiv 2507.02951",
  inputs:
    "`neurons.alpha_stake`, `neurons.validator_trust_raw`, `neurons.emission` by `neurons.netuid` and role; performance of miners is no column",
  functions: { "incentive-efficiency.ts": ["correlationByGroup"] },
};
