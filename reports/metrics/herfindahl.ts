import { type Amounts, ratioOf, sumAmounts } from "./amounts.ts";
import type { MetricDefinition } from "./definition.ts";

/**
 * M5, Herfindahl-Hirschman index: the sum of the squared shares. 1 / n when all are equal, 1 when one holds
 * everything. Computed in integers, rounded once at the end. Reference: Herfindahl 1950, Hirschman 1945.
 *
 * @returns a number in (0, 1], or `null` when nobody holds anything.
 */
export function herfindahlIndex(amounts: Amounts): number | null {
  const sum = sumAmounts(amounts);
  if (sum === 0n) return null;
  let squares = 0n;
  for (let i = 0; i < amounts.length; i++) squares += amounts[i]! * amounts[i]!;
  return ratioOf(squares, sum * sum);
}

/**
 * M5, effective number: how many equal holders would give the same Herfindahl-Hirschman index, 1 / H.
 *
 * @returns a number in [1, n], or `null` when nobody holds anything.
 */
export function effectiveNumber(amounts: Amounts): number | null {
  const index = herfindahlIndex(amounts);
  return index === null ? null : 1 / index;
}

export const HERFINDAHL: MetricDefinition = {
  id: "M5",
  name: "Herfindahl-Hirschman index and effective number",
  section: "Concentration and decentralisation",
  text: "The sum of the squared shares: 1 / n when all hold the same, 1 when one holds everything. Its inverse is the number of equal holders that would give the same value.",
  formula: "H = sum p_i^2; 1 / H",
  units: ["ratio", "count"],
  edges: "X = 0: undefined. Times 10,000 it is the index of competition authorities.",
  reference:
    "Hirschman 1945, Herfindahl 1950; effective number of subnets in RaoFoundation/subtensor release notes v440",
  inputs: "as M1",
  functions: { "herfindahl.ts": ["herfindahlIndex", "effectiveNumber"] },
};
