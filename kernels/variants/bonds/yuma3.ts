import type { EpochState } from "../state.ts";

/**
 * Yuma 3, a level in 0..1 per pair that knows nothing of stake:
 *
 *   d_ij = (1 - a_ij) B_prev,ij
 *   B_ij = min(1, d_ij + min(a_ij e_ij, max(0, 1 - d_ij)))
 *
 * As e <= 1 the cap never binds, and B is an average of e. B_prev is 0 in the first epoch.
 */
export function updateBondsYuma3({ effective, rates, bonds }: EpochState): void {
  const { values } = bonds;
  for (let at = 0; at < values.length; at++) {
    const rate = rates.values[at]!;
    const decayed = (1 - rate) * values[at]!;
    values[at] = Math.min(1, decayed + Math.min(rate * effective.values[at]!, Math.max(0, 1 - decayed)));
  }
}
