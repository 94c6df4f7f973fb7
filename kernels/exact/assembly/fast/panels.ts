// How the fast path keeps a subnet's rows: in panels of 16 columns. A panel is a list of slots; a slot holds 16 lanes,
// one entry (validator, miner) each. In a *dense* subnet slot s of every panel belongs to live row s. In a *packed*
// subnet a lane lists only the entries that its column has, and columns of similar length share a panel, so that sparse
// rows cost what they hold. An entry has a place if its row has a weight or a stored bond for its column.
//
// What a row gets back (trust, dividends, bonds) is gathered over its places in order of columns. So that these are
// still in the cache, columns are packed in *windows* of neighbours: a window is computed, then walked by rows.
import * as L from "../layout";
import { at16, at32, hasPermit, parameter, pointer } from "../subnet";

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
  /** Panels of a window, and the number of windows; the last may be shorter. A dense subnet is one window. */
  windowPanels: i32;
  windows: i32;
  slots: i32;
  /** Slots of the longest panel. */
  depth: i32;
  /** Entries that hold a place. */
  entries: i32;
  zeroWeights: i32;
  /** Rows were updated since the explicit zeros were listed. */
  zerosStale: bool;
  /** u16 per dormant row, one that would take part with a permit: its uid. */
  dormantRows: usize;
  dormant: i32;
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
  /** u32 per live row: where its new bonds start in their arena. */
  bondStarts: usize;
  /**
   * The lists of a packed subnet: u32 per window and live row, and the end, where its list starts; then per entry u32
   * place and u16 column, in order of columns.
   */
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

/** True if a row takes part that has no place yet, since it got a permit, or the owner changed. */
export function isOutgrown(subnet: usize, panels: Panels): bool {
  const owner = i32(parameter(subnet, L.OWNER_UID));
  if (panels.owner != owner) return true;
  for (let k = 0; k < panels.dormant; k++)
    if (hasPermit(subnet, i32(load<u16>(at16(panels.dormantRows, k))), owner)) return true;
  return false;
}

/** Where the list of a row within window w starts and ends; in a dense subnet it is every column. */
// @ts-ignore: decorator
@inline
export function listStart(panels: Panels, w: i32, row: i32): i32 {
  return panels.packed ? load<i32>(at32(panels.rowStarts, w * panels.liveRows + row)) : 0;
}
// @ts-ignore: decorator
@inline
export function listEnd(panels: Panels, w: i32, row: i32, n: i32): i32 {
  return panels.packed ? load<i32>(at32(panels.rowStarts, w * panels.liveRows + row + 1)) : n;
}
/** Column and place of an element of such a list. */
// @ts-ignore: decorator
@inline
export function listColumn(panels: Panels, k: i32): i32 {
  return panels.packed ? i32(load<u16>(at16(panels.rowColumns, k))) : k;
}
// @ts-ignore: decorator
@inline
export function listPlace(panels: Panels, row: i32, k: i32): i32 {
  if (panels.packed) return load<i32>(at32(panels.rowPlaces, k));
  return (k / LANES) * panels.liveRows * LANES + row * LANES + (k % LANES);
}
