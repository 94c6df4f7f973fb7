import { type Amounts, ascending } from "./amounts.ts";
import type { MetricDefinition } from "./definition.ts";
import type { Fraction } from "./nakamoto.ts";

/** A distribution after a cap. Rao, like the amounts. */
export interface CappedDistribution {
  readonly cap: bigint;
  /** min(x_i, cap). */
  readonly amounts: readonly bigint[];
  /** What the cap takes from each entity: x_i - min(x_i, cap). */
  readonly excess: readonly bigint[];
  readonly excessSum: bigint;
}

/** The cap of research on stake: the 88th percentile. */
export const RESEARCH_CAP: Fraction = { numerator: 88n, denominator: 100n };

/**
 * M12, capped distribution: every amount is at most the percentile `q` of all (type 7, between order statistics),
 * rounded down to a whole rao. Amounts and excess add up to what was there.
 *
 * @param q in [0, 1].
 * @returns `null` when there are no amounts.
 */
export function capAtPercentile(amounts: Amounts, q: Fraction = RESEARCH_CAP): CappedDistribution | null {
  if (amounts.length === 0) return null;
  const sorted = ascending(amounts);
  const place = q.numerator * BigInt(sorted.length - 1);
  const below = Number(place / q.denominator);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  const cap = low + ((high - low) * (place % q.denominator)) / q.denominator;
  const capped = Array.from(amounts, (amount) => (amount > cap ? cap : amount));
  const excess = Array.from(amounts, (amount, i) => amount - capped[i]!);
  return { cap, amounts: capped, excess, excessSum: excess.reduce((sum, part) => sum + part, 0n) };
}

export const CAPPED: MetricDefinition = {
  id: "M12",
  name: "Capped distribution",
  section: "Concentration and decentralisation",
  text: "The same holdings with everything above a percentile of all holdings cut off. Gini, Nakamoto coefficient and coalition size before and after say what a cap would change; the excess says what it takes, and from whom.",
  formula: "y_i = min(x_i, percentile_q(x)), q = 88 %; excess x_i - y_i and its sum",
  units: ["rao"],
  edges: "No holders: undefined. The percentile is of type 7, rounded down to a whole rao. Sums are exact.",
  reference: "Lui and Sun, arXiv 2507.02951",
  inputs: "as M1",
  functions: { "capped.ts": ["capAtPercentile"] },
};
