// Rows that name uids without a gap, as where every validator weighs every miner. They are counted as an interval and
// copied 16 columns at a time, which makes the layout of a dense subnet cheaper than its epoch.
import * as L from "../layout";
import { at16, at32, neurons, pointer } from "../subnet";
import { sumOfWords } from "./lanes";
import { LANES, Panels } from "./panels";

/** The interval of columns of the last row that `findRun` looked at. */
export let runStart: i32 = 0;
export let runEnd: i32 = 0;

/**
 * Finds the interval of columns of row i, if all of its entries count and are one: no uid out of range or out of order,
 * and among weights no entry towards the row itself and no explicit zero.
 * @param directory where the rows are: L.WEIGHTS_START or L.BONDS_START
 */
export function findRun(subnet: usize, directory: i32, i: i32, owner: i32): bool {
  const start = load<i32>(at32(pointer(subnet, directory), i));
  const length = load<i32>(at32(pointer(subnet, directory + 1), i));
  const uids = at16(pointer(subnet, directory + 2), start);
  runStart = length == 0 ? 0 : i32(load<u16>(uids));
  runEnd = runStart + length;
  if (runEnd > neurons(subnet) || !isAscending(uids, length)) return false;
  if (directory != L.WEIGHTS_START) return true;
  if (runStart <= i && i < runEnd && i != owner) return false;
  return !hasZero(at16(pointer(subnet, directory + 3), start), length);
}

/** True if each of the u16 is one more than the one before. */
function isAscending(uids: usize, length: i32): bool {
  let k = 0;
  if (length >= 8) {
    let expected = i16x8.add(i16x8.splat(i16(load<u16>(uids))), i16x8(0, 1, 2, 3, 4, 5, 6, 7));
    for (; k + 8 <= length; k += 8) {
      if (!i16x8.all_true(i16x8.eq(v128.load(at16(uids, k)), expected))) return false;
      expected = i16x8.add(expected, i16x8.splat(8));
    }
  }
  for (; k < length; k++) if (i32(load<u16>(at16(uids, k))) != i32(load<u16>(uids)) + k) return false;
  return true;
}

function hasZero(values: usize, length: i32): bool {
  let k = 0;
  for (; k + 8 <= length; k += 8) if (!i16x8.all_true(v128.load(at16(values, k)))) return true;
  for (; k < length; k++) if (load<u16>(at16(values, k)) == 0) return true;
  return false;
}

/** Copies the values of the run found last to the places of a dense row. @returns their sum */
export function copyRun(panels: Panels, values: usize, row: i32, target: usize): u32 {
  let sum: u32 = 0;
  let sums = i32x4.splat(0);
  for (let j = runStart; j < runEnd; ) {
    const lane = j % LANES;
    const place = at16(target, ((j / LANES) * panels.liveRows + row) * LANES + lane);
    const from = at16(values, j - runStart);
    if (lane == 0 && j + LANES <= runEnd) {
      const first = v128.load(from);
      const second = v128.load(from, 16);
      v128.store(place, first);
      v128.store(place, second, 16);
      sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(first));
      sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(second));
      j += LANES;
    } else {
      const value = load<u16>(from);
      store<u16>(place, value);
      sum += value;
      j++;
    }
  }
  return sum + u32(sumOfWords(sums));
}
