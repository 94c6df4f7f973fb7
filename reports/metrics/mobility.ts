import type { Amounts } from "./amounts.ts";
import { spearman } from "./correlation.ts";
import type { MetricDefinition } from "./definition.ts";

/**
 * M11, rank mobility: Spearman's correlation of the amounts of the same entities at two times. 1 when nobody changes
 * place.
 *
 * @returns a number in [-1, 1], or `null` for fewer than two entities or when all are equal at one of the times.
 */
export function rankStability(before: Amounts, after: Amounts): number | null {
  return spearman(before, after);
}

/** Indices of the `count` largest amounts, largest first; ties by index, so by uid in a column of neurons. */
export function topIndices(amounts: Amounts, count: number): number[] {
  return Array.from({ length: amounts.length }, (_, i) => i)
    .sort((i, j) => (amounts[i]! > amounts[j]! ? -1 : amounts[i]! < amounts[j]! ? 1 : i - j))
    .slice(0, count);
}

/**
 * M11, half-life of membership in the top: the smallest number of samples after which, on average over all starts, at
 * most half of the members are members still.
 *
 * @param members the members at each sample, in order of time.
 * @returns a number of samples from 1, or `null` when it does not come to that within the run.
 */
export function membershipHalfLife(members: readonly ReadonlySet<string | number>[]): number | null {
  for (let lag = 1; lag < members.length; lag++) {
    let kept = 0;
    let all = 0;
    for (let start = 0; start + lag < members.length; start++) {
      const later = members[start + lag]!;
      for (const member of members[start]!) {
        all++;
        if (later.has(member)) kept++;
      }
    }
    if (all > 0 && 2 * kept <= all) return lag;
  }
  return null;
}

/**
 * M11, churn: entries and exits between two samples over the number of places.
 *
 * @returns a number in [0, 2] where both samples fill their places; `null` without places.
 */
export function churn<T>(before: ReadonlySet<T>, after: ReadonlySet<T>, places: number): number | null {
  if (places <= 0) return null;
  let moves = 0;
  for (const member of before) if (!after.has(member)) moves++;
  for (const member of after) if (!before.has(member)) moves++;
  return moves / places;
}

export const MOBILITY: MetricDefinition = {
  id: "M11",
  name: "Mobility",
  section: "Concentration and decentralisation",
  text: "Whether the same holders stay at the top: the rank correlation of holdings at two times, the time in which half of the top k are replaced, and entries plus exits over the number of places.",
  formula: "Spearman(x(t), x(t + d)); half-life of membership in the top k; (entries + exits) / n",
  units: ["ratio", "as the input", "ratio"],
  edges:
    "Fewer than two holders or all equal: no correlation (equal holdings share the mean rank). The half-life is undefined when the run is too short to see it. The top k breaks ties by uid.",
  reference: "Spearman 1904",
  inputs:
    "`neurons.alpha_stake` by `neurons.hotkey` at two epochs; `stakes.alpha` by `stakes.agent` at two samples",
  functions: { "mobility.ts": ["rankStability", "topIndices", "membershipHalfLife", "churn"] },
};
