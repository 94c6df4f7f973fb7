// A subnet's place in memory: a directory of pointers (layout.ts), its columns, its row arenas. Also the working
// memory that all subnets share, since only one epoch runs at a time.
import * as L from "./layout";

/** Alignment of every block, one vector. */
const ALIGNMENT: usize = 16;

// @ts-ignore: decorator
@inline
export function aligned(bytes: usize): usize {
  return (bytes + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
}

/** The pointer at `index` of a subnet's directory. */
// @ts-ignore: decorator
@inline
export function pointer(subnet: usize, index: i32): usize {
  return load<usize>(subnet + 16 + (usize(index) << 2));
}

// @ts-ignore: decorator
@inline
function setPointer(subnet: usize, index: i32, value: usize): void {
  store<usize>(subnet + 16 + (usize(index) << 2), value);
}

/** Number of neurons. */
// @ts-ignore: decorator
@inline
export function neurons(subnet: usize): i32 {
  return load<i32>(subnet);
}

/** One of the scalars of the epoch. */
// @ts-ignore: decorator
@inline
export function parameter(subnet: usize, index: i32): i64 {
  return load<i64>(pointer(subnet, L.PARAMETERS) + (usize(index) << 3));
}

// @ts-ignore: decorator
@inline
export function at64(base: usize, index: i32): usize {
  return base + (usize(index) << 3);
}
// @ts-ignore: decorator
@inline
export function at32(base: usize, index: i32): usize {
  return base + (usize(index) << 2);
}
// @ts-ignore: decorator
@inline
export function at16(base: usize, index: i32): usize {
  return base + (usize(index) << 1);
}

/** True if neuron `uid` counts as a validator in this epoch: the permit of the epoch before, or the owner. */
// @ts-ignore: decorator
@inline
export function hasPermit(subnet: usize, uid: i32, owner: i32): bool {
  return load<u8>(pointer(subnet, L.VALIDATOR_PERMIT) + usize(uid)) != 0 || uid == owner;
}

/** Bytes per neuron of the directory's columns, in the order of layout.ts. */
function columnBytes(index: i32): usize {
  if (index == L.VALIDATOR_PERMIT || index == L.ACTIVE || index == L.NEW_VALIDATOR_PERMIT) return 1;
  if (index >= L.STAKE_WEIGHT && index <= L.VALIDATOR_TRUST) return 2;
  if (index >= L.WEIGHTS_START) return 4;
  return 8;
}

function isEntries(index: i32): bool {
  return (
    index == L.WEIGHTS_UIDS ||
    index == L.WEIGHTS_VALUES ||
    index == L.BONDS_UIDS ||
    index == L.BONDS_VALUES ||
    index == L.NEW_BONDS_UIDS ||
    index == L.NEW_BONDS_VALUES
  );
}

/** Allocates a subnet of n neurons without rows; all columns are 0. */
export function createSubnet(n: i32): usize {
  let bytes = aligned(16 + usize(L.POINTER_COUNT) * 4) + aligned(usize(L.PARAMETER_COUNT) * 8);
  for (let index = 1; index < L.POINTER_COUNT; index++)
    if (!isEntries(index)) bytes += aligned(columnBytes(index) * usize(n));
  const subnet = heap.alloc(bytes);
  memory.fill(subnet, 0, bytes);
  store<i32>(subnet, n);
  let next = subnet + aligned(16 + usize(L.POINTER_COUNT) * 4);
  setPointer(subnet, L.PARAMETERS, next);
  next += aligned(usize(L.PARAMETER_COUNT) * 8);
  for (let index = 1; index < L.POINTER_COUNT; index++) {
    if (isEntries(index)) continue;
    setPointer(subnet, index, next);
    next += aligned(columnBytes(index) * usize(n));
  }
  return subnet;
}

export function freeSubnet(subnet: usize): void {
  freeEntries(subnet, L.WEIGHTS_UIDS);
  freeEntries(subnet, L.BONDS_UIDS);
  freeEntries(subnet, L.NEW_BONDS_UIDS);
  heap.free(subnet);
}

function freeEntries(subnet: usize, uids: i32): void {
  const block = pointer(subnet, uids);
  if (block != 0) heap.free(block - 16);
}

/** The number of entries that the arena at `uids` can hold; kept in front of it. */
export function entryCapacity(subnet: usize, uids: i32): i32 {
  const block = pointer(subnet, uids);
  return block == 0 ? 0 : load<i32>(block - 16);
}

/** Makes room for `entries` entries; what the arena held moves along. */
export function reserveEntries(subnet: usize, uids: i32, entries: i32): void {
  const old = entryCapacity(subnet, uids);
  if (entries <= old) return;
  // Half as much again, so that a growing subnet seldom moves.
  const capacity = entries + (old != 0 ? entries >> 1 : 0);
  const half = aligned(usize(capacity) * 2);
  const block = heap.alloc(16 + 2 * half) + 16;
  store<i32>(block - 16, capacity);
  if (old != 0) {
    memory.copy(block, pointer(subnet, uids), usize(old) * 2);
    memory.copy(block + half, pointer(subnet, uids + 1), usize(old) * 2);
    heap.free(pointer(subnet, uids) - 16);
  }
  setPointer(subnet, uids, block);
  setPointer(subnet, uids + 1, block + half);
}

/** The end of the last row in the arena whose row starts are at directory entry `starts`. */
function usedEntries(subnet: usize, starts: i32): i32 {
  const n = neurons(subnet);
  let end = 0;
  for (let i = 0; i < n; i++)
    end = max(end, load<i32>(at32(pointer(subnet, starts), i)) + load<i32>(at32(pointer(subnet, starts + 1), i)));
  return end;
}

/** Moves all rows together, in order of uids, to an arena that has room for half as many entries more. */
function compact(subnet: usize, starts: i32, extra: i32): void {
  const n = neurons(subnet);
  let entries = extra;
  for (let i = 0; i < n; i++) entries += load<i32>(at32(pointer(subnet, starts + 1), i));
  const capacity = entries + (entries >> 1);
  const half = aligned(usize(capacity) * 2);
  const block = heap.alloc(16 + 2 * half) + 16;
  store<i32>(block - 16, capacity);
  let end = 0;
  for (let i = 0; i < n; i++) {
    const start = at32(pointer(subnet, starts), i);
    const length = load<i32>(at32(pointer(subnet, starts + 1), i));
    memory.copy(at16(block, end), at16(pointer(subnet, starts + 2), load<i32>(start)), usize(length) * 2);
    memory.copy(at16(block + half, end), at16(pointer(subnet, starts + 3), load<i32>(start)), usize(length) * 2);
    store<i32>(start, end);
    end += length;
  }
  freeEntries(subnet, starts + 2);
  setPointer(subnet, starts + 2, block);
  setPointer(subnet, starts + 3, block + half);
}

/** Makes row i `length` entries long; what they hold is for the caller to write. @returns the row's start */
export function resizeRow(subnet: usize, starts: i32, i: i32, length: i32): i32 {
  const start = at32(pointer(subnet, starts), i);
  const stored = at32(pointer(subnet, starts + 1), i);
  if (length > load<i32>(stored)) {
    // A longer row goes behind the others, and leaves a gap that the next compaction closes.
    store<i32>(stored, 0);
    if (usedEntries(subnet, starts) + length > entryCapacity(subnet, starts + 2)) compact(subnet, starts, length);
    store<i32>(start, usedEntries(subnet, starts));
  }
  store<i32>(stored, length);
  return load<i32>(start);
}

/** The new bonds become the stored bonds: both sets of rows change places. */
export function commitBonds(subnet: usize): void {
  for (let k = 0; k < 4; k++) {
    const stored = pointer(subnet, L.BONDS_START + k);
    setPointer(subnet, L.BONDS_START + k, pointer(subnet, L.NEW_BONDS_START + k));
    setPointer(subnet, L.NEW_BONDS_START + k, stored);
  }
}

let workBlock: usize = 0;
let workSize: usize = 0;
let workUsed: usize = 0;

/** Starts an epoch's working memory afresh with room for `bytes`. Grows seldom: no allocation per epoch. */
export function beginWork(bytes: usize): void {
  if (bytes > workSize) {
    if (workBlock != 0) heap.free(workBlock);
    workBlock = heap.alloc(bytes);
    workSize = bytes;
  }
  workUsed = 0;
}

/** A piece of the working memory; its content is what an earlier epoch left. */
export function work(bytes: usize): usize {
  const block = workBlock + workUsed;
  workUsed += aligned(bytes);
  assert(workUsed <= workSize);
  return block;
}

/** A piece of the working memory, zeroed. */
export function clearedWork(bytes: usize): usize {
  const block = work(bytes);
  memory.fill(block, 0, bytes);
  return block;
}
