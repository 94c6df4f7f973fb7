// Bonds of one column, entry by entry: for columns with a value of exactly 1.0, which no u32 lane holds (the weight of a
// validator that weighs one miner only, the incentive of a miner that has all of it).
import * as L from "../layout";
import { fromProportion, multiply, ONE, safeDivide, saturatingAdd, toProportion } from "../fixed";
import { liquidAlpha } from "../scalar/liquid";
import { at16, at32, at64, pointer } from "../subnet";
import { alpha, BOND_MASK, liquid, penalty, rest, yuma3 } from "./bonds";
import * as columns from "./columns";
import { rowAt, weightAt } from "./consensus";
import { LANES, Panels } from "./panels";

/** Fills the new bonds of a column and adds its dividends to the sums of the rows. */
export function singleColumn(subnet: usize, panels: Panels, p: i32, lane: i32): void {
  const first = load<i32>(at32(panels.slotStarts, p));
  const length = columnLength(panels, first, load<i32>(at32(panels.slotStarts, p + 1)) - first, lane);
  const column = i32(load<u16>(at16(panels.columnOfLane, p * LANES + lane)));
  const place = first * LANES + lane;
  if (yuma3) averageYuma3(subnet, panels, place, lane, column, length);
  else averageOriginal(subnet, panels, place, column, lane, length);

  const incentive = load<i64>(at64(pointer(subnet, L.INCENTIVE_RAW), column));
  const sum = sumOf(columns.columnA, length);
  let largest: i64 = 0;
  for (let slot = 0; slot < length; slot++) {
    const at = at64(columns.columnA, slot);
    const share = sum == 0 ? 0 : safeDivide(load<i64>(at), sum);
    const row = at64(columns.dividendSums, rowAt(panels, place + slot * LANES));
    store<u64>(row, load<u64>(row) + u64(multiply(share, incentive)));
    store<u8>(panels.keptBonds + usize(place + slot * LANES), load<i64>(at) > 0 ? 255 : 0);
    if (!yuma3) store<i64>(at, share);
    largest = max<i64>(largest, share);
  }
  for (let slot = 0; slot < length; slot++) {
    let bond = load<i64>(at64(columns.columnA, slot));
    if (!yuma3 && largest != 0) bond = safeDivide(bond, largest);
    store<u16>(at16(panels.newBonds, place + slot * LANES), toProportion(bond));
  }
}

/** Slots that the lane uses: in a packed panel it may end before the others. */
function columnLength(panels: Panels, first: i32, slots: i32, lane: i32): i32 {
  if (!panels.packed) return slots;
  let length = 0;
  while (length < slots && rowAt(panels, (first + length) * LANES + lane) != panels.liveRows) length++;
  return length;
}

function sumOf(values: usize, length: i32): i64 {
  let sum: i64 = 0;
  for (let slot = 0; slot < length; slot++) sum = saturatingAdd(sum, load<i64>(at64(values, slot)));
  return sum;
}

/** Whether `weightForBonds` found an entry. */
let hasEntry: bool = false;

/** The weight between W and C of a place. */
function weightForBonds(panels: Panels, place: i32, column: i32, consensus: i64): i64 {
  const weight = weightAt(panels, place, rowAt(panels, place), column);
  const clipped = min<i64>(weight, consensus);
  if (penalty == 0 || penalty == ONE) {
    hasEntry = weight > 0 && (penalty == 0 || consensus > 0);
    return penalty == 0 ? weight : clipped;
  }
  const mixed = weight + multiply(penalty, clipped - weight);
  hasEntry = mixed > 0;
  return mixed;
}

function storedBond(panels: Panels, place: i32, lane: i32): u64 {
  return u64(load<u16>(at16(panels.bonds, place))) & u64(load<u32>(at32(BOND_MASK, lane)));
}

function averageYuma3(subnet: usize, panels: Panels, place: i32, lane: i32, column: i32, length: i32): void {
  const consensus = load<i64>(at64(pointer(subnet, L.CONSENSUS_RAW), column));
  for (let slot = 0; slot < length; slot++) {
    const at = place + slot * LANES;
    const weight = weightForBonds(panels, at, column, consensus);
    const bond = fromProportion(storedBond(panels, at, lane));
    let value: i64 = 0;
    if (!liquid) value = saturatingAdd(multiply(alpha, weight), multiply(rest, bond));
    else if (hasEntry) {
      const rate = liquidAlpha(weight, bond, consensus);
      value = min<i64>(saturatingAdd(multiply(ONE - rate, bond), multiply(rate, weight)), ONE);
    }
    store<i64>(at64(columns.columnA, slot), value);
  }
}

function averageOriginal(subnet: usize, panels: Panels, place: i32, column: i32, lane: i32, length: i32): void {
  const consensus = load<i64>(at64(pointer(subnet, L.CONSENSUS_RAW), column));
  for (let slot = 0; slot < length; slot++) {
    const at = place + slot * LANES;
    const stake = i64(load<u32>(at64(columns.stakePairs, rowAt(panels, at)), 4));
    store<i64>(at64(columns.columnB, slot), multiply(weightForBonds(panels, at, column, consensus), stake));
    store<i64>(at64(columns.columnC, slot), i64(storedBond(panels, at, lane) << 32));
  }
  const purchased = sumOf(columns.columnB, length);
  const held = sumOf(columns.columnC, length);
  for (let slot = 0; slot < length; slot++) {
    const purchase = purchased == 0 ? 0 : safeDivide(load<i64>(at64(columns.columnB, slot)), purchased);
    const old = held == 0 ? 0 : safeDivide(load<i64>(at64(columns.columnC, slot)), held);
    store<i64>(at64(columns.columnA, slot), saturatingAdd(multiply(alpha, purchase), multiply(rest, old)));
  }
}
