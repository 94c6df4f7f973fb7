import { type Amounts, ascending, ratioOf, sumAmounts } from "./amounts.ts";
import type { MetricDefinition } from "./definition.ts";

/** A point of a Lorenz curve: the poorest `population` of all entities hold `share` of everything; both in [0, 1]. */
export interface LorenzPoint {
  readonly population: number;
  readonly share: number;
}

/**
 * M2, Lorenz curve: the points (k / n, sum of the k smallest / X) for k = 0..n.
 *
 * The Gini index is 1 - 2 x the area under it (trapezoids).
 * Reference: Lorenz 1905; Srinivasan and Lee, "Quantifying Decentralization" (2017).
 *
 * @returns n + 1 points from (0, 0) to (1, 1), or `null` when nobody holds anything.
 */
export function lorenzCurve(amounts: Amounts): LorenzPoint[] | null {
  const sum = sumAmounts(amounts);
  if (sum === 0n) return null;
  const sorted = ascending(amounts);
  const points: LorenzPoint[] = [{ population: 0, share: 0 }];
  let cumulative = 0n;
  for (let k = 0; k < sorted.length; k++) {
    cumulative += sorted[k]!;
    points.push({ population: (k + 1) / sorted.length, share: ratioOf(cumulative, sum) });
  }
  return points;
}

export const LORENZ: MetricDefinition = {
  id: "M2",
  name: "Lorenz curve",
  section: "Concentration and decentralisation",
  text: "Holders in ascending order: the share of everything that the smallest k of n hold together, over k / n. The Gini index is 1 less twice the area under it.",
  formula: "(k / n, sum_{i<=k} x_(i) / X) for k = 0..n",
  units: ["ratio"],
  edges: "X = 0: undefined. Always from (0, 0) to (1, 1).",
  reference: 'Lorenz 1905; Srinivasan and Lee, "Quantifying Decentralization" (2017)',
  inputs: "as M1",
  functions: { "lorenz.ts": ["lorenzCurve"] },
};
