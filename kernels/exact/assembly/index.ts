// What the host may call.
import { scalarEpoch } from "./scalar/epoch";
export { stableCos, stableExp, stableLog, stablePow, stableSin } from "./math";
export { commitBonds, createSubnet, entryCapacity, freeSubnet, reserveEntries } from "./subnet";

/** Runs one epoch on the plain path. */
export function stepScalar(subnet: usize): void {
  scalarEpoch(subnet);
}
