// What the host may call. A subnet with its panels is a `Handle`; its address is what the host keeps.
import { redone } from "./fast/divide";
import { redone as pairs } from "./fast/liquid";
import { updateRow } from "./fast/arrange";
import { commitFastBonds, EMISSION, fastEpoch } from "./fast/epoch";
import { freePanels, LANES, Panels } from "./fast/panels";
import * as L from "./layout";
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

let stage: usize = 0;
let stageCapacity: i32 = 0;

/** Where the host puts a row of up to `length` entries before `putWeights`: uids, and values 2 * length bytes behind. */
export function stageRow(length: i32): usize {
  if (length > stageCapacity) {
    if (stage != 0) heap.free(stage);
    stage = heap.alloc(usize(length) * 4);
    stageCapacity = length;
  }
  return stage;
}

/** Makes the staged row the weights of uid i. Where only values change, the layout stays. */
export function putWeights(handle: Handle, i: i32, length: i32): void {
  const subnet = handle.subnet;
  const panels = handle.panels;
  const bytes = usize(length) * 2;
  const oldStart = load<i32>(subnets.at32(subnets.pointer(subnet, L.WEIGHTS_START), i));
  const oldLength = load<i32>(subnets.at32(subnets.pointer(subnet, L.WEIGHTS_LENGTH), i));
  const oldUids = subnets.at16(subnets.pointer(subnet, L.WEIGHTS_UIDS), oldStart);
  const sameUids = oldLength == length && memory.compare(oldUids, stage, bytes) == 0;
  const start = subnets.resizeRow(subnet, L.WEIGHTS_START, i, length);
  memory.copy(subnets.at16(subnets.pointer(subnet, L.WEIGHTS_UIDS), start), stage, bytes);
  memory.copy(subnets.at16(subnets.pointer(subnet, L.WEIGHTS_VALUES), start), stage + bytes, bytes);
  if (panels.block == 0) return;
  if (!sameUids || !updateRow(subnet, panels, i)) freePanels(panels);
}

/** Runs one epoch, on the fast path where it can. @returns 2 if it could, 1 if the plain path ran */
export function step(handle: Handle): i32 {
  const fast = fastEpoch(handle.subnet, handle.panels, EMISSION);
  if (!fast) scalarEpoch(handle.subnet);
  handle.lastPath = fast ? FAST : SCALAR;
  return handle.lastPath;
}

/** Runs the first parts of an epoch, 1 to 5 of them, on the fast path; its results are not for reading. */
export function stepParts(handle: Handle, parts: i32): bool {
  handle.lastPath = NOT_YET;
  return fastEpoch(handle.subnet, handle.panels, parts);
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

/** Strips and pairs that the fast path did again in integers, since the instance was made. */
export function redoneStrips(): u32 {
  return redone;
}
export function redonePairs(): u32 {
  return pairs;
}
export * from "./economy/coinbase";

// Single operations, so that each can be checked by itself.
export { safeExponential } from "./exponential";
export { divide, fromProportion, multiply, safeDivide, toProportion, toRao } from "./fixed";
export { divideStrip, setDivisor, setMaxima, upscaleStrip } from "./fast/divide";
export * from "./economy/floors";
