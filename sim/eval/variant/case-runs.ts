/** The cases under formulas, as the report of cases takes them. */
import type { Variant } from "../../../kernels/variants/names.ts";
import { CHART_PAYOUT, chartSettings, type VariantSettings } from "../../../kernels/variants/settings.ts";
import { simulateVariant } from "../../../kernels/variants/simulate.ts";
import { VARIATION_NAMES, VARIATIONS, type VariationName } from "../../../kernels/variants/variations.ts";
import { InputError } from "../../errors.ts";
import { CaseLibrary } from "./cases.ts";

/** What is asked of the cases. */
export interface CaseWishes {
  /** Ids of cases; none = all. */
  readonly ids: readonly number[];
  readonly formulas: readonly Variant[];
  readonly bondPenalty: number;
  /** Name of a variation of the chart settings; null = those. */
  readonly options: string | null;
}

/** Simulates the cases. @throws InputError for an id or options that there are not */
export function runCases({ ids, formulas, bondPenalty, options }: CaseWishes) {
  const library = new CaseLibrary();
  const vary = variation(options);
  const settings = formulas.map((formula) => vary(chartSettings(formula, bondPenalty)));
  return (ids.length === 0 ? library.ids : ids).map((id) => {
    const story = library.get(id);
    const { label, probes, validators, servers } = library.words(id);
    const { totalSubnetStake, totalEpochEmission, validatorEmissionRatio } = CHART_PAYOUT;
    return {
      id: `case-${String(id).padStart(2, "0")}`,
      title: `Case ${id}: ${label}`,
      description: probes,
      epochs: story.epochs,
      validators,
      servers,
      base: story.baseValidator,
      stakes: story.stakes.map((share) => share * totalSubnetStake),
      weights: rowShares(story.weights, story.servers),
      validatorEmission: totalEpochEmission * validatorEmissionRatio,
      formulas: settings.map((chosen) => {
        const { dividends, incentives, bonds } = simulateVariant(story, chosen);
        // Bonds of yuma2c are tokens; their cap is 2^64.
        const unit = chosen.variant === "yuma2c" ? 18_446_744_073_709_551_616 : 1;
        return { name: chosen.variant, dividends, incentives, bonds: bonds.map((bond) => bond / unit) };
      }),
    };
  });
}

function variation(options: string | null): (settings: VariantSettings) => VariantSettings {
  if (options === null) return (settings) => settings;
  if (!VARIATION_NAMES.includes(options as VariationName))
    throw new InputError(`--options ${options}: allowed: ${VARIATION_NAMES.join(", ")}`);
  return VARIATIONS[options as VariationName];
}

/** Each weight as a part of its row; 0 in a row of zeros. */
function rowShares(weights: Float64Array, servers: number): Float64Array {
  const shares = new Float64Array(weights.length);
  for (let start = 0; start < weights.length; start += servers) {
    const row = weights.subarray(start, start + servers);
    const total = row.reduce((sum, weight) => sum + weight, 0);
    if (total > 0) row.forEach((weight, j) => (shares[start + j] = weight / total));
  }
  return shares;
}
