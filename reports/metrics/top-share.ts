import { type Amounts, ascending, ratioOf, sumAmounts } from "./amounts.ts";
import type { MetricDefinition } from "./definition.ts";
import type { Fraction } from "./nakamoto.ts";

/**
 * M8, top share: what the `count` largest hold together, as a share of everything. A count above n takes all.
 * Reference: arXiv 2507.02951 (top 1 % of stake and reward).
 *
 * @returns a number in [0, 1], or `null` when nobody holds anything.
 */
export function topShare(amounts: Amounts, count: number): number | null {
  const sum = sumAmounts(amounts);
  if (sum === 0n) return null;
  const sorted = ascending(amounts);
  let held = 0n;
  for (let i = Math.max(0, sorted.length - count); i < sorted.length; i++) held += sorted[i]!;
  return ratioOf(held, sum);
}

/** M8, number of entities in the top `part` of a population: ceil(part x n), in integers. */
export function topCount(entities: number, part: Fraction): number {
  const scaled = BigInt(entities) * part.numerator;
  return Number((scaled + part.denominator - 1n) / part.denominator);
}

export const TOP_SHARE: MetricDefinition = {
  id: "M8",
  name: "Top share",
  section: "Concentration and decentralisation",
  text: "What the largest holders have together, as a share of everything: the top k, or the top 1% or 10% of all, rounded up to whole holders.",
  formula: "sum of the largest k or ceil(q n) shares",
  units: ["ratio"],
  edges: "X = 0: undefined. k above n takes all. Ties do not matter: only the sum is given.",
  reference:
    "arXiv 2507.02951 (top 1 % of stake and reward); RaoFoundation/subtensor release notes v440 (top 8 of emission)",
  inputs: "as M1",
  functions: { "top-share.ts": ["topShare", "topCount"] },
};
