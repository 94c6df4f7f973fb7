import { normaliseColumns } from "../matrix.ts";
import type { EpochState } from "../state.ts";
import { averageBonds } from "./average.ts";
import { freshBonds } from "./fresh.ts";

/**
 * Yuma 2, an average with renormalised columns: B' is B_prev with each column divided by (its sum + e6), then
 * B = a n + (1 - a) B', and each column of B is divided by (its sum + e6) again. The first epoch has B = n.
 */
export function updateBondsYuma2(state: EpochState): void {
  const { effective, shares, columnSums, fresh, bonds, rates } = state;
  freshBonds(effective, shares, columnSums, fresh);
  if (state.hasBonds) {
    normaliseColumns(bonds, columnSums);
    averageBonds(fresh, rates, bonds);
  } else bonds.values.set(fresh.values);
  normaliseColumns(bonds, columnSums);
}
