// New bonds from places back to rows, in order of uids, as the chain stores them (spec/epoch.md 9).
import * as L from "../layout";
import { at16, at32, neurons, pointer } from "../subnet";
import { LANES, Panels } from "./panels";

/** Entries of the new bond arena that may be touched. */
export function bondsCapacity(n: i32, panels: Panels): i32 {
  return panels.packed ? panels.entries : panels.liveRows * panels.panels * LANES;
}

/** Empties the new bond rows. Those without a new permit stay empty, in the panels as well. */
export function beginBonds(subnet: usize, panels: Panels): void {
  const starts = pointer(subnet, L.NEW_BONDS_START);
  memory.fill(pointer(subnet, L.NEW_BONDS_LENGTH), 0, usize(neurons(subnet)) * 4);
  for (let row = 0; row < panels.liveRows; row++)
    store<i32>(at32(starts, i32(load<u16>(at16(panels.uidOfRow, row)))), load<i32>(at32(panels.bondStarts, row)));
}

/** Appends a dense panel's 16 columns to all rows: mostly a whole slot at once. */
export function appendPanel(subnet: usize, panels: Panels, p: i32): void {
  const uids = pointer(subnet, L.NEW_BONDS_UIDS);
  const values = pointer(subnet, L.NEW_BONDS_VALUES);
  const starts = pointer(subnet, L.NEW_BONDS_START);
  const lengths = pointer(subnet, L.NEW_BONDS_LENGTH);
  const permits = pointer(subnet, L.NEW_VALIDATOR_PERMIT);
  const low = i16x8.add(i16x8.splat(i16(p * LANES)), i16x8(0, 1, 2, 3, 4, 5, 6, 7));
  const high = i16x8.add(low, i16x8.splat(8));
  const rows = panels.liveRows;
  const uidOfRow = panels.uidOfRow;
  let kept = panels.keptBonds + usize(p) * usize(panels.liveRows) * LANES;
  let bonds = panels.newBonds + usize(p) * usize(panels.liveRows) * LANES * 2;
  for (let row = 0; row < rows; row++, kept += LANES, bonds += LANES * 2) {
    let mask = i8x16.bitmask(v128.load(kept));
    const i = i32(load<u16>(at16(uidOfRow, row)));
    if (load<u8>(permits + usize(i)) == 0) memory.fill(bonds, 0, LANES * 2);
    if (mask == 0 || load<u8>(permits + usize(i)) == 0) continue;
    const length = load<i32>(at32(lengths, i));
    const end = load<i32>(at32(starts, i)) + length;
    if (mask == 0xffff) {
      v128.store(at16(uids, end), low);
      v128.store(at16(uids, end), high, 16);
      v128.store(at16(values, end), v128.load(bonds));
      v128.store(at16(values, end), v128.load(bonds, 16), 16);
      store<i32>(at32(lengths, i), length + LANES);
      continue;
    }
    let count = 0;
    for (; mask != 0; mask &= mask - 1, count++) {
      const lane = ctz(mask);
      store<u16>(at16(uids, end + count), u16(p * LANES + lane));
      store<u16>(at16(values, end + count), load<u16>(at16(bonds, lane)));
    }
    store<i32>(at32(lengths, i), length + count);
  }
}
