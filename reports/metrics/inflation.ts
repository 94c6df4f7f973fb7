import type { MetricDefinition } from "./definition.ts";
import { DAYS_PER_YEAR } from "./time.ts";

/**
 * M53, annualised inflation: `(I(t + d) / I(t))^(365 / d) - 1`. For alpha I is what is issued, A_in + A_out, or what is
 * outstanding, A_out; the caller says which.
 *
 * @param before rao.
 * @param after rao.
 * @param days between the two, more than 0.
 * @returns ratio per year, or `null` when nothing was issued before.
 */
export function annualisedInflation(before: bigint, after: bigint, days: number): number | null {
  if (before <= 0n || !(days > 0)) return null;
  // log1p of the exact growth: a window of a day grows by less than a part in a thousand.
  const growth = Number(after - before) / Number(before);
  return Math.expm1((Math.log1p(growth) * DAYS_PER_YEAR) / days);
}

/**
 * M53, instant inflation: emission of a day times 365, over the issuance.
 *
 * @returns ratio per year, or `null` when nothing is issued.
 */
export function instantInflation(emissionPerDay: bigint, issuance: bigint): number | null {
  return issuance > 0n ? (Number(emissionPerDay) * DAYS_PER_YEAR) / Number(issuance) : null;
}

export const INFLATION: MetricDefinition = {
  id: "M53",
  name: "Inflation",
  section: "Emission, supply and distribution",
  text: "By how much the issued amount grows in a year: from the growth of a window, compounded, or from the emission of a day. Of alpha, for what is issued in all and for what is outside the pool.",
  formula: "(I(t + d) / I(t))^(365 / d) - 1; emission per day x 365 / I",
  units: ["ratio per year", "ratio per year"],
  edges: "Nothing issued, or no time between: undefined. Below 0 where more is recycled than emitted.",
  reference: "CADLabs/ethereum-economic-model (network issuance and inflation)",
  inputs: "`blocks.issuance`; `pools.alpha_in`, `pools.alpha_out`",
  functions: { "inflation.ts": ["annualisedInflation", "instantInflation"] },
};
