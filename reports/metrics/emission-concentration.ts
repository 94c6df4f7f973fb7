import type { Amounts } from "./amounts.ts";
import type { MetricDefinition } from "./definition.ts";
import { gini } from "./gini.ts";
import { effectiveNumber, herfindahlIndex } from "./herfindahl.ts";
import { type Fraction, nakamotoCoefficient, rankAtShare, shareBelowBar } from "./nakamoto.ts";
import { topShare } from "./top-share.ts";

/** M59: each part as the measure of that name gives it. */
export interface EmissionConcentration {
  readonly gini: number | null;
  readonly nakamoto: number | null;
  readonly herfindahl: number | null;
  readonly effective: number | null;
  /** Of the 8 largest. */
  readonly topEight: number | null;
  /** Subnets with 80 %. */
  readonly rank: number | null;
  /** Of those below the bar. */
  readonly belowBar: number | null;
}

const EIGHTY_PERCENT: Fraction = { numerator: 8n, denominator: 10n };

/**
 * M59, concentration of the emission over subnets.
 *
 * @param emission rao per subnet; subnets that get none count.
 * @param bar share below which a subnet counts as below the bar.
 */
export function emissionConcentration(
  emission: Amounts,
  bar: Fraction = { numerator: 1n, denominator: 100n },
): EmissionConcentration {
  return {
    gini: gini(emission),
    nakamoto: nakamotoCoefficient(emission),
    herfindahl: herfindahlIndex(emission),
    effective: effectiveNumber(emission),
    topEight: topShare(emission, 8),
    rank: rankAtShare(emission, EIGHTY_PERCENT),
    belowBar: shareBelowBar(emission, bar),
  };
}

export const EMISSION_CONCENTRATION: MetricDefinition = {
  id: "M59",
  name: "Concentration of emission over subnets",
  section: "Emission, supply and distribution",
  text: "Gini index, Nakamoto coefficient, Herfindahl-Hirschman index, the share of the top 8 and the rank at 80% of the emission that subnets get, and the share of those below 1%.",
  formula: "M1, M3, M5, M8 (k = 8), M9 of the emission by subnet",
  units: ["ratio", "count", "ratio", "ratio", "count"],
  edges: "No emission: undefined. Subnets without emission count.",
  reference: "RaoFoundation/subtensor website release notes v440",
  inputs: "`emission.tao_injected` and `emission.tao_bought`, or `pools.moving_price` for nominal shares",
  functions: { "emission-concentration.ts": ["emissionConcentration"] },
};
