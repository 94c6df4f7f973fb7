import { normaliseColumns } from "../matrix.ts";
import type { EpochState } from "../state.ts";
import { averageBonds } from "./average.ts";
import { freshBonds } from "./fresh.ts";

/**
 * Yuma 1, bonds without memory: B = n, each column then divided by (its sum + e6). The rate is 1 whatever the settings
 * say; only liquid alpha puts another in its place, and then B = a n + (1 - a) B_prev before the division.
 */
export function updateBondsYuma1(state: EpochState): void {
  const { effective, shares, columnSums, fresh, bonds, rates } = state;
  freshBonds(effective, shares, columnSums, fresh);
  if (state.hasBonds) averageBonds(fresh, rates, bonds);
  else bonds.values.set(fresh.values);
  normaliseColumns(bonds, columnSums);
}
