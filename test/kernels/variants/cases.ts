import type { VariantCase } from "../../../kernels/variants/case.ts";
import { dividendsPer1000Tao } from "../../../kernels/variants/payout.ts";
import { CHART_PAYOUT, chartSettings, type VariantSettings } from "../../../kernels/variants/settings.ts";
import { simulateVariant, type VariantRun } from "../../../kernels/variants/simulate.ts";
import { findVariant } from "../../../kernels/variants/names.ts";
import { CaseLibrary } from "../../../sim/eval/variant/cases.ts";

/** The shipped 24 cases. */
export const CASES = new CaseLibrary();

/** Settings of the published charts for a variant in either spelling, changed as asked. */
export function settingsOf(
  variant: string,
  bondsPenalty: number,
  changes: Partial<VariantSettings> = {},
): VariantSettings {
  const found = findVariant(variant);
  if (found === undefined) throw new Error(`no variant ${variant}`);
  return { ...chartSettings(found, bondsPenalty), ...changes };
}

/** Runs a shipped case. */
export function runCase(id: number, settings: VariantSettings): VariantRun {
  return simulateVariant(CASES.get(id), settings);
}

/** Totals per 1,000 TAO of a shipped case. */
export function totalsOf(id: number, settings: VariantSettings): number[] {
  return [...dividendsPer1000Tao(CASES.get(id), runCase(id, settings).dividends, CHART_PAYOUT)];
}

/** A case of one's own: `stakes[epoch][validator]`, `weights[epoch][validator][server]`. */
export function newCase(
  stakes: readonly (readonly number[])[],
  weights: readonly (readonly (readonly number[])[])[],
  changes: Partial<VariantCase> = {},
): VariantCase {
  return {
    epochs: stakes.length,
    validators: stakes[0]?.length ?? 0,
    servers: weights[0]?.[0]?.length ?? 0,
    baseValidator: 0,
    bondReset: null,
    winnerTakesAll: false,
    stakes: Float64Array.from(stakes.flat()),
    weights: Float64Array.from(weights.flat(2)),
    ...changes,
  };
}
