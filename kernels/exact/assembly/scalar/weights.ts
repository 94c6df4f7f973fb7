// From stored weights to normalised rows: masks, then each row divided by its sum (spec/epoch.md 5).
import * as L from "../layout";
import { safeDivide } from "../fixed";
import { endRow, entryUid, entryValue, Rows, rowStart, setEntry, setEntryValue } from "../rows";
import { at16, at32, at64, hasPermit, neurons, parameter, pointer } from "../subnet";

/** Fills `weights` with W. Rows without a permit are empty; masked entries are gone; explicit zeros stay. */
export function normaliseWeights(subnet: usize, weights: Rows): void {
  const n = neurons(subnet);
  const owner = i32(parameter(subnet, L.OWNER_UID));
  let end = 0;
  for (let i = 0; i < n; i++) {
    const start = end;
    if (hasPermit(subnet, i, owner)) end = keepUnmasked(subnet, i, owner, weights, start);
    endRow(weights, i, end);
    normaliseRow(weights, start, end);
  }
}

/** Appends the entries of row i that no mask removes, as whole numbers. @returns the end of the row */
function keepUnmasked(subnet: usize, i: i32, owner: i32, weights: Rows, end: i32): i32 {
  const n = neurons(subnet);
  const registered = pointer(subnet, L.BLOCK_AT_REGISTRATION);
  const lastUpdate = load<u64>(at64(pointer(subnet, L.LAST_UPDATE), i));
  const commits = parameter(subnet, L.COMMIT_REVEAL) != 0;
  const commitBlock = commits ? load<u64>(at64(pointer(subnet, L.COMMIT_BLOCKS), i)) : u64.MAX_VALUE;
  const first = load<i32>(at32(pointer(subnet, L.WEIGHTS_START), i));
  const last = first + load<i32>(at32(pointer(subnet, L.WEIGHTS_LENGTH), i));
  for (let k = first; k < last; k++) {
    const j = i32(load<u16>(at16(pointer(subnet, L.WEIGHTS_UIDS), k)));
    if (j >= n || (j == i && i != owner)) continue;
    const registration = load<u64>(at64(registered, j));
    if (lastUpdate <= registration || commitBlock < registration) continue;
    setEntry(weights, end++, j, i64(load<u16>(at16(pointer(subnet, L.WEIGHTS_VALUES), k))) << 32);
  }
  return end;
}

function normaliseRow(weights: Rows, start: i32, end: i32): void {
  let sum: i64 = 0;
  for (let k = start; k < end; k++) sum += entryValue(weights, k);
  if (sum == 0) return;
  for (let k = start; k < end; k++) {
    const value = entryValue(weights, k);
    // Both are whole numbers below 2^32 except when tens of thousands of entries wrap the sum.
    if (sum > 0) setEntryValue(weights, k, i64(u64(value) / u64(sum >> 32)));
    else setEntryValue(weights, k, safeDivide(value, sum));
  }
}
