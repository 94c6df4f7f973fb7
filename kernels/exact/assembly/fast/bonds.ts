// Both bond formulas over all panels (spec/epoch.md 7), panel by panel: each panel's intermediate values stay in the
// first-level cache, and only the new bonds and the sums per row leave it.
import * as L from "../layout";
import { fromProportion, multiply, ONE, overflowed } from "../fixed";
import { firstMaskedRegistration, fixedAlpha } from "../scalar/bonds";
import { at16, at32, at64, neurons, parameter, pointer } from "../subnet";
import * as columns from "./columns";
import { divideStrip, setDivisor, setDivisors, setMaxima, STRIP, upscaleStrip } from "./divide";
import {
  doublesToWords,
  highToDoubles,
  lowToDoubles,
  multiplyLanes,
  quotientsAbove,
  sumOfWords,
  toProportionLanes,
} from "./lanes";
import { averageLiquidStrip } from "./liquid";
import { appendPanel, beginBonds } from "./output";
import { keepAddends, spreadStakes, walkRows } from "./packed";
import { LANES, Panels } from "./panels";
import { normaliseColumn } from "./shares";
import { singleColumn } from "./single";
import { latestRegistration } from "./weights";

// Per lane of a panel.
/** u32: all ones, or 0 where the stored bonds towards the column are masked. */
export const BOND_MASK: usize = memory.data(64, 16);
/** u32: incentive, 0 for lanes that are left to `singleColumn`. */
export const INCENTIVE: usize = memory.data(64, 16);
/** u32: sums of low and of high halves, which stay exact for up to 65,536 slots; and the largest value. */
export const SUM_LOW: usize = memory.data(64, 16);
export const SUM_HIGH: usize = memory.data(64, 16);
export const LARGEST: usize = memory.data(64, 16);
/** u32: sum of the stored bonds. */
const BOND_SUMS: usize = memory.data(64, 16);
/** f64 per lane of a strip: 2^32 / sum of the stored bonds, from above. */
const BOND_RECIPROCALS: usize = memory.data(64, 16);
/** u32: what weights are clipped to on their way into bonds: consensus, or all ones. */
export const LIMITS: usize = memory.data(64, 16);

/** Rates of the fixed average, raw. */
export let alpha: i64 = 0;
export let rest: i64 = 0;
export let penalty: i64 = 0;
export let yuma3: bool = false;
export let liquid: bool = false;

/** Reads the hyperparameters of the bonds. @returns false if the lanes cannot hold the rates */
export function prepareBonds(subnet: usize): bool {
  yuma3 = parameter(subnet, L.YUMA3) != 0;
  penalty = fromProportion(u64(parameter(subnet, L.BONDS_PENALTY)));
  alpha = fixedAlpha(subnet);
  rest = ONE - alpha;
  liquid = false;
  return alpha > 0 && alpha < ONE;
}

/** Whether this epoch averages with liquid alpha; known once there is a consensus. */
export function setLiquid(value: bool): void {
  liquid = value;
}

/** Fills the new bonds of all places, the new bond rows, and DIVIDENDS_RAW; trust as well in a packed subnet. */
export function computeBonds(subnet: usize, panels: Panels): void {
  firstMasked = firstMaskedRegistration(subnet);
  memory.fill(columns.rowLanes, 0, usize(panels.liveRows) * 16);
  memory.fill(columns.dividendSums, 0, usize(panels.liveRows) * 8);
  beginBonds(subnet, panels);
  for (let w = 0, p = 0; w < panels.windows; w++) {
    for (const end = min(p + panels.windowPanels, panels.panels); p < end; p++) bondsOfPanel(subnet, panels, p);
    if (panels.packed) walkRows(subnet, panels, w);
  }
  collectDividends(subnet, panels);
}

function bondsOfPanel(subnet: usize, panels: Panels, p: i32): void {
  const first = usize(load<u32>(at32(panels.slotStarts, p)));
  const slots = i32(load<u32>(at32(panels.slotStarts, p + 1)) - u32(first));
  if (load<u8>(panels.occupied + usize(p)) == 0) return;
  const bonds = panels.bonds + first * LANES * 2;
  const newBonds = panels.newBonds + first * LANES * 2;
  readColumns(subnet, panels, p);
  const allWeights = panels.normalisedWeights + first * LANES * 4;
  const weights = weightsForBonds(allWeights, slots);
  if (yuma3) {
    for (let lane = 0; lane < LANES; lane += STRIP) {
      if (liquid) averageLiquidStrip(p, weights, bonds, columns.panelB, newBonds, slots, lane);
      else averageFixedStrip(weights, bonds, columns.panelB, newBonds, slots, lane);
    }
  } else {
    averageOriginal(panels, p, weights, bonds, slots);
  }
  markKept(columns.panelB, panels.keptBonds + first * LANES, slots);
  const whole = setSumsAsDivisors();
  // Yuma3 off goes on with the share of the largest, so that one is divided as a slot of its own.
  if (!yuma3) memory.copy(columns.panelB + usize(slots) * LANES * 4, LARGEST, 64);
  for (let lane = 0; lane < LANES; lane += STRIP)
    divideStrip(columns.panelB, columns.panelA, yuma3 ? slots : slots + 1, lane, LARGEST);
  if (panels.packed) keepAddends(panels, p, allWeights, columns.panelA, slots);
  else addDividends(columns.panelA, slots, columns.rowLanes);
  if (!yuma3) upscale(newBonds, slots);
  let wholeShares = whole;
  for (let lane = 0; wholeShares != 0; lane++, wholeShares >>= 1) if (wholeShares & 1) giveWhole(panels, first, slots, lane);
  let single = singles;
  for (let lane = 0; single != 0; lane++, single >>= 1) if (single & 1) singleColumn(subnet, panels, p, lane);
  if (!panels.packed) appendPanel(subnet, panels, p);
}

/** Lanes of the present panel, one bit each, whose W or incentive is 1.0 somewhere; they are computed one by one. */
let singles: i32 = 0;
/** Registrations from this block on lose the bonds towards them. */
let firstMasked: u64 = 0;

/** Gathers what a panel needs to know of its columns. */
function readColumns(subnet: usize, panels: Panels, p: i32): void {
  singles = i32(load<u16>(at16(columns.wideColumns, p)));
  const incentives = columns.rankLanes + usize(p) * LANES * 8;
  for (let lane: usize = 0; lane < 64; lane += 16) {
    // The low words; that of 1.0 is 0.
    const low = v128.load(incentives + 2 * lane);
    const high = v128.load(incentives + 2 * lane, 16);
    v128.store(INCENTIVE + lane, v128.shuffle<u32>(low, high, 0, 2, 4, 6));
  }
  memory.fill(BOND_MASK, 0xff, 64);
  if (latestRegistration >= firstMasked) maskBonds(subnet, panels, p);
  memory.copy(LIMITS, columns.consensusLanes + usize(p) * LANES * 4, 64);
}

/** Clears the masks of the columns that were registered too late. */
function maskBonds(subnet: usize, panels: Panels, p: i32): void {
  const registered = pointer(subnet, L.BLOCK_AT_REGISTRATION);
  const n = neurons(subnet);
  for (let lane = 0; lane < LANES; lane++) {
    const column = i32(load<u16>(at16(panels.columnOfLane, p * LANES + lane)));
    if (column < n && load<u64>(at64(registered, column)) >= firstMasked) store<u32>(at32(BOND_MASK, lane), 0);
  }
}

/**
 * Weights between W and C by the penalty, still to be clipped to LIMITS: W with the consensus as limit (which makes C),
 * W without limit, or panelA filled with the mixture, without limit.
 */
function weightsForBonds(weights: usize, slots: i32): usize {
  if (penalty == ONE) return weights;
  if (penalty != 0)
    for (let lane: usize = 0; lane < 64; lane += 16)
      mixLanes(weights + lane, columns.panelA + lane, slots, v128.load(LIMITS + lane), u32(penalty));
  memory.fill(LIMITS, 0xff, 64);
  return penalty == 0 ? weights : columns.panelA;
}

/**
 * x + floor(penalty * (y - x) / 2^32) with y = min(x, limit): the difference is negative, so it is x less the *ceiling*
 * of penalty * (x - y) / 2^32: the high word, and one more unless the low word is 0.
 */
function mixLanes(weights: usize, out: usize, slots: i32, limit: v128, penalty: u32): void {
  const factor = i32x4.splat(i32(penalty));
  for (let slot = 0; slot < slots; slot++) {
    const weight = v128.load(weights);
    const cut = i32x4.sub(weight, i32x4.min_u(weight, limit));
    const low = i64x2.extmul_low_i32x4_u(cut, factor);
    const high = i64x2.extmul_high_i32x4_u(cut, factor);
    const whole = v128.shuffle<u32>(low, high, 1, 3, 5, 7);
    const isWhole = i32x4.eq(v128.shuffle<u32>(low, high, 0, 2, 4, 6), i32x4.splat(0));
    // isWhole is -1 or 0: whole + 1 + isWhole is the ceiling.
    const ceiling = i32x4.add(i32x4.add(whole, i32x4.splat(1)), isWhole);
    v128.store(out, i32x4.sub(weight, ceiling));
    weights += LANES * 4;
    out += LANES * 4;
  }
}

/** A stored u16 bond as proportion less one at 65535, where it would be 2^32: b * 65537 = b * 2^16 + b. */
// @ts-ignore: decorator
@inline
export function bondLanes(bond: v128): v128 {
  return v128.or(bond, i32x4.shl(bond, 16));
}

/**
 * floor(rate * B / 2^32) of a bond b. For b = 65535 B is 2^32 and the product is the rate itself; the lanes hold
 * 2^32 - 1, whose product is rate - 1 for a rate above 0, so one is added back (a true comparison is -1).
 */
// @ts-ignore: decorator
@inline
export function decayLanes(rate: v128, bond: v128): v128 {
  return i32x4.sub(multiplyLanes(rate, bondLanes(bond)), i32x4.eq(bond, i32x4.splat(65535)));
}

/** Yuma3: E = alpha * WB + (1 - alpha) * B, its u16, and its column sums. E stays below 2^32: one of two shares of 1. */
function averageFixedStrip(weights: usize, bonds: usize, out: usize, newBonds: usize, slots: i32, lane: i32): void {
  averageFixedLoop(
    at32(weights, lane),
    at16(bonds, lane),
    at32(out, lane),
    at16(newBonds, lane),
    slots,
    at32(LIMITS, lane),
    at32(BOND_MASK, lane),
    at32(SUM_LOW, lane),
    at32(SUM_HIGH, lane),
    at32(LARGEST, lane),
  );
}

function averageFixedLoop(
  weights: usize,
  bonds: usize,
  out: usize,
  newBonds: usize,
  slots: i32,
  limits: usize,
  masks: usize,
  sumLow: usize,
  sumHigh: usize,
  largest: usize,
): void {
  const gain = i32x4.splat(i32(alpha));
  const decay = i32x4.splat(i32(rest));
  const mask0 = v128.load(masks);
  const mask1 = v128.load(masks, 16);
  let low0 = i32x4.splat(0);
  let low1 = i32x4.splat(0);
  let high0 = i32x4.splat(0);
  let high1 = i32x4.splat(0);
  let largest0 = i32x4.splat(0);
  let largest1 = i32x4.splat(0);
  for (let slot = 0; slot < slots; slot++) {
    const bond0 = v128.and(v128.load_ext<u16>(bonds), mask0);
    const value0 = i32x4.add(multiplyLanes(gain, i32x4.min_u(v128.load(weights), v128.load(limits))), decayLanes(decay, bond0));
    v128.store(out, value0);
    low0 = i32x4.add(low0, v128.and(value0, i32x4.splat(0xffff)));
    high0 = i32x4.add(high0, i32x4.shr_u(value0, 16));
    largest0 = i32x4.max_u(largest0, value0);
    const bond1 = v128.and(v128.load_ext<u16>(bonds, 8), mask1);
    const value1 = i32x4.add(multiplyLanes(gain, i32x4.min_u(v128.load(weights, 16), v128.load(limits, 16))), decayLanes(decay, bond1));
    v128.store(out, value1, 16);
    low1 = i32x4.add(low1, v128.and(value1, i32x4.splat(0xffff)));
    high1 = i32x4.add(high1, i32x4.shr_u(value1, 16));
    largest1 = i32x4.max_u(largest1, value1);
    v128.store(newBonds, i16x8.narrow_i32x4_u(toProportionLanes(value0), toProportionLanes(value1)));
    weights += LANES * 4;
    bonds += LANES * 2;
    out += LANES * 4;
    newBonds += LANES * 2;
  }
  v128.store(sumLow, low0);
  v128.store(sumLow, low1, 16);
  v128.store(sumHigh, high0);
  v128.store(sumHigh, high1, 16);
  v128.store(largest, largest0);
  v128.store(largest, largest1, 16);
}

/** Yuma3 off: purchases and old bonds, each over its column sum, averaged into panelB. */
function averageOriginal(panels: Panels, p: i32, weights: usize, bonds: usize, slots: i32): void {
  let stakes = columns.stakeLanes;
  let stakeStep: usize = 0;
  let slotStep: usize = 16;
  if (panels.packed) {
    spreadStakes(panels, p);
    stakes = columns.panelStakeLanes;
    stakeStep = 16;
    slotStep = LANES * 4;
  }
  for (let lane: usize = 0; lane < 64; lane += 16) {
    purchaseLanes(weights + lane, columns.panelB + lane, slots, stakes, slotStep, lane);
    stakes += stakeStep;
  }
  memory.fill(SUM_HIGH, 0, 64);
  const purchasesWhole = setSumsAsDivisors();
  for (let lane = 0; lane < LANES; lane += STRIP) divideStrip(columns.panelB, columns.panelA, slots, lane, LARGEST);
  let whole = purchasesWhole;
  for (let lane = 0; whole != 0; lane++, whole >>= 1)
    if (whole & 1) store<u32>(onlyValue(columns.panelB, slots, lane) - columns.panelB + columns.panelA, u32.MAX_VALUE);
  for (let lane: usize = 0; lane < 64; lane += 16) sumBondLanes(bonds + (lane >> 1), slots, lane);
  memory.copy(BOND_SUMS, SUM_LOW, 64);
  let bondsWhole = 0;
  for (let lane = 0; lane < LANES; lane += 4) bondsWhole |= i32x4.bitmask(isWhole(lane)) << lane;
  for (let lane = 0; lane < LANES; lane += STRIP)
    averageOriginalStrip(columns.panelA, bonds, columns.panelB, slots, lane, bondsWhole);
  addLostUnits(bonds, slots, purchasesWhole, bondsWhole);
}

/** All ones in each lane of four from `lane` on whose sum (below 2^32) is one value alone, which has the share 1.0. */
// @ts-ignore: decorator
@inline
function isWhole(lane: i32): v128 {
  const largest = v128.load(at32(LARGEST, lane));
  return v128.and(i32x4.eq(v128.load(at32(SUM_LOW, lane)), largest), i32x4.ne(largest, i32x4.splat(0)));
}

/** The address of the only value of a lane that is not 0. */
function onlyValue(values: usize, slots: i32, lane: i32): usize {
  let at = at32(values, lane);
  for (let slot = 1; slot < slots && load<u32>(at) == 0; slot++) at += LANES * 4;
  return at;
}

/**
 * A share of 1.0 stood in its lane as 2^32 - 1, so that its product with a rate came out as rate - 1: adds the unit.
 * Where purchase and bond are 1.0 at one place, E is 1.0, which no lane holds; it stays below by two units, which
 * nobody sees, since that is the only bond of its column.
 */
function addLostUnits(bonds: usize, slots: i32, purchasesWhole: i32, bondsWhole: i32): void {
  for (let lane = 0, lanes = purchasesWhole | bondsWhole; lanes != 0; lane++, lanes >>= 1) {
    if ((lanes & 1) == 0) continue;
    const mask = load<u32>(at32(BOND_MASK, lane));
    for (let slot = 0; slot < slots; slot++) {
      const place = slot * LANES + lane;
      const hasPurchase = (purchasesWhole >> lane) & i32(load<u32>(at32(columns.panelA, place)) != 0);
      const hasBond = (bondsWhole >> lane) & i32((u32(load<u16>(at16(bonds, place))) & mask) != 0);
      if (hasPurchase == hasBond) continue;
      const value = load<u32>(at32(columns.panelB, place)) + 1;
      store<u32>(at32(columns.panelB, place), value);
      store<u32>(at32(SUM_LOW, lane), load<u32>(at32(SUM_LOW, lane)) + 1);
      store<u32>(at32(LARGEST, lane), max<u32>(load<u32>(at32(LARGEST, lane)), value));
    }
  }
}

/** stake * WB, its column sums (below the sum of stakes, so below 2^32) and its largest values; `lane` in bytes. */
function purchaseLanes(weights: usize, out: usize, slots: i32, stakes: usize, slotStep: usize, lane: usize): void {
  const limit = v128.load(LIMITS + lane);
  let sum = i32x4.splat(0);
  let largest = i32x4.splat(0);
  for (let slot = 0; slot < slots; slot++) {
    const value = multiplyLanes(i32x4.min_u(v128.load(weights), limit), v128.load(stakes));
    v128.store(out, value);
    sum = i32x4.add(sum, value);
    largest = i32x4.max_u(largest, value);
    weights += LANES * 4;
    out += LANES * 4;
    stakes += slotStep;
  }
  v128.store(SUM_LOW + lane, sum);
  v128.store(LARGEST + lane, largest);
}

/** Column sums of stored u16 bonds, below 2^32 for up to 65,537 slots; `lane` in bytes. */
function sumBondLanes(bonds: usize, slots: i32, lane: usize): void {
  const mask = v128.load(BOND_MASK + lane);
  let sum = i32x4.splat(0);
  let largest = i32x4.splat(0);
  for (let slot = 0; slot < slots; slot++) {
    const bond = v128.and(v128.load_ext<u16>(bonds), mask);
    sum = i32x4.add(sum, bond);
    largest = i32x4.max_u(largest, bond);
    bonds += LANES * 2;
  }
  v128.store(SUM_LOW + lane, sum);
  v128.store(LARGEST + lane, largest);
}

function averageOriginalStrip(
  purchases: usize,
  bonds: usize,
  out: usize,
  slots: i32,
  lane: i32,
  bondsWhole: i32,
): void {
  for (let k = 0; k < STRIP; k += 4) {
    const sums = v128.load(at32(BOND_SUMS, lane + k));
    const reciprocals = at64(BOND_RECIPROCALS, k);
    v128.store(reciprocals, quotientsAbove(4294967296.0, lowToDoubles(sums)));
    v128.store(reciprocals, quotientsAbove(4294967296.0, highToDoubles(sums)), 16);
  }
  // The only bond of a column: floor(b * r) is to be 2^32 - 1.
  for (let k = 0; k < STRIP; k++)
    if ((bondsWhole >> (lane + k)) & 1)
      store<f64>(at64(BOND_RECIPROCALS, k), 4294967295.5 / f64(load<u32>(at32(BOND_SUMS, lane + k))));
  averageOriginalLoop(at32(purchases, lane), at16(bonds, lane), at32(out, lane), slots, lane);
}

/** E = alpha * D + (1 - alpha) * B, B = floor(b * 2^32 / sum): with b < 2^16 exact as for weights. */
function averageOriginalLoop(purchases: usize, bonds: usize, out: usize, slots: i32, lane: i32): void {
  const gain = i32x4.splat(i32(alpha));
  const decay = i32x4.splat(i32(rest));
  const masks = at32(BOND_MASK, lane);
  const reciprocals = BOND_RECIPROCALS;
  let low0 = i32x4.splat(0);
  let low1 = i32x4.splat(0);
  let high0 = i32x4.splat(0);
  let high1 = i32x4.splat(0);
  let largest0 = i32x4.splat(0);
  let largest1 = i32x4.splat(0);
  for (let slot = 0; slot < slots; slot++) {
    const bond0 = v128.and(v128.load_ext<u16>(bonds), v128.load(masks));
    const old0 = shareOfBonds(bond0, v128.load(reciprocals), v128.load(reciprocals, 16));
    const value0 = i32x4.add(multiplyLanes(gain, v128.load(purchases)), multiplyLanes(decay, old0));
    v128.store(out, value0);
    low0 = i32x4.add(low0, v128.and(value0, i32x4.splat(0xffff)));
    high0 = i32x4.add(high0, i32x4.shr_u(value0, 16));
    largest0 = i32x4.max_u(largest0, value0);
    const bond1 = v128.and(v128.load_ext<u16>(bonds, 8), v128.load(masks, 16));
    const old1 = shareOfBonds(bond1, v128.load(reciprocals, 32), v128.load(reciprocals, 48));
    const value1 = i32x4.add(multiplyLanes(gain, v128.load(purchases, 16)), multiplyLanes(decay, old1));
    v128.store(out, value1, 16);
    low1 = i32x4.add(low1, v128.and(value1, i32x4.splat(0xffff)));
    high1 = i32x4.add(high1, i32x4.shr_u(value1, 16));
    largest1 = i32x4.max_u(largest1, value1);
    purchases += LANES * 4;
    bonds += LANES * 2;
    out += LANES * 4;
  }
  v128.store(at32(SUM_LOW, lane), low0);
  v128.store(at32(SUM_LOW, lane), low1, 16);
  v128.store(at32(SUM_HIGH, lane), high0);
  v128.store(at32(SUM_HIGH, lane), high1, 16);
  v128.store(at32(LARGEST, lane), largest0);
  v128.store(at32(LARGEST, lane), largest1, 16);
}

// @ts-ignore: decorator
@inline
function shareOfBonds(bond: v128, low: v128, high: v128): v128 {
  return doublesToWords(
    f64x2.floor(f64x2.mul(f64x2.convert_low_i32x4_s(bond), low)),
    f64x2.floor(f64x2.mul(f64x2.convert_low_i32x4_s(v128.shuffle<u64>(bond, bond, 1, 0)), high)),
  );
}

/** A byte of ones per lane whose value is above 0. */
function markKept(values: usize, out: usize, slots: i32): void {
  const zero = i32x4.splat(0);
  for (let slot = 0; slot < slots; slot++) {
    const none01 = i16x8.narrow_i32x4_s(i32x4.eq(v128.load(values), zero), i32x4.eq(v128.load(values, 16), zero));
    const none23 = i16x8.narrow_i32x4_s(i32x4.eq(v128.load(values, 32), zero), i32x4.eq(v128.load(values, 48), zero));
    v128.store(out, v128.not(i8x16.narrow_i16x8_s(none01, none23)));
    values += LANES * 4;
    out += LANES;
  }
}

/**
 * Column sums become divisors. A column with one value only has the share 1.0, which no lane holds; its divisor
 * is 0, as is that of the columns that are computed one by one.
 * @returns a bit for each lane with the share 1.0
 */
function setSumsAsDivisors(): i32 {
  let wholeLanes = 0;
  for (let lane = 0; lane < LANES; lane += 4) {
    const low = v128.load(at32(SUM_LOW, lane));
    const high = v128.load(at32(SUM_HIGH, lane));
    const largest = v128.load(at32(LARGEST, lane));
    const first = i64x2.add(i64x2.shl(i64x2.extend_low_i32x4_u(high), 16), i64x2.extend_low_i32x4_u(low));
    const second = i64x2.add(i64x2.shl(i64x2.extend_high_i32x4_u(high), 16), i64x2.extend_high_i32x4_u(low));
    const firstWhole = i64x2.eq(first, i64x2.extend_low_i32x4_u(largest));
    const secondWhole = i64x2.eq(second, i64x2.extend_high_i32x4_u(largest));
    setDivisors(lane, v128.andnot(first, firstWhole));
    setDivisors(lane + 2, v128.andnot(second, secondWhole));
    const isWhole = v128.shuffle<u32>(firstWhole, secondWhole, 0, 2, 4, 6);
    wholeLanes |= i32x4.bitmask(v128.and(isWhole, i32x4.ne(largest, i32x4.splat(0)))) << lane;
  }
  for (let lane = 0, lanes = singles; lanes != 0; lane++, lanes >>= 1) if (lanes & 1) setDivisor(lane, 0);
  return wholeLanes & ~singles;
}

/** The only bond of a column has all of its incentive, and is the largest. */
function giveWhole(panels: Panels, first: usize, slots: i32, lane: i32): void {
  const place = i32((onlyValue(columns.panelB, slots, lane) - columns.panelB) >> 2);
  const incentive = load<u32>(at32(INCENTIVE, lane));
  if (panels.packed) store<u32>(columns.addends + first * LANES * 8 + (usize(place) << 3), incentive, 4);
  else {
    const sum = at64(columns.dividendSums, place / LANES);
    store<u64>(sum, load<u64>(sum) + incentive);
  }
  if (!yuma3) store<u16>(at16(panels.newBonds, i32(first) * LANES + place), 65535);
}

/** Shares in panelA times incentive, added to the sums of the rows. A sum stays below that of the incentives, 2^32. */
function addDividends(shares: usize, slots: i32, sums: usize): void {
  const incentive0 = v128.load(INCENTIVE);
  const incentive1 = v128.load(INCENTIVE, 16);
  const incentive2 = v128.load(INCENTIVE, 32);
  const incentive3 = v128.load(INCENTIVE, 48);
  for (let slot = 0; slot < slots; slot++) {
    let sum = multiplyLanes(v128.load(shares), incentive0);
    sum = i32x4.add(sum, multiplyLanes(v128.load(shares, 16), incentive1));
    sum = i32x4.add(sum, multiplyLanes(v128.load(shares, 32), incentive2));
    sum = i32x4.add(sum, multiplyLanes(v128.load(shares, 48), incentive3));
    v128.store(sums, i32x4.add(v128.load(sums), sum));
    shares += LANES * 4;
    sums += 16;
  }
}

/** Yuma3 off: the shares in panelA over the largest of their column, the slot behind, as u16. */
function upscale(newBonds: usize, slots: i32): void {
  setMaxima(columns.panelA + usize(slots) * LANES * 4);
  for (let lane = 0; lane < LANES; lane += STRIP) upscaleStrip(columns.panelA, newBonds, slots, lane);
}

/** The dividends of a row before they are normalised, from the sum of its bonds times incentive. */
export function dividendOf(sum: i64, stake: i64): i64 {
  if (!yuma3) return sum;
  sum = multiply(sum, stake);
  return overflowed ? 0 : sum;
}

/** From sums per row to DIVIDENDS_RAW; to VALIDATOR_TRUST_RAW in a packed subnet, whose walks add it up. */
function collectDividends(subnet: usize, panels: Panels): void {
  const n = neurons(subnet);
  const dividends = pointer(subnet, L.DIVIDENDS_RAW);
  const activeStake = pointer(subnet, L.ACTIVE_STAKE_RAW);
  const trust = pointer(subnet, L.VALIDATOR_TRUST_RAW);
  memory.fill(dividends, 0, usize(n) * 8);
  if (panels.packed) memory.fill(trust, 0, usize(n) * 8);
  for (let row = 0; row < panels.liveRows; row++) {
    const i = i32(load<u16>(at16(panels.uidOfRow, row)));
    const sum = load<u64>(at64(columns.dividendSums, row)) + sumOfWords(v128.load(columns.rowLanes + (usize(row) << 4)));
    if (panels.packed) store<u64>(at64(trust, i), load<u64>(at64(columns.trustSums, row)));
    store<i64>(at64(dividends, i), dividendOf(sum, load<i64>(at64(activeStake, i))));
  }
  normaliseColumn(dividends, n);
}
