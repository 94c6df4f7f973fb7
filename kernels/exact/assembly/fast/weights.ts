// Normalised weights of all places: masks, row sums, and the multiplication that stands for the division.
import * as L from "../layout";
import { at16, at32, at64, hasPermit, neurons, parameter, pointer } from "../subnet";
import { doublesToWords, reciprocalAbove } from "./lanes";
import { normalisePackedPanel } from "./packed";
import { LANES, listColumn, listEnd, listPlace, listStart, NONE, Panels } from "./panels";

// How a row was masked when W was made.
const SILENT: u8 = 1;
const WHOLE: u8 = 2;
const PARTLY_MASKED: u8 = 3;

/** Brings W up to date: all of it when a row's weights or masks changed, nothing otherwise. */
export function normaliseWeights(subnet: usize, panels: Panels): void {
  if (!prepareRows(subnet, panels) && panels.normalised) return;
  for (let p = 0; p < panels.panels; p++)
    if (load<u8>(panels.occupied + usize(p)) != 0) normalisePanel(panels, p);
  for (let row = 0; row < panels.liveRows; row++)
    if (load<u8>(panels.rowStates + usize(row)) == PARTLY_MASKED) clearMasked(subnet, panels, row);
  panels.normalised = true;
}

/** The block of the latest registration in the subnet. */
export let latestRegistration: u64 = 0;

function findLatestRegistration(subnet: usize): void {
  const n = neurons(subnet);
  const registered = pointer(subnet, L.BLOCK_AT_REGISTRATION);
  // Two at a time, and unsigned: with their highest bits turned over, signed comparisons tell which is later.
  const flip = i64x2.splat(i64.MIN_VALUE);
  let latest = flip;
  let uid = 0;
  for (; uid + 2 <= n; uid += 2) {
    const blocks = v128.xor(v128.load(at64(registered, uid)), flip);
    latest = v128.bitselect(blocks, latest, i64x2.gt_s(blocks, latest));
  }
  latest = v128.xor(latest, flip);
  latestRegistration = max<u64>(i64x2.extract_lane(latest, 0), i64x2.extract_lane(latest, 1));
  if (uid < n) latestRegistration = max<u64>(latestRegistration, load<u64>(at64(registered, uid)));
}

/** Finds each row's mask state and reciprocal. @returns true if W of some row may differ from last time */
function prepareRows(subnet: usize, panels: Panels): bool {
  const commitBlocks = pointer(subnet, L.COMMIT_BLOCKS);
  const lastUpdates = pointer(subnet, L.LAST_UPDATE);
  const commits = parameter(subnet, L.COMMIT_REVEAL) != 0;
  findLatestRegistration(subnet);
  const latest = latestRegistration;
  let changed = false;
  for (let row = 0; row < panels.liveRows; row++) {
    const i = i32(load<u16>(at16(panels.uidOfRow, row)));
    let state = WHOLE;
    if (!hasPermit(subnet, i, panels.owner)) state = SILENT;
    else if (load<u64>(at64(lastUpdates, i)) <= latest || (commits && load<u64>(at64(commitBlocks, i)) < latest))
      state = PARTLY_MASKED;
    const at = panels.rowStates + usize(row);
    if (load<u8>(at) == state && state != PARTLY_MASKED && panels.normalised) continue;
    changed = true;
    store<u8>(at, state);
    let sum = load<u32>(at32(panels.storedSums, row));
    let count = load<i32>(at32(panels.storedCounts, row));
    if (state == PARTLY_MASKED) {
      sumUnmasked(subnet, panels, row);
      sum = unmaskedSum;
      count = unmaskedCount;
    }
    let single = NONE;
    let reciprocal: f64 = 0;
    if (state != SILENT && count == 1) single = onlyColumn(subnet, panels, row);
    else if (state != SILENT && count > 1) reciprocal = reciprocalAbove(f64(sum));
    store<u16>(at16(panels.singleColumns, row), u16(single));
    store<f64>(panels.reciprocals + (usize(row) << 4), reciprocal);
    store<f64>(panels.reciprocals + (usize(row) << 4), reciprocal, 8);
  }
  return changed;
}

/** True if the blocks of row uid i and column j remove the entry: outdated, or committed before the registration. */
// @ts-ignore: decorator
@inline
function isMasked(subnet: usize, i: i32, j: i32): bool {
  const registration = load<u64>(at64(pointer(subnet, L.BLOCK_AT_REGISTRATION), j));
  if (load<u64>(at64(pointer(subnet, L.LAST_UPDATE), i)) <= registration) return true;
  if (parameter(subnet, L.COMMIT_REVEAL) == 0) return false;
  return load<u64>(at64(pointer(subnet, L.COMMIT_BLOCKS), i)) < registration;
}

let unmaskedSum: u32 = 0;
let unmaskedCount: i32 = 0;

function sumUnmasked(subnet: usize, panels: Panels, row: i32): void {
  const i = i32(load<u16>(at16(panels.uidOfRow, row)));
  unmaskedSum = 0;
  unmaskedCount = 0;
  for (let w = 0; w < panels.windows; w++)
    for (let k = listStart(panels, w, row), end = listEnd(panels, w, row, neurons(subnet)); k < end; k++) {
      const weight = load<u16>(at16(panels.weights, listPlace(panels, row, k)));
      if (weight == 0 || isMasked(subnet, i, listColumn(panels, k))) continue;
      unmaskedSum += weight;
      unmaskedCount++;
    }
}

/** The column of the only entry that is not 0 and not masked. */
function onlyColumn(subnet: usize, panels: Panels, row: i32): i32 {
  const i = i32(load<u16>(at16(panels.uidOfRow, row)));
  for (let w = 0; w < panels.windows; w++)
    for (let k = listStart(panels, w, row), end = listEnd(panels, w, row, neurons(subnet)); k < end; k++) {
      const j = listColumn(panels, k);
      if (load<u16>(at16(panels.weights, listPlace(panels, row, k))) != 0 && !isMasked(subnet, i, j)) return j;
    }
  return NONE;
}

function clearMasked(subnet: usize, panels: Panels, row: i32): void {
  const i = i32(load<u16>(at16(panels.uidOfRow, row)));
  for (let w = 0; w < panels.windows; w++)
    for (let k = listStart(panels, w, row), end = listEnd(panels, w, row, neurons(subnet)); k < end; k++)
      if (isMasked(subnet, i, listColumn(panels, k)))
        store<u32>(at32(panels.normalisedWeights, listPlace(panels, row, k)), 0);
}

/**
 * W = floor(w * 2^32 / sum) = floor(w * r) with r slightly above 2^32 / sum. With w < 2^16 the true quotient q is
 * below 2^48 / sum, so the relative error of r and of the product, less than 2^-51 together, is less than
 * 2^-3 / sum; q is a multiple of 1 / sum, so nothing passes the next whole number. A row with a single weight (W = 1.0,
 * which no u32 holds) has r = 0 here and is known by its column.
 */
function normalisePanel(panels: Panels, p: i32): void {
  const first = usize(load<u32>(at32(panels.slotStarts, p)));
  const end = usize(load<u32>(at32(panels.slotStarts, p + 1)));
  if (panels.packed) return normalisePackedPanel(panels, first * LANES, end * LANES);
  let weights = panels.weights + first * LANES * 2;
  let out = panels.normalisedWeights + first * LANES * 4;
  let reciprocals = panels.reciprocals;
  for (let slot = first; slot < end; slot++) {
    const reciprocal = v128.load(reciprocals);
    v128.store(out, timesReciprocal(v128.load_ext<u16>(weights), reciprocal));
    v128.store(out, timesReciprocal(v128.load_ext<u16>(weights, 8), reciprocal), 16);
    v128.store(out, timesReciprocal(v128.load_ext<u16>(weights, 16), reciprocal), 32);
    v128.store(out, timesReciprocal(v128.load_ext<u16>(weights, 24), reciprocal), 48);
    weights += LANES * 2;
    out += LANES * 4;
    reciprocals += 16;
  }
}

// @ts-ignore: decorator
@inline
function timesReciprocal(words: v128, reciprocal: v128): v128 {
  const low = f64x2.convert_low_i32x4_s(words);
  const high = f64x2.convert_low_i32x4_s(v128.shuffle<u64>(words, words, 1, 0));
  return doublesToWords(f64x2.floor(f64x2.mul(low, reciprocal)), f64x2.floor(f64x2.mul(high, reciprocal)));
}
