import type { EpochState } from "../state.ts";
import { averageBonds } from "./average.ts";
import { exactFreshBonds } from "./fresh.ts";

/**
 * Yuma 2B, an average over the weights of the epoch before: as yuma2a, with e from w_prev (the epoch sees to that) and
 * a fresh bond without e6. Consensus looks at the current weights and rank at the previous ones, so a joint switch
 * leaves one epoch in which nothing is paid. That is inherent to the formula.
 */
export function updateBondsYuma2b(state: EpochState): void {
  const { effective, shares, columnSums, fresh, bonds, rates } = state;
  exactFreshBonds(effective, shares, columnSums, fresh);
  if (state.hasBonds) averageBonds(fresh, rates, bonds);
  else bonds.values.set(fresh.values);
}
