// How the fast path keeps a subnet's rows: in panels of 16 columns. A panel is a list of slots; a slot holds 16 lanes,
// one entry (validator, miner) each. In a *dense* subnet slot s of every panel belongs to live row s. In a *packed*
// subnet a lane lists only the entries that its column has, and columns of similar length share a panel, so that sparse
// rows cost what they hold. An entry has a place if its row has a weight or a stored bond for its column.
import * as L from "../layout";
import { at16, at32, hasPermit, neurons, parameter, pointer } from "../subnet";

/** Lanes of a panel. */
// @ts-ignore: decorator
@inline
export const LANES: i32 = 16;
/** "No such row / column." */
// @ts-ignore: decorator
@inline
export const NONE: i32 = 0xffff;

@unmanaged
export class Panels {
  /** All that follows in one block; 0 while there is none. */
  block: usize;
  packed: bool;
  /** A row names a uid twice, which a lane cannot hold. */
  duplicates: bool;
  /** A row is not in ascending order of uids, which matters to liquid alpha only. */
  unsorted: bool;
  /** Rows of W are normalised from the present weights with the masks of `rowStates`. */
  normalised: bool;
  /** The owner for whom diagonal entries were left out. */
  owner: i32;
  /** Rows that have weights and a permit, or bonds. */
  liveRows: i32;
  panels: i32;
  slots: i32;
  /** Entries that hold a place. */
  entries: i32;
  zeroWeights: i32;
  /** Rows were updated since the explicit zeros were listed. */
  zerosStale: bool;
  /** u16 per live row: its uid. */
  uidOfRow: usize;
  /** u16 per uid: its live row or NONE. */
  rowOfUid: usize;
  /** u32 per panel, and the end: its first slot. */
  slotStarts: usize;
  /** u8 per panel: 1 if some lane has an entry. */
  occupied: usize;
  /** u16 per lane of all panels: its column or NONE. */
  columnOfLane: usize;
  /** u16 per column: its lane. */
  laneOfColumn: usize;
  /** u32 per live row: the sum of its weights, and how many are not 0, without masks by blocks. */
  storedSums: usize;
  storedCounts: usize;
  /** u8 per live row: how its weights were masked when W was made. */
  rowStates: usize;
  /** f64 twice per live row: what its weights are multiplied with. */
  reciprocals: usize;
  /** u16 per live row: the only column that it weighs (W is 1.0 there) or NONE. */
  singleColumns: usize;
  /** u32 per live row and the end, then per entry u32 place and u16 column, in order of columns. */
  rowStarts: usize;
  rowPlaces: usize;
  rowColumns: usize;
  /** u32 places of explicit zero weights. */
  zeroPlaces: usize;
  /** u16 per place: stored weight, stored bond, new bond. u32 per place: W. */
  weights: usize;
  bonds: usize;
  newBonds: usize;
  normalisedWeights: usize;
  /** u8 per place: 255 if the new bond is above 0 before it is cut to u16, else 0. */
  keptBonds: usize;
  /** u16 per place of a packed subnet: its live row; `liveRows` where the lane is shorter than the panel. */
  rowOfPlace: usize;
  /** u32 per lane of all panels: the consensus of the last epoch. */
  guesses: usize;
}

let next: usize = 0;
let place: usize = 0;
/** Measures while `place` is 0, hands out addresses otherwise. */
function take(bytes: usize): usize {
  const address = place + next;
  next += (bytes + 63) & ~63;
  return address;
}

// Working columns of the builder, one u32 per uid.
let marks: usize = 0;
let columnCounts: usize = 0;
let lanes: usize = 0;
let order: usize = 0;

export function freePanels(panels: Panels): void {
  if (panels.block != 0) heap.free(panels.block);
  panels.block = 0;
}

/** True if the row of uid i takes part: it votes, or it holds bonds. */
// @ts-ignore: decorator
@inline
export function isLive(subnet: usize, i: i32, owner: i32): bool {
  if (load<u32>(at32(pointer(subnet, L.BONDS_LENGTH), i)) != 0) return true;
  return load<u32>(at32(pointer(subnet, L.WEIGHTS_LENGTH), i)) != 0 && hasPermit(subnet, i, owner);
}

/** True if a row takes part that has no place yet, or the owner changed. */
export function isOutgrown(subnet: usize, panels: Panels): bool {
  const owner = i32(parameter(subnet, L.OWNER_UID));
  if (panels.owner != owner) return true;
  const n = neurons(subnet);
  for (let i = 0; i < n; i++)
    if (i32(load<u16>(at16(panels.rowOfUid, i))) == NONE && isLive(subnet, i, owner)) return true;
  return false;
}

/** Lays out the stored rows afresh. */
export function buildPanels(subnet: usize, panels: Panels): void {
  const n = neurons(subnet);
  freePanels(panels);
  panels.normalised = false;
  panels.zerosStale = false;
  panels.owner = i32(parameter(subnet, L.OWNER_UID));
  const scratch = heap.alloc(usize(n + 1) * 20 + 16);
  marks = scratch;
  columnCounts = marks + usize(n + 1) * 4;
  lanes = columnCounts + usize(n + 1) * 4;
  order = lanes + usize(n + 1) * 4;
  memory.fill(scratch, 0, usize(n + 1) * 20);
  countEntries(subnet, panels);
  chooseLayout(n, panels);
  allocate(n, panels);
  fillColumns(n, panels);
  placeEntries(subnet, panels);
  if (panels.packed) listRowsOfPacked(n, panels);
  heap.free(scratch);
}

// @ts-ignore: decorator
@inline
function bump(base: usize, index: i32): i32 {
  const at = at32(base, index);
  const old = load<i32>(at);
  store<i32>(at, old + 1);
  return old;
}

/** Counts live rows, entries per column and explicit zeros; finds duplicates and unsorted rows. */
function countEntries(subnet: usize, panels: Panels): void {
  const n = neurons(subnet);
  const owner = panels.owner;
  let live = 0;
  let entries = 0;
  let zeros = 0;
  panels.duplicates = false;
  panels.unsorted = false;
  for (let i = 0; i < n; i++) {
    if (!isLive(subnet, i, owner)) continue;
    live++;
    // A column is marked 2 * live once row i has a weight for it, 2 * live + 1 once it has a bond as well or only.
    const mark = 2 * live;
    for (let set = 0; set < 2; set++) {
      const directory = set == 0 ? L.WEIGHTS_START : L.BONDS_START;
      const start = load<u32>(at32(pointer(subnet, directory), i));
      const end = start + load<u32>(at32(pointer(subnet, directory + 1), i));
      let previous = -1;
      for (let k = start; k < end; k++) {
        const j = i32(load<u16>(at16(pointer(subnet, directory + 2), k)));
        if (j >= n || (set == 0 && j == i && i != owner)) continue;
        if (j <= previous) panels.unsorted = true;
        previous = j;
        const seen = load<i32>(at32(marks, j));
        if (seen == mark + set) panels.duplicates = true;
        if (seen < mark) {
          entries++;
          bump(columnCounts, j);
        }
        store<i32>(at32(marks, j), mark + set);
        if (set == 0 && load<u16>(at16(pointer(subnet, L.WEIGHTS_VALUES), k)) == 0) zeros++;
      }
    }
  }
  panels.liveRows = live;
  panels.entries = entries;
  panels.zeroWeights = zeros;
}

/** Packs when less than about a third of the places of a dense layout would be used; orders columns by length then. */
function chooseLayout(n: i32, panels: Panels): void {
  panels.panels = (n + LANES - 1) / LANES;
  panels.packed = i64(panels.entries) * 3 < i64(panels.liveRows) * i64(n);
  if (!panels.packed) {
    for (let j = 0; j < n; j++) store<i32>(at32(order, j), j);
    panels.slots = panels.panels * panels.liveRows;
    return;
  }
  // Counting sort, longest first; equal lengths stay in order of columns.
  const live = panels.liveRows;
  const starts = heap.alloc(usize(live + 2) * 4);
  memory.fill(starts, 0, usize(live + 2) * 4);
  for (let j = 0; j < n; j++) bump(starts, live - load<i32>(at32(columnCounts, j)) + 1);
  for (let k = 0; k <= live; k++) store<i32>(at32(starts, k + 1), load<i32>(at32(starts, k + 1)) + load<i32>(at32(starts, k)));
  for (let j = 0; j < n; j++) store<i32>(at32(order, bump(starts, live - load<i32>(at32(columnCounts, j)))), j);
  heap.free(starts);
  panels.slots = 0;
  for (let p = 0; p < panels.panels; p++) panels.slots += panelDepth(panels, p);
}

/** Slots of panel p: the length of its longest column, which comes first. */
function panelDepth(panels: Panels, p: i32): i32 {
  if (!panels.packed) return panels.liveRows;
  return load<i32>(at32(columnCounts, load<i32>(at32(order, p * LANES))));
}

function allocate(n: i32, panels: Panels): void {
  place = 0;
  next = 0;
  assign(n, panels);
  const bytes = next;
  panels.block = heap.alloc(bytes + 64);
  place = (panels.block + 63) & ~63;
  next = 0;
  assign(n, panels);
  memory.fill(place, 0, bytes);
}

function assign(n: i32, panels: Panels): void {
  const live = usize(panels.liveRows);
  const places = usize(panels.slots) * LANES;
  const packedPlaces = panels.packed ? places : 0;
  const packedEntries = panels.packed ? usize(panels.entries) : 0;
  panels.uidOfRow = take((live + 1) * 2);
  panels.rowOfUid = take(usize(n) * 2);
  panels.slotStarts = take(usize(panels.panels + 1) * 4);
  panels.occupied = take(usize(panels.panels));
  panels.columnOfLane = take(usize(panels.panels) * LANES * 2);
  panels.laneOfColumn = take(usize(n) * 2);
  panels.storedSums = take(live * 4);
  panels.storedCounts = take(live * 4);
  panels.rowStates = take(live);
  panels.reciprocals = take((live + 1) * 16);
  panels.singleColumns = take((live + 1) * 2);
  panels.rowStarts = take((live + 1) * 4);
  panels.rowPlaces = take(packedEntries * 4);
  panels.rowColumns = take(packedEntries * 2);
  panels.zeroPlaces = take(usize(panels.zeroWeights) * 4);
  panels.weights = take(places * 2);
  panels.bonds = take(places * 2);
  panels.newBonds = take(places * 2);
  panels.normalisedWeights = take(places * 4);
  panels.keptBonds = take(places);
  panels.rowOfPlace = take(packedPlaces * 2);
  panels.guesses = take(usize(panels.panels) * LANES * 4);
}

function fillColumns(n: i32, panels: Panels): void {
  memory.fill(panels.rowOfUid, 0xff, usize(n) * 2);
  memory.fill(panels.columnOfLane, 0xff, usize(panels.panels) * LANES * 2);
  let slot = 0;
  for (let p = 0; p < panels.panels; p++) {
    store<u32>(at32(panels.slotStarts, p), slot);
    slot += panelDepth(panels, p);
  }
  store<u32>(at32(panels.slotStarts, panels.panels), slot);
  for (let k = 0; k < n; k++) {
    const j = load<i32>(at32(order, k));
    store<u16>(at16(panels.columnOfLane, k), u16(j));
    store<u16>(at16(panels.laneOfColumn, j), u16(k));
    if (load<i32>(at32(columnCounts, j)) != 0) store<u8>(panels.occupied + usize(k / LANES), 1);
    // The first place of the column; its next free one while a packed layout fills.
    store<i32>(at32(lanes, j), load<i32>(at32(panels.slotStarts, k / LANES)) * LANES + (k % LANES));
  }
  const places = panels.slots * LANES;
  if (panels.packed) for (let k = 0; k < places; k++) store<u16>(at16(panels.rowOfPlace, k), u16(panels.liveRows));
}

/** Gives every entry its place and copies the stored values there. */
function placeEntries(subnet: usize, panels: Panels): void {
  const n = neurons(subnet);
  const owner = panels.owner;
  const places = lanesOfRow(n);
  memory.fill(marks, 0xff, usize(n) * 4);
  let row = 0;
  let zeros = 0;
  for (let i = 0; i < n; i++) {
    if (!isLive(subnet, i, owner)) continue;
    store<u16>(at16(panels.uidOfRow, row), u16(i));
    store<u16>(at16(panels.rowOfUid, i), u16(row));
    let sum: u32 = 0;
    let count = 0;
    for (let set = 0; set < 2; set++) {
      const directory = set == 0 ? L.WEIGHTS_START : L.BONDS_START;
      const target = set == 0 ? panels.weights : panels.bonds;
      const start = load<u32>(at32(pointer(subnet, directory), i));
      const end = start + load<u32>(at32(pointer(subnet, directory + 1), i));
      const uids = pointer(subnet, directory + 2);
      const values = pointer(subnet, directory + 3);
      for (let k = start; k < end; k++) {
        const j = i32(load<u16>(at16(uids, k)));
        if (j >= n || (set == 0 && j == i && i != owner)) continue;
        const value = load<u16>(at16(values, k));
        let at = load<i32>(at32(lanes, j));
        if (panels.packed) {
          if (load<i32>(at32(marks, j)) == row) at = load<i32>(at32(places, j));
          else {
            store<i32>(at32(marks, j), row);
            store<i32>(at32(places, j), at);
            store<i32>(at32(lanes, j), at + LANES);
            store<u16>(at16(panels.rowOfPlace, at), u16(row));
          }
        } else at += row * LANES;
        store<u16>(at16(target, at), value);
        if (set == 1) continue;
        sum += value;
        if (value != 0) count++;
        else store<i32>(at32(panels.zeroPlaces, zeros++), at);
      }
    }
    store<u32>(at32(panels.storedSums, row), sum);
    store<i32>(at32(panels.storedCounts, row), count);
    row++;
  }
}

/** The fifth working column: the place of column j in the row that is being placed. */
// @ts-ignore: decorator
@inline
function lanesOfRow(n: i32): usize {
  return order + usize(n + 1) * 4;
}

/** Lists the places of each row in order of columns: a walk over the columns appends to every row in that order. */
function listRowsOfPacked(n: i32, panels: Panels): void {
  const live = panels.liveRows;
  const starts = panels.rowStarts;
  const places = panels.slots * LANES;
  for (let k = 0; k < places; k++) {
    const row = i32(load<u16>(at16(panels.rowOfPlace, k)));
    if (row < live) bump(starts, row);
  }
  // Counts become ends; the walk goes backwards and leaves starts.
  let end = 0;
  for (let row = 0; row < live; row++) {
    end += load<i32>(at32(starts, row));
    store<i32>(at32(starts, row), end);
  }
  store<i32>(at32(starts, live), end);
  for (let j = n - 1; j >= 0; j--) {
    const lane = i32(load<u16>(at16(panels.laneOfColumn, j)));
    const first = load<i32>(at32(panels.slotStarts, lane / LANES)) * LANES + (lane % LANES);
    const last = first + load<i32>(at32(columnCounts, j)) * LANES;
    for (let k = first; k < last; k += LANES) {
      const row = i32(load<u16>(at16(panels.rowOfPlace, k)));
      const at = load<i32>(at32(starts, row)) - 1;
      store<i32>(at32(starts, row), at);
      store<i32>(at32(panels.rowPlaces, at), k);
      store<u16>(at16(panels.rowColumns, at), u16(j));
    }
  }
}

/**
 * Row i of the weights names the same uids as before: its new values go to their places, in a dense layout. A
 * row without a place needs none until it is live, and then everything is laid out afresh.
 */
export function updateRow(subnet: usize, panels: Panels, i: i32): void {
  const row = i32(load<u16>(at16(panels.rowOfUid, i)));
  if (row == NONE) return;
  const start = load<u32>(at32(pointer(subnet, L.WEIGHTS_START), i));
  const end = start + load<u32>(at32(pointer(subnet, L.WEIGHTS_LENGTH), i));
  let sum: u32 = 0;
  let count = 0;
  for (let k = start; k < end; k++) {
    const j = i32(load<u16>(at16(pointer(subnet, L.WEIGHTS_UIDS), k)));
    if (j >= neurons(subnet) || (j == i && i != panels.owner)) continue;
    const value = load<u16>(at16(pointer(subnet, L.WEIGHTS_VALUES), k));
    const lane = i32(load<u16>(at16(panels.laneOfColumn, j)));
    const first = load<i32>(at32(panels.slotStarts, lane / LANES));
    store<u16>(at16(panels.weights, (first + row) * LANES + (lane % LANES)), value);
    sum += value;
    count += i32(value != 0);
  }
  store<u32>(at32(panels.storedSums, row), sum);
  store<i32>(at32(panels.storedCounts, row), count);
  panels.zerosStale = true;
  // No state that a row can have: its W is made again.
  store<u8>(panels.rowStates + usize(row), 0);
}
