import type { VariantCase } from "./case.ts";
import type { PayoutSettings } from "./settings.ts";

/** TAO that make the unit of stake in which dividends are stated. */
const TAO_PER_UNIT = 1000;

/** Validators with fewer units of stake than this count as having none. */
const LEAST_UNITS = 1e-6;

/**
 * Dividends per 1,000 TAO of stake, in TAO, summed over all epochs. Per epoch it is
 * validator share * D_i * epoch emission / (S_i * subnet stake / 1000), 0 without stake; S_i is the stake as the case
 * has it, a fraction of the subnet's. Under equal treatment everybody gets 0.041 per epoch with the usual payout.
 * @param dividends epochs x validators
 * @returns one total per validator
 */
export function dividendsPer1000Tao(
  { epochs, validators, stakes }: VariantCase,
  dividends: Float64Array,
  { totalEpochEmission, validatorEmissionRatio, totalSubnetStake }: PayoutSettings,
): Float64Array {
  const totals = new Float64Array(validators);
  for (let epoch = 0, at = 0; epoch < epochs; epoch++)
    for (let i = 0; i < validators; i++, at++) {
      const units = (stakes[at]! * totalSubnetStake) / TAO_PER_UNIT;
      if (units > LEAST_UNITS)
        totals[i]! += (validatorEmissionRatio * dividends[at]! * totalEpochEmission) / units;
    }
  return totals;
}

/** How far each total lies above that of the base validator, in percent; null where the base got nothing. */
export function percentVersusBase(totals: Float64Array, baseValidator: number): (number | null)[] {
  const base = totals[baseValidator]!;
  return Array.from(totals, (total) => (base === 0 ? null : (total / base - 1) * 100));
}
