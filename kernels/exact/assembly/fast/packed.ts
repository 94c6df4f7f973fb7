// What a packed layout does per place instead of per slot. Its lanes belong to any rows, so what a row has (stake,
// reciprocal) is gathered for each place, and what a row gets (trust, dividends, bonds) is added up over its own list
// of places, in one walk.
import * as L from "../layout";
import { at16, at32, at64, pointer } from "../subnet";
import { INCENTIVE } from "./bonds";
import * as columns from "./columns";
import { doublesToWords, multiplyLanes } from "./lanes";
import { LANES, listEnd, listStart, Panels } from "./panels";

/** Two 64-bit elements of a table. */
// @ts-ignore: decorator
@inline
function gatherPair(table: usize, first: usize, second: usize): v128 {
  return v128.load_lane<u64>(table + (second << 3), v128.load_zero<u64>(table + (first << 3)), 1);
}

/** Spreads voting and active stakes of the rows over the places of panel p, four at a time. */
export function spreadStakes(panels: Panels, p: i32): void {
  const first = usize(load<u32>(at32(panels.slotStarts, p))) * LANES;
  const places = usize(load<u32>(at32(panels.slotStarts, p + 1))) * LANES - first;
  const stakes = columns.stakePairs;
  let rows = panels.rowOfPlace + (first << 1);
  let votingOut = columns.panelVotingLanes;
  let stakesOut = columns.panelStakeLanes;
  for (const end = rows + (places << 1); rows < end; rows += 8) {
    const low = gatherPair(stakes, load<u16>(rows), load<u16>(rows, 2));
    const high = gatherPair(stakes, load<u16>(rows, 4), load<u16>(rows, 6));
    v128.store(votingOut, v128.shuffle<u32>(low, high, 0, 2, 4, 6));
    v128.store(stakesOut, v128.shuffle<u32>(low, high, 1, 3, 5, 7));
    votingOut += 16;
    stakesOut += 16;
  }
}

/** W of the places from `first` to `end`: each weight times the reciprocal of its row (weights.ts has the argument). */
export function normalisePackedPanel(panels: Panels, first: usize, end: usize): void {
  const reciprocals = panels.reciprocals;
  let rows = panels.rowOfPlace + (first << 1);
  let weights = panels.weights + (first << 1);
  let out = panels.normalisedWeights + (first << 2);
  for (const last = rows + ((end - first) << 1); rows < last; rows += 8) {
    const words = v128.load_ext<u16>(weights);
    // The table of a dense layout: every reciprocal stands there twice.
    const low = gatherPair(reciprocals, usize(load<u16>(rows)) << 1, usize(load<u16>(rows, 2)) << 1);
    const high = gatherPair(reciprocals, usize(load<u16>(rows, 4)) << 1, usize(load<u16>(rows, 6)) << 1);
    const lowWords = f64x2.mul(f64x2.convert_low_i32x4_s(words), low);
    const highWords = f64x2.mul(f64x2.convert_low_i32x4_s(v128.shuffle<u64>(words, words, 1, 0)), high);
    v128.store(out, doublesToWords(f64x2.floor(lowWords), f64x2.floor(highWords)));
    weights += 8;
    out += 16;
  }
}

/**
 * Keeps what each place adds to its row: the clipped weight to trust, the share of the bonds times incentive to
 * dividends, side by side, so that a row's walk fetches both at once.
 */
export function keepAddends(panels: Panels, p: i32, weights: usize, shares: usize, slots: i32): void {
  const first = usize(load<u32>(at32(panels.slotStarts, p)));
  const consensus = columns.consensusLanes + usize(p) * LANES * 4;
  const out = columns.addends + first * LANES * 8;
  for (let lane: usize = 0; lane < 64; lane += 16)
    keepAddendsOfLanes(
      weights + lane,
      shares + lane,
      slots,
      v128.load(consensus + lane),
      v128.load(INCENTIVE + lane),
      out + 2 * lane,
    );
}

function keepAddendsOfLanes(weights: usize, shares: usize, slots: i32, limit: v128, incentive: v128, out: usize): void {
  for (let slot = 0; slot < slots; slot++) {
    const clipped = i32x4.min_u(v128.load(weights), limit);
    const product = multiplyLanes(v128.load(shares), incentive);
    v128.store(out, v128.shuffle<u32>(clipped, product, 0, 4, 1, 5));
    v128.store(out, v128.shuffle<u32>(clipped, product, 2, 6, 3, 7), 16);
    weights += LANES * 4;
    shares += LANES * 4;
    out += LANES * 8;
  }
}

/** Adds window w to trust, dividends and new bonds of all rows. */
export function walkRows(subnet: usize, panels: Panels, w: i32): void {
  const permits = pointer(subnet, L.NEW_VALIDATOR_PERMIT);
  const starts = pointer(subnet, L.NEW_BONDS_START);
  const lengths = pointer(subnet, L.NEW_BONDS_LENGTH);
  for (let row = 0; row < panels.liveRows; row++) {
    const i = i32(load<u16>(at16(panels.uidOfRow, row)));
    const start = listStart(panels, w, row);
    const end = listEnd(panels, w, row, 0);
    if (load<u8>(permits + usize(i)) != 0) {
      const length = load<i32>(at32(lengths, i));
      const from = load<i32>(at32(starts, i)) + length;
      store<i32>(at32(lengths, i), length + writeBondsOfRow(subnet, panels, start, end, from));
    } else clearBondsOfRow(panels, start, end);
    const sums = sumAddends(panels, start, end);
    const trust = at64(columns.trustSums, row);
    store<u64>(trust, load<u64>(trust) + i64x2.extract_lane(sums, 0));
    const dividends = at64(columns.dividendSums, row);
    store<u64>(dividends, load<u64>(dividends) + i64x2.extract_lane(sums, 1));
  }
}

/** Sums of both addends over a row's list of places, as u64. */
function sumAddends(panels: Panels, start: i32, end: i32): v128 {
  const addends = columns.addends;
  let sums = i64x2.splat(0);
  let at = at32(panels.rowPlaces, start);
  for (const last = at32(panels.rowPlaces, end); at < last; at += 4)
    sums = i64x2.add(sums, v128.load_ext<u32>(addends + (usize(load<u32>(at)) << 3)));
  return sums;
}

/**
 * Writes the new bonds that are above 0 before they are cut to u16 behind position `from` of their arena.
 * @returns their number
 */
function writeBondsOfRow(subnet: usize, panels: Panels, start: i32, end: i32, from: i32): i32 {
  const bonds = panels.newBonds;
  const kept = panels.keptBonds;
  let uids = at16(pointer(subnet, L.NEW_BONDS_UIDS), from);
  let values = at16(pointer(subnet, L.NEW_BONDS_VALUES), from);
  let columns = at16(panels.rowColumns, start);
  let at = at32(panels.rowPlaces, start);
  const first = uids;
  for (const last = at32(panels.rowPlaces, end); at < last; at += 4) {
    const place = usize(load<u32>(at));
    store<u16>(uids, load<u16>(columns));
    store<u16>(values, load<u16>(bonds + (place << 1)));
    // The place counts if its byte is not 0: what does not is written over.
    const step = usize(load<u8>(kept + place)) & 2;
    uids += step;
    values += step;
    columns += 2;
  }
  return i32((uids - first) >> 1);
}

function clearBondsOfRow(panels: Panels, start: i32, end: i32): void {
  for (let k = start; k < end; k++) store<u16>(at16(panels.newBonds, load<i32>(at32(panels.rowPlaces, k))), 0);
}
