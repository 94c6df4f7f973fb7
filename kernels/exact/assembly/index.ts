// What the host may call. A subnet with its panels is a `Handle`; its address is what the host keeps.
import { commitFastBonds, fastEpoch } from "./fast/epoch";
import { freePanels, LANES, Panels } from "./fast/panels";
import { scalarEpoch } from "./scalar/epoch";
import * as subnets from "./subnet";
export { stableCos, stableExp, stableLog, stablePow, stableSin } from "./math";

/** How the last step of a subnet ran. */
const NOT_YET: i32 = 0;
const SCALAR: i32 = 1;
const FAST: i32 = 2;

@unmanaged
class Handle {
  subnet: usize;
  lastPath: i32;
  panels: Panels;
}

export function create(n: i32): usize {
  const bytes = offsetof<Handle>() + offsetof<Panels>();
  const address = heap.alloc(bytes);
  memory.fill(address, 0, bytes);
  const handle = changetype<Handle>(address);
  handle.subnet = subnets.createSubnet(n);
  handle.panels = changetype<Panels>(address + offsetof<Handle>());
  return address;
}

export function free(handle: Handle): void {
  freePanels(handle.panels);
  subnets.freeSubnet(handle.subnet);
  heap.free(changetype<usize>(handle));
}

/** The address of a column or arena; `index` as in layout.ts. */
export function pointerOf(handle: Handle, index: i32): usize {
  return subnets.pointer(handle.subnet, index);
}

/** Makes room for the entries of all rows, whose uids are at directory entry `uids`; stored rows will be written. */
export function reserve(handle: Handle, uids: i32, entries: i32): void {
  subnets.reserveEntries(handle.subnet, uids, entries);
  freePanels(handle.panels);
}

/** Runs one epoch, on the fast path where it can. @returns 2 if it could, 1 if the plain path ran */
export function step(handle: Handle): i32 {
  const fast = fastEpoch(handle.subnet, handle.panels);
  if (!fast) scalarEpoch(handle.subnet);
  handle.lastPath = fast ? FAST : SCALAR;
  return handle.lastPath;
}

/** Runs one epoch on the plain path. */
export function stepScalar(handle: Handle): void {
  scalarEpoch(handle.subnet);
  handle.lastPath = SCALAR;
}

/** Forgets what a step may take from the one before: normalised rows and the consensus as a guess. */
export function forget(handle: Handle): void {
  const panels = handle.panels;
  if (panels.block == 0) return;
  panels.normalised = false;
  memory.fill(panels.guesses, 0, usize(panels.panels) * LANES * 4);
}

/** Makes the bonds of the last step the stored ones. */
export function commit(handle: Handle): void {
  if (handle.lastPath == NOT_YET) return;
  commitFastBonds(handle.subnet, handle.panels, handle.lastPath == FAST);
}
