// What the host may call.
import { scalarEpoch } from "./scalar/epoch";
export { commitBonds, createSubnet, entryCapacity, freeSubnet, reserveEntries } from "./subnet";

/** Runs one epoch on the plain path. */
export function stepScalar(subnet: usize): void {
  scalarEpoch(subnet);
}
