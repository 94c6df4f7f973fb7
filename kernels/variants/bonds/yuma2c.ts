import type { VariantSettings } from "../settings.ts";
import type { EpochState } from "../state.ts";

/** 2^64: the cap of a validator that holds all stake. */
const CAPACITY = 18_446_744_073_709_551_616;

/**
 * Yuma 2C, bonds that are bought up to a cap the size of the stake. With cap_i = s_i * 2^64:
 *
 *   p_ij = min(capacity_alpha * cap_i, max(0, cap_i - B_prev,ij)) * w_ij     (the room is taken before decay)
 *   B_ij = min((1 - decay_rate) B_prev,ij + p_ij, cap_i)
 *
 * Bonds penalty and liquid alpha have no effect; stake enters through the caps alone.
 */
export function updateBondsYuma2c(
  { weights, shares, bonds }: EpochState,
  { decayRate, capacityAlpha }: VariantSettings,
): void {
  const { rows, columns, values } = bonds;
  for (let i = 0, at = 0; i < rows; i++) {
    const cap = shares[i]! * CAPACITY;
    for (let j = 0; j < columns; j++, at++) {
      const held = values[at]!;
      const purchase = Math.min(capacityAlpha * cap, Math.max(0, cap - held)) * weights.values[at]!;
      values[at] = Math.min((1 - decayRate) * held + purchase, cap);
    }
  }
}
