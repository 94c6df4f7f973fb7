import { type Amounts, ratioOf, sharesOf, sumAmounts } from "./amounts.ts";
import type { MetricDefinition } from "./definition.ts";

/**
 * M6, Theil index: `sum_i p_i ln(n p_i)` over the shares p; an empty share adds 0. 0 when all are equal, ln n when
 * one holds everything. Reference: Theil 1967.
 *
 * @returns nats in [0, ln n], or `null` when nobody holds anything.
 */
export function theilIndex(amounts: Amounts): number | null {
  const shares = sharesOf(amounts);
  if (shares === null) return null;
  let sum = 0;
  for (const share of shares) if (share > 0) sum += share * Math.log(shares.length * share);
  return Math.max(0, sum);
}

/**
 * M7, normalised entropy: `1 - T / ln n` with the Theil index T. 1 when all are equal, 0 when one holds everything.
 *
 * @returns a number in [0, 1], or `null` when nobody holds anything or there is only one entity (ln 1 = 0).
 */
export function normalisedEntropy(amounts: Amounts): number | null {
  const theil = theilIndex(amounts);
  if (theil === null || amounts.length < 2) return null;
  return Math.max(0, 1 - theil / Math.log(amounts.length));
}

/** M6 of a population in groups. The three numbers are in nats; total = between + within. */
export interface TheilParts {
  readonly total: number;
  /** Between the means of the groups. */
  readonly between: number;
  /** Inside the groups, each weighted by what it holds. */
  readonly within: number;
}

/**
 * M6, decomposition by groups (roles, subnets): `T = sum_g P_g ln(P_g n / n_g) + sum_g P_g T_g`, with P_g the share of
 * group g, n_g its size and T_g its own index. Groups without entities or amounts add nothing.
 *
 * @returns `null` when nobody in any group holds anything.
 */
export function theilByGroups(groups: readonly Amounts[]): TheilParts | null {
  const sums = groups.map(sumAmounts);
  const sum = sums.reduce((all, part) => all + part, 0n);
  if (sum === 0n) return null;
  const n = groups.reduce((all, group) => all + group.length, 0);
  let between = 0;
  let within = 0;
  groups.forEach((group, g) => {
    const share = ratioOf(sums[g]!, sum);
    if (share === 0) return;
    between += share * Math.log((share * n) / group.length);
    within += share * (theilIndex(group) ?? 0);
  });
  return { total: between + within, between, within };
}

export const THEIL: MetricDefinition = {
  id: "M6",
  name: "Theil index",
  section: "Concentration and decentralisation",
  text: "The sum of every share times the logarithm of n times that share. 0 when all hold the same, ln n when one of n holds everything. It splits into a part between groups and a part inside them.",
  formula: "T = sum p_i ln(n p_i); T = sum_g P_g ln(P_g n / n_g) + sum_g P_g T_g",
  units: ["nats"],
  edges: "X = 0: undefined. An empty share adds 0. Normalised by ln n it is 1 - M7.",
  reference: "Theil 1967",
  inputs: "as M1; groups are roles, populations or subnets",
  functions: { "theil.ts": ["theilIndex", "theilByGroups"] },
};

export const ENTROPY: MetricDefinition = {
  id: "M7",
  name: "Normalised entropy",
  section: "Concentration and decentralisation",
  text: "The Shannon entropy of the shares over its largest value, ln n. 1 when all hold the same, 0 when one holds everything.",
  formula: "E = - sum p_i ln p_i / ln n = 1 - T / ln n",
  units: ["ratio"],
  edges: "X = 0 or n = 1: undefined (ln 1 = 0).",
  reference:
    "used beside the Gini index for the health of rewards in research forums of inference networks, e.g. Allora",
  inputs: "as M1",
  functions: { "theil.ts": ["normalisedEntropy"] },
};
