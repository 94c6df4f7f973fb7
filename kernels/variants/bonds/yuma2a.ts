import type { EpochState } from "../state.ts";
import { averageBonds } from "./average.ts";
import { freshBonds } from "./fresh.ts";

/** Yuma 2A, the average of the original paper: B = a n + (1 - a) B_prev, not renormalised. The first epoch has B = n. */
export function updateBondsYuma2a(state: EpochState): void {
  const { effective, shares, columnSums, fresh, bonds, rates } = state;
  freshBonds(effective, shares, columnSums, fresh);
  if (state.hasBonds) averageBonds(fresh, rates, bonds);
  else bonds.values.set(fresh.values);
}
