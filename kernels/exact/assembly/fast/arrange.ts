// Lays out the stored rows of a subnet in panels, dense or packed.
import * as L from "../layout";
import { at16, at32, neurons, parameter, pointer } from "../subnet";
import { freePanels, isLive, LANES, listColumn, listPlace, listStart, NONE, Panels } from "./panels";
import { copyRun, findRun, runEnd, runStart } from "./runs";

/** Percent of the places of a dense layout below which rows are packed. */
const PACK_PERCENT: i64 = 70;
/** Entries of a window: few enough that they are in the second-level cache when its rows are walked. */
const WINDOW_ENTRIES: i32 = 32768;

let next: usize = 0;
let place: usize = 0;
/** Measures while `place` is 0, hands out addresses otherwise. */
function take(bytes: usize): usize {
  const address = place + next;
  next += (bytes + 63) & ~63;
  return address;
}

// Working columns, one u32 per uid: marks of the row that is looked at, entries, next free places, the order in which
// columns are laid out, places in the row that is laid out; per length where its columns start; and by how much the
// number of entries changes from the column before, by the rows that are counted as intervals.
let marks: usize = 0;
let columnCounts: usize = 0;
let lanes: usize = 0;
let order: usize = 0;
let places: usize = 0;
let lengthStarts: usize = 0;
let changes: usize = 0;

/** Lays out the stored rows afresh. */
export function buildPanels(subnet: usize, panels: Panels): void {
  const n = neurons(subnet);
  freePanels(panels);
  panels.normalised = false;
  panels.zerosStale = false;
  panels.owner = i32(parameter(subnet, L.OWNER_UID));
  const scratch = heap.alloc(usize(n + 1) * 28 + 32);
  marks = scratch;
  columnCounts = marks + usize(n + 1) * 4;
  lanes = columnCounts + usize(n + 1) * 4;
  order = lanes + usize(n + 1) * 4;
  places = order + usize(n + 1) * 4;
  changes = places + usize(n + 1) * 4;
  lengthStarts = changes + usize(n + 1) * 4;
  memory.fill(scratch, 0, usize(n + 1) * 28 + 32);
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

// @ts-ignore: decorator
@inline
function hasWeights(subnet: usize, i: i32): bool {
  return load<u32>(at32(pointer(subnet, L.WEIGHTS_LENGTH), i)) != 0;
}

/** Counts live rows, entries per column and explicit zeros; finds duplicates and unsorted rows. */
function countEntries(subnet: usize, panels: Panels): void {
  const n = neurons(subnet);
  const owner = panels.owner;
  let live = 0;
  let entries = 0;
  let zeros = 0;
  let dormant = 0;
  panels.duplicates = false;
  panels.unsorted = false;
  for (let i = 0; i < n; i++) {
    if (!isLive(subnet, i, owner)) {
      dormant += i32(hasWeights(subnet, i));
      continue;
    }
    live++;
    const united = countRuns(subnet, i, owner);
    if (united >= 0) {
      entries += united;
      continue;
    }
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
  for (let j = 0, change = 0; j < n; j++) {
    change += load<i32>(at32(changes, j));
    store<i32>(at32(columnCounts, j), load<i32>(at32(columnCounts, j)) + change);
  }
  panels.liveRows = live;
  panels.dormant = dormant;
  panels.entries = entries;
  panels.zeroWeights = zeros;
}

/** Counts a row whose weights and bonds are intervals of columns. @returns its entries, or -1 if they are not */
function countRuns(subnet: usize, i: i32, owner: i32): i32 {
  if (!findRun(subnet, L.WEIGHTS_START, i, owner)) return -1;
  const start = runStart;
  const end = runEnd;
  if (!findRun(subnet, L.BONDS_START, i, owner)) return -1;
  if (max(start, runStart) > min(end, runEnd)) return countInterval(start, end) + countInterval(runStart, runEnd);
  if (start == end) return countInterval(runStart, runEnd);
  if (runStart == runEnd) return countInterval(start, end);
  return countInterval(min(start, runStart), max(end, runEnd));
}

function countInterval(start: i32, end: i32): i32 {
  store<i32>(at32(changes, start), load<i32>(at32(changes, start)) + 1);
  store<i32>(at32(changes, end), load<i32>(at32(changes, end)) - 1);
  return end - start;
}

/** Places that a dense layout works on: those of panels in which some column has an entry. */
function densePlaces(n: i32, panels: Panels): i64 {
  let occupied = 0;
  for (let first = 0; first < n; first += LANES) {
    let entries = 0;
    for (let j = first; j < min(first + LANES, n); j++) entries |= load<i32>(at32(columnCounts, j));
    occupied += i32(entries != 0);
  }
  return i64(occupied) * i64(panels.liveRows) * LANES;
}

/**
 * Packs when less than 70 % of the places of a dense layout would be used: there a place of either layout costs about
 * the same.
 */
function chooseLayout(n: i32, panels: Panels): void {
  panels.panels = (n + LANES - 1) / LANES;
  panels.packed = i64(panels.entries) * 100 < densePlaces(n, panels) * PACK_PERCENT;
  for (let j = 0; j < n; j++) store<i32>(at32(order, j), j);
  if (!panels.packed) {
    panels.windows = 1;
    panels.windowPanels = panels.panels;
    panels.slots = panels.panels * panels.liveRows;
    panels.depth = panels.liveRows;
    return;
  }
  const windows = min(panels.panels, 1 + panels.entries / WINDOW_ENTRIES);
  panels.windowPanels = (panels.panels + windows - 1) / windows;
  panels.windows = (panels.panels + panels.windowPanels - 1) / panels.windowPanels;
  const columns = panels.windowPanels * LANES;
  for (let first = 0; first < n; first += columns) sortByLength(panels.liveRows, first, min(first + columns, n));
  panels.slots = 0;
  panels.depth = 0;
  for (let p = 0; p < panels.panels; p++) {
    panels.slots += panelDepth(panels, p);
    panels.depth = max(panels.depth, panelDepth(panels, p));
  }
}

/** Orders columns `first` to `end` by length: a counting sort, longest first; equal lengths stay in order. */
function sortByLength(live: i32, first: i32, end: i32): void {
  memory.fill(lengthStarts, 0, usize(live + 2) * 4);
  for (let j = first; j < end; j++) bump(lengthStarts, live - load<i32>(at32(columnCounts, j)) + 1);
  store<i32>(lengthStarts, first);
  for (let k = 0; k <= live; k++)
    store<i32>(at32(lengthStarts, k + 1), load<i32>(at32(lengthStarts, k + 1)) + load<i32>(at32(lengthStarts, k)));
  for (let j = first; j < end; j++)
    store<i32>(at32(order, bump(lengthStarts, live - load<i32>(at32(columnCounts, j)))), j);
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
  panels.bondStarts = take((live + 1) * 4);
  panels.dormantRows = take(usize(panels.dormant) * 2);
  panels.rowStarts = take(panels.packed ? (live * usize(panels.windows) + 1) * 4 : 0);
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
  const allPlaces = panels.slots * LANES;
  if (panels.packed) for (let k = 0; k < allPlaces; k++) store<u16>(at16(panels.rowOfPlace, k), u16(panels.liveRows));
}

/** Gives every entry its place and copies the stored values there. */
function placeEntries(subnet: usize, panels: Panels): void {
  const n = neurons(subnet);
  const owner = panels.owner;
  memory.fill(marks, 0xff, usize(n) * 4);
  let row = 0;
  let dormant = 0;
  let zeros = 0;
  for (let i = 0; i < n; i++) {
    if (!isLive(subnet, i, owner)) {
      if (hasWeights(subnet, i)) store<u16>(at16(panels.dormantRows, dormant++), u16(i));
      continue;
    }
    store<u16>(at16(panels.uidOfRow, row), u16(i));
    store<u16>(at16(panels.rowOfUid, i), u16(row));
    if (!panels.packed) store<i32>(at32(panels.bondStarts, row), row * panels.panels * LANES);
    let sum: u32 = 0;
    let count = 0;
    for (let set = 0; set < 2; set++) {
      const directory = set == 0 ? L.WEIGHTS_START : L.BONDS_START;
      const target = set == 0 ? panels.weights : panels.bonds;
      const start = load<u32>(at32(pointer(subnet, directory), i));
      const end = start + load<u32>(at32(pointer(subnet, directory + 1), i));
      const uids = pointer(subnet, directory + 2);
      const values = pointer(subnet, directory + 3);
      if (!panels.packed && findRun(subnet, directory, i, owner)) {
        const sumOfRun = copyRun(panels, at16(values, start), row, target);
        if (set == 0) {
          sum = sumOfRun;
          count = runEnd - runStart;
        }
        continue;
      }
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

/** Lists the places of each row, window by window: a walk over its columns appends to every row in their order. */
function listRowsOfPacked(n: i32, panels: Panels): void {
  const live = panels.liveRows;
  const columns = panels.windowPanels * LANES;
  let end = 0;
  for (let w = 0; w < panels.windows; w++) {
    const starts = at32(panels.rowStarts, w * live);
    const firstColumn = w * columns;
    const lastColumn = min(firstColumn + columns, n);
    for (let j = firstColumn; j < lastColumn; j++)
      for (let k = firstPlace(panels, j), last = k + load<i32>(at32(columnCounts, j)) * LANES; k < last; k += LANES)
        bump(starts, i32(load<u16>(at16(panels.rowOfPlace, k))));
    // Counts become ends; the walk goes backwards and leaves starts.
    for (let row = 0; row < live; row++) {
      const count = load<i32>(at32(starts, row));
      end += count;
      store<i32>(at32(starts, row), end);
      bumpBy(panels.bondStarts, row + 1, count);
    }
    for (let j = lastColumn - 1; j >= firstColumn; j--)
      for (let k = firstPlace(panels, j), last = k + load<i32>(at32(columnCounts, j)) * LANES; k < last; k += LANES) {
        const start = at32(starts, i32(load<u16>(at16(panels.rowOfPlace, k))));
        const at = load<i32>(start) - 1;
        store<i32>(start, at);
        store<i32>(at32(panels.rowPlaces, at), k);
        store<u16>(at16(panels.rowColumns, at), u16(j));
      }
  }
  store<i32>(at32(panels.rowStarts, panels.windows * live), end);
  for (let row = 0; row < live; row++) bumpBy(panels.bondStarts, row + 1, load<i32>(at32(panels.bondStarts, row)));
}

// @ts-ignore: decorator
@inline
function bumpBy(base: usize, index: i32, amount: i32): void {
  store<i32>(at32(base, index), load<i32>(at32(base, index)) + amount);
}

/** The first place of column j. */
function firstPlace(panels: Panels, j: i32): i32 {
  const lane = i32(load<u16>(at16(panels.laneOfColumn, j)));
  return load<i32>(at32(panels.slotStarts, lane / LANES)) * LANES + (lane % LANES);
}

/**
 * Row i of the weights names the same uids as before: its new values go to their places. A row without a place
 * needs none until it is live, and then everything is laid out afresh.
 * @returns false if the places cannot be found: a packed layout knows them in order of columns only
 */
export function updateRow(subnet: usize, panels: Panels, i: i32): bool {
  const row = i32(load<u16>(at16(panels.rowOfUid, i)));
  if (row == NONE) return true;
  if (panels.packed && panels.unsorted) return false;
  panels.zerosStale = true;
  // No state that a row can have: its W is made again.
  store<u8>(panels.rowStates + usize(row), 0);
  const n = neurons(subnet);
  const start = load<u32>(at32(pointer(subnet, L.WEIGHTS_START), i));
  const end = start + load<u32>(at32(pointer(subnet, L.WEIGHTS_LENGTH), i));
  if (!panels.packed && findRun(subnet, L.WEIGHTS_START, i, panels.owner)) {
    const values = at16(pointer(subnet, L.WEIGHTS_VALUES), start);
    store<u32>(at32(panels.storedSums, row), copyRun(panels, values, row, panels.weights));
    store<i32>(at32(panels.storedCounts, row), runEnd - runStart);
    return true;
  }
  let sum: u32 = 0;
  let count = 0;
  let window = -1;
  let listed = 0;
  for (let k = start; k < end; k++) {
    const j = i32(load<u16>(at16(pointer(subnet, L.WEIGHTS_UIDS), k)));
    if (j >= n || (j == i && i != panels.owner)) continue;
    let at = j;
    if (panels.packed) {
      const windowOfColumn = j / (panels.windowPanels * LANES);
      if (windowOfColumn != window) {
        window = windowOfColumn;
        listed = listStart(panels, window, row);
      }
      while (listColumn(panels, listed) != j) listed++;
      at = listed;
    }
    const value = load<u16>(at16(pointer(subnet, L.WEIGHTS_VALUES), k));
    store<u16>(at16(panels.weights, listPlace(panels, row, at)), value);
    sum += value;
    count += i32(value != 0);
  }
  store<u32>(at32(panels.storedSums, row), sum);
  store<i32>(at32(panels.storedCounts, row), count);
  return true;
}
