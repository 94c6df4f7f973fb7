// Both bond formulas over all panels (spec/epoch.md 7), panel by panel: each panel's intermediate values stay in the
// first-level cache, and only the new bonds and the sums per row leave it.
import * as L from "../layout";
import { fromProportion, multiply, normalise, ONE, overflowed } from "../fixed";
import { firstMaskedRegistration, fixedAlpha } from "../scalar/bonds";
import { at16, at32, at64, neurons, parameter, pointer } from "../subnet";
import * as columns from "./columns";
import { divideStrip, setDivisor, setMaximum, STRIP, upscaleStrip } from "./divide";
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
import { LANES, Panels } from "./panels";
import { singleColumn } from "./single";

// Per lane of a panel.
/** u32: all ones, or 0 where the stored bonds towards the column are masked. */
export const BOND_MASK: usize = memory.data(64, 16);
/** u32: incentive, 0 for lanes that are left to `singleColumn`. */
const INCENTIVE: usize = memory.data(64, 16);
/** u32: sums of low and of high halves, which stay exact for up to 65,536 slots; and the largest value. */
export const SUM_LOW: usize = memory.data(64, 16);
export const SUM_HIGH: usize = memory.data(64, 16);
export const LARGEST: usize = memory.data(64, 16);
/** u32: sum of the stored bonds, 0 for lanes that stay out. */
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

/** Fills the new bonds of all places and DIVIDENDS_RAW. */
export function computeBonds(subnet: usize, panels: Panels): void {
  memory.fill(columns.rowLanes, 0, usize(panels.liveRows) * 16);
  memory.fill(columns.rowSums, 0, usize(panels.liveRows) * 8);
  for (let p = 0; p < panels.panels; p++) bondsOfPanel(subnet, panels, p);
  collectDividends(subnet, panels);
}

function bondsOfPanel(subnet: usize, panels: Panels, p: i32): void {
  const first = usize(load<u32>(at32(panels.slotStarts, p)));
  const slots = i32(load<u32>(at32(panels.slotStarts, p + 1)) - u32(first));
  if (load<u8>(panels.occupied + usize(p)) == 0) return;
  const bonds = panels.bonds + first * LANES * 2;
  const newBonds = panels.newBonds + first * LANES * 2;
  readColumns(subnet, panels, p);
  const weights = weightsForBonds(panels.normalisedWeights + first * LANES * 4, slots);
  if (yuma3) {
    for (let lane = 0; lane < LANES; lane += STRIP) {
      if (liquid) averageLiquidStrip(p, weights, bonds, columns.panelB, newBonds, slots, lane);
      else averageFixedStrip(weights, bonds, columns.panelB, newBonds, slots, lane);
    }
  } else {
    averageOriginal(panels, p, weights, bonds, slots);
  }
  markKept(columns.panelB, panels.keptBonds + first * LANES, slots);
  setSumsAsDivisors();
  for (let lane = 0; lane < LANES; lane += STRIP)
    divideStrip(columns.panelB, columns.panelA, slots, lane, LARGEST);
  if (panels.packed) multiplyByIncentive(columns.panelA, slots, columns.products + first * LANES * 4);
  else addDividends(columns.panelA, slots, columns.rowLanes);
  if (!yuma3) upscale(newBonds, slots);
  let single = singles;
  for (let lane = 0; single != 0; lane++, single >>= 1) if (single & 1) singleColumn(subnet, panels, p, lane);
}

/** Lanes of the present panel, one bit each, that hold a value of 1.0 somewhere and are computed one by one. */
let singles: i32 = 0;

/** Gathers what a panel needs to know of its columns. */
function readColumns(subnet: usize, panels: Panels, p: i32): void {
  const registered = pointer(subnet, L.BLOCK_AT_REGISTRATION);
  const incentives = pointer(subnet, L.INCENTIVE_RAW);
  const masked = firstMaskedRegistration(subnet);
  const n = neurons(subnet);
  singles = i32(load<u16>(at16(columns.wideColumns, p)));
  for (let lane = 0; lane < LANES; lane++) {
    const column = i32(load<u16>(at16(panels.columnOfLane, p * LANES + lane)));
    const exists = column < n;
    const keeps = exists && masked > load<u64>(at64(registered, column));
    const incentive = exists ? load<i64>(at64(incentives, column)) : 0;
    if (incentive == ONE) singles |= 1 << lane;
    store<u32>(at32(BOND_MASK, lane), keeps ? u32.MAX_VALUE : 0);
    store<u32>(at32(INCENTIVE, lane), incentive == ONE ? 0 : u32(incentive));
  }
  memory.copy(LIMITS, columns.consensusLanes + usize(p) * LANES * 4, 64);
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
    columns.spreadStakes(panels, p);
    stakes = columns.panelStakeLanes;
    stakeStep = 16;
    slotStep = LANES * 4;
  }
  for (let lane: usize = 0; lane < 64; lane += 16) {
    purchaseLanes(weights + lane, columns.panelB + lane, slots, stakes, slotStep, lane);
    stakes += stakeStep;
  }
  for (let lane = 0; lane < LANES; lane++) {
    const sum = load<u32>(at32(SUM_LOW, lane));
    if (sum != 0 && sum == load<u32>(at32(LARGEST, lane))) singles |= 1 << lane;
    setDivisor(lane, singles & (1 << lane) ? 0 : u64(sum));
  }
  for (let lane = 0; lane < LANES; lane += STRIP) divideStrip(columns.panelB, columns.panelA, slots, lane, LARGEST);
  for (let lane: usize = 0; lane < 64; lane += 16) sumBondLanes(bonds + (lane >> 1), slots, lane);
  for (let lane = 0; lane < LANES; lane++) {
    const sum = load<u32>(at32(SUM_LOW, lane));
    if (sum != 0 && sum == load<u32>(at32(LARGEST, lane))) singles |= 1 << lane;
    store<u32>(at32(BOND_SUMS, lane), singles & (1 << lane) ? 0 : sum);
  }
  for (let lane = 0; lane < LANES; lane += STRIP) averageOriginalStrip(columns.panelA, bonds, columns.panelB, slots, lane);
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

function averageOriginalStrip(purchases: usize, bonds: usize, out: usize, slots: i32, lane: i32): void {
  averageOriginalLoop(at32(purchases, lane), at16(bonds, lane), at32(out, lane), slots, lane);
}

/** E = alpha * D + (1 - alpha) * B, B = floor(b * 2^32 / sum): with b < 2^16 exact as for weights. */
function averageOriginalLoop(purchases: usize, bonds: usize, out: usize, slots: i32, lane: i32): void {
  const gain = i32x4.splat(i32(alpha));
  const decay = i32x4.splat(i32(rest));
  const masks = at32(BOND_MASK, lane);
  const reciprocals = BOND_RECIPROCALS;
  for (let k: usize = 0; k < 32; k += 16) {
    const sums = v128.load(at32(BOND_SUMS, lane) + k);
    v128.store(reciprocals + 2 * k, quotientsAbove(4294967296.0, lowToDoubles(sums)));
    v128.store(reciprocals + 2 * k, quotientsAbove(4294967296.0, highToDoubles(sums)), 16);
  }
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

/** Column sums become divisors. A column with one bond only has the share 1.0 and goes to `singles`. */
function setSumsAsDivisors(): void {
  for (let lane = 0; lane < LANES; lane++) {
    const sum = (u64(load<u32>(at32(SUM_HIGH, lane))) << 16) + u64(load<u32>(at32(SUM_LOW, lane)));
    if (sum != 0 && sum == u64(load<u32>(at32(LARGEST, lane)))) singles |= 1 << lane;
    const single = (singles & (1 << lane)) != 0;
    setDivisor(lane, single ? 0 : sum);
  }
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

/** Shares in panelA times incentive, kept per place: the lanes of a packed panel belong to any row. */
function multiplyByIncentive(shares: usize, slots: i32, out: usize): void {
  const incentive0 = v128.load(INCENTIVE);
  const incentive1 = v128.load(INCENTIVE, 16);
  const incentive2 = v128.load(INCENTIVE, 32);
  const incentive3 = v128.load(INCENTIVE, 48);
  for (let slot = 0; slot < slots; slot++) {
    v128.store(out, multiplyLanes(v128.load(shares), incentive0));
    v128.store(out, multiplyLanes(v128.load(shares, 16), incentive1), 16);
    v128.store(out, multiplyLanes(v128.load(shares, 32), incentive2), 32);
    v128.store(out, multiplyLanes(v128.load(shares, 48), incentive3), 48);
    shares += LANES * 4;
    out += LANES * 4;
  }
}

/** The sum of a packed row's products. */
function sumOfProducts(panels: Panels, row: i32): u64 {
  const places = panels.rowPlaces;
  const values = columns.products;
  let sum: u64 = 0;
  for (let k = load<i32>(at32(panels.rowStarts, row)), end = load<i32>(at32(panels.rowStarts, row + 1)); k < end; k++)
    sum += u64(load<u32>(at32(values, load<i32>(at32(places, k)))));
  return sum;
}

/** Yuma3 off: the shares in panelA over the largest of their column, as u16. Division keeps the order of values. */
function upscale(newBonds: usize, slots: i32): void {
  for (let lane = 0; lane < LANES; lane++) {
    const sum = (u64(load<u32>(at32(SUM_HIGH, lane))) << 16) + u64(load<u32>(at32(SUM_LOW, lane)));
    const single = (singles & (1 << lane)) != 0;
    setMaximum(lane, single || sum == 0 ? 0 : u32((u64(load<u32>(at32(LARGEST, lane))) << 32) / sum));
  }
  for (let lane = 0; lane < LANES; lane += STRIP) upscaleStrip(columns.panelA, newBonds, slots, lane);
}

/** From sums per row to DIVIDENDS_RAW. */
function collectDividends(subnet: usize, panels: Panels): void {
  const n = neurons(subnet);
  const dividends = pointer(subnet, L.DIVIDENDS_RAW);
  const activeStake = pointer(subnet, L.ACTIVE_STAKE_RAW);
  memory.fill(dividends, 0, usize(n) * 8);
  for (let row = 0; row < panels.liveRows; row++) {
    const i = i32(load<u16>(at16(panels.uidOfRow, row)));
    const ofLanes = panels.packed
      ? sumOfProducts(panels, row)
      : sumOfWords(v128.load(columns.rowLanes + (usize(row) << 4)));
    let sum = i64(load<u64>(at64(columns.rowSums, row)) + ofLanes);
    if (yuma3) {
      sum = multiply(sum, load<i64>(at64(activeStake, i)));
      if (overflowed) sum = 0;
    }
    store<i64>(at64(dividends, i), sum);
  }
  normalise(dividends, n);
}
