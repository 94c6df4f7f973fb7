// Liquid alpha in lanes (spec/epoch.md 7.5-7.6): the rate of eight pairs at a time through the exponential series in
// doubles, every floor proved by its fraction or redone by the plain function.
import * as L from "../layout";
import { fromProportion, ONE } from "../fixed";
import { EXPONENTIAL_TERMS } from "../exponential";
import { liquidAlpha, prepareLiquidAlpha, slope } from "../scalar/liquid";
import { at16, at32, parameter } from "../subnet";
import * as bonds from "./bonds";
import * as columns from "./columns";
import { BOND_MASK, decayLanes, LARGEST, LIMITS, SUM_HIGH, SUM_LOW } from "./bonds";
import { doublesToWords, highToDoubles, lowToDoubles, multiplyLanes, QUOTIENT_ERROR, toProportionLanes } from "./lanes";
import { LANES } from "./panels";

/** Largest exponent whose series stays exact in doubles: its terms stay below 2^53. */
const LARGEST_SLOPE: i64 = 18 << 32;
const TWO_32: f64 = 4294967296.0;
const TWO_64: f64 = 18446744073709551616.0;

/** f64 twice per term i: 1 / (i * 2^32), low by a relative 2^-51. */
const STEPS: usize = memory.data(512, 16);
/** f64 twice per term: the fraction from which on a floor is in doubt. */
const DOUBTS: usize = memory.data(512, 16);
/** Terms that can be above 0. */
let terms: usize = 0;

/** The slope as whole * 2^32 + upper * 2^16 + lower. */
let slopeWhole: f64 = 0;
let slopeUpper: f64 = 0;
let slopeLower: f64 = 0;
let alphaLow: u32 = 0;
let alphaRange: u32 = 0;
/** The rate of a pair without difference. */
let restingAlpha: u32 = 0;

/** Rates of a strip, u32. */
const RATES: usize = memory.data(32, 16);

/** Pairs whose rate was left to the plain function. */
export let redone: u32 = 0;

/** Reads the curve. @returns false if the lanes cannot hold it */
export function prepareLiquid(subnet: usize): bool {
  prepareLiquidAlpha(subnet);
  const low = fromProportion(u64(parameter(subnet, L.ALPHA_LOW)));
  const high = fromProportion(u64(parameter(subnet, L.ALPHA_HIGH)));
  // Rates and their complements must be above 0 and below 1.0.
  if (low == 0 || low == ONE || low > high) return false;
  if (slope == 0 || slope > LARGEST_SLOPE || slope < -LARGEST_SLOPE) return false;
  alphaLow = u32(low);
  alphaRange = u32(high - low);
  restingAlpha = u32(liquidAlpha(0, 0, 0));
  const whole = slope >> 32;
  slopeWhole = f64(whole);
  slopeUpper = f64((slope >> 16) & 0xffff);
  slopeLower = f64(slope & 0xffff);
  prepareSeries();
  return true;
}

/** Bounds each term by the largest argument, half the slope: |d - 0.5| is at most 0.5. */
function prepareSeries(): void {
  const largest = f64(abs<i64>(slope)) / TWO_32 / 2;
  let bound = largest * TWO_32;
  terms = 0;
  for (let i = 2; i < EXPONENTIAL_TERMS; i++) {
    bound = (bound * largest) / f64(i);
    const step = (1.0 / (f64(i) * TWO_32)) * (1.0 - 4.440892098500626e-16);
    const at = usize(i - 2) << 4;
    v128.store(STEPS + at, f64x2.splat(step));
    v128.store(DOUBTS + at, f64x2.splat(1.0 - 2 * bound * QUOTIENT_ERROR));
    terms += 16;
    // A bound below 1 floors to 0, and so do all that follow.
    if (bound < 0.999) break;
  }
}

/** E of a strip of 8 lanes: decayed bond plus purchase at the pair's own rate, where WB has an entry. */
export function averageLiquidStrip(
  p: i32,
  weights: usize,
  stored: usize,
  out: usize,
  newBonds: usize,
  slots: i32,
  lane: i32,
): void {
  averageLiquidLoop(
    at32(weights, lane),
    at16(stored, lane),
    at32(out, lane),
    at16(newBonds, lane),
    slots,
    at32(columns.consensusLanes, p * LANES + lane),
    lane,
  );
}

function averageLiquidLoop(
  weights: usize,
  stored: usize,
  out: usize,
  newBonds: usize,
  slots: i32,
  consensus: usize,
  lane: i32,
): void {
  const zero = i32x4.splat(0);
  const masks = at32(BOND_MASK, lane);
  const limits = at32(LIMITS, lane);
  let low0 = zero;
  let low1 = zero;
  let high0 = zero;
  let high1 = zero;
  let largest0 = zero;
  let largest1 = zero;
  for (let slot = 0; slot < slots; slot++) {
    // Entries of WB: those of C (a consensus of 0 takes the weight away), of W, or what is above 0 of the mixture.
    const full0 = v128.load(weights);
    const full1 = v128.load(weights, 16);
    const absent0 = isAbsent(full0, v128.load(consensus));
    const absent1 = isAbsent(full1, v128.load(consensus, 16));
    const bond0 = v128.andnot(v128.and(v128.load_ext<u16>(stored), v128.load(masks)), absent0);
    const bond1 = v128.andnot(v128.and(v128.load_ext<u16>(stored, 8), v128.load(masks, 16)), absent1);
    const weight0 = i32x4.min_u(full0, v128.load(limits));
    const weight1 = i32x4.min_u(full1, v128.load(limits, 16));
    findRates(weight0, weight1, bond0, bond1, v128.load(consensus), v128.load(consensus, 16));
    const rate0 = v128.load(RATES);
    const rate1 = v128.load(RATES, 16);
    const kept0 = decayLanes(i32x4.sub(zero, rate0), bond0);
    const kept1 = decayLanes(i32x4.sub(zero, rate1), bond1);
    const value0 = i32x4.add(multiplyLanes(rate0, weight0), kept0);
    const value1 = i32x4.add(multiplyLanes(rate1, weight1), kept1);
    v128.store(out, value0);
    v128.store(out, value1, 16);
    low0 = i32x4.add(low0, v128.and(value0, i32x4.splat(0xffff)));
    low1 = i32x4.add(low1, v128.and(value1, i32x4.splat(0xffff)));
    high0 = i32x4.add(high0, i32x4.shr_u(value0, 16));
    high1 = i32x4.add(high1, i32x4.shr_u(value1, 16));
    largest0 = i32x4.max_u(largest0, value0);
    largest1 = i32x4.max_u(largest1, value1);
    v128.store(newBonds, i16x8.narrow_i32x4_u(toProportionLanes(value0), toProportionLanes(value1)));
    weights += LANES * 4;
    stored += LANES * 2;
    out += LANES * 4;
    newBonds += LANES * 2;
  }
  v128.store(at32(SUM_LOW, lane), low0);
  v128.store(at32(SUM_LOW, lane), low1, 16);
  v128.store(at32(SUM_HIGH, lane), high0);
  v128.store(at32(SUM_HIGH, lane), high1, 16);
  v128.store(at32(LARGEST, lane), largest0);
  v128.store(at32(LARGEST, lane), largest1, 16);
}

/** All ones where the pair has no entry in the weights for bonds. */
// @ts-ignore: decorator
@inline
function isAbsent(weight: v128, consensus: v128): v128 {
  const zero = i32x4.splat(0);
  const noWeight = i32x4.eq(weight, zero);
  return bonds.penalty == ONE ? v128.or(noWeight, i32x4.eq(consensus, zero)) : noWeight;
}

/** A bond as proportion in doubles, two lanes: b * 65537, and one more at 65535. */
// @ts-ignore: decorator
@inline
function bondToDoubles(bond: v128): v128 {
  const number = f64x2.convert_low_i32x4_s(bond);
  const extra = v128.and(f64x2.eq(number, f64x2.splat(65535)), f64x2.splat(1));
  return f64x2.add(f64x2.mul(number, f64x2.splat(65537)), extra);
}

/** d of two pairs: w - c (not below 0) when buying, w >= b; else b - w. */
// @ts-ignore: decorator
@inline
function difference(weight: v128, bond: v128, consensus: v128): v128 {
  const bought = f64x2.pmax(f64x2.splat(0), f64x2.sub(weight, consensus));
  return v128.bitselect(bought, f64x2.sub(bond, weight), f64x2.ge(weight, bond));
}

/**
 * x = floor(slope * (d - 0.5)) of two pairs, exactly: with u = d - 2^31, below 2^31 in size, each partial product has
 * less than 48 bits, and floor((a * 2^16 + b) / 2^32) = floor((a + floor(b / 2^16)) / 2^16).
 */
// @ts-ignore: decorator
@inline
function argumentOf(d: v128): v128 {
  const u = f64x2.sub(d, f64x2.splat(2147483648.0));
  const scale = f64x2.splat(1.0 / 65536.0);
  const lower = f64x2.floor(f64x2.mul(f64x2.mul(u, f64x2.splat(slopeLower)), scale));
  const upper = f64x2.add(f64x2.mul(u, f64x2.splat(slopeUpper)), lower);
  return f64x2.add(f64x2.mul(u, f64x2.splat(slopeWhole)), f64x2.floor(f64x2.mul(upper, scale)));
}

/** exp(|x|) of eight pairs, f64. */
const SUMS: usize = memory.data(64, 16);

/**
 * Fills RATES with the rates of eight pairs. Pairs without difference share one rate that is known; they go through
 * the series with x = 0, which leaves nothing in doubt.
 */
function findRates(weight0: v128, weight1: v128, bond0: v128, bond1: v128, consensus0: v128, consensus1: v128): void {
  const zero = f64x2.splat(0);
  const high0 = v128.shuffle<u64>(bond0, bond0, 1, 0);
  const high1 = v128.shuffle<u64>(bond1, bond1, 1, 0);
  const d0 = difference(lowToDoubles(weight0), bondToDoubles(bond0), lowToDoubles(consensus0));
  const d1 = difference(highToDoubles(weight0), bondToDoubles(high0), highToDoubles(consensus0));
  const d2 = difference(lowToDoubles(weight1), bondToDoubles(bond1), lowToDoubles(consensus1));
  const d3 = difference(highToDoubles(weight1), bondToDoubles(high1), highToDoubles(consensus1));
  const resting = i32x4.splat(i32(restingAlpha));
  const moving0 = f64x2.gt(d0, zero);
  const moving1 = f64x2.gt(d1, zero);
  const moving2 = f64x2.gt(d2, zero);
  const moving3 = f64x2.gt(d3, zero);
  const movingLow = v128.shuffle<u32>(moving0, moving1, 0, 2, 4, 6);
  const movingHigh = v128.shuffle<u32>(moving2, moving3, 0, 2, 4, 6);
  if (!v128.any_true(v128.or(movingLow, movingHigh))) {
    v128.store(RATES, resting);
    v128.store(RATES, resting, 16);
    return;
  }
  const x0 = v128.and(argumentOf(d0), moving0);
  const x1 = v128.and(argumentOf(d1), moving1);
  const x2 = v128.and(argumentOf(d2), moving2);
  const x3 = v128.and(argumentOf(d3), moving3);
  inDoubt = series(f64x2.abs(x0), f64x2.abs(x1), f64x2.abs(x2), f64x2.abs(x3));
  const rates0 = doublesToWords(sigmoid(x0, v128.load(SUMS), moving0), sigmoid(x1, v128.load(SUMS, 16), moving1));
  const rates1 = doublesToWords(sigmoid(x2, v128.load(SUMS, 32), moving2), sigmoid(x3, v128.load(SUMS, 48), moving3));
  v128.store(RATES, v128.bitselect(toRate(rates0), resting, movingLow));
  v128.store(RATES, v128.bitselect(toRate(rates1), resting, movingHigh), 16);
  if (!v128.any_true(inDoubt)) return;
  redoRates(0, weight0, bond0, consensus0);
  redoRates(16, weight1, bond1, consensus1);
}

/** Bits that are set where a floor of the present eight pairs is in doubt. */
let inDoubt: v128 = i64x2.splat(0);

/**
 * Fills SUMS with exp(|x|) as whole doubles: term i is floor(floor(t * x / 2^32) / i) = floor(t * x / (i * 2^32)), and
 * t * (x * step_i) lies below that quotient by a relative 2^-50 at most.
 * @returns not 0 where a fraction left a floor in doubt
 */
function series(x0: v128, x1: v128, x2: v128, x3: v128): v128 {
  const one = f64x2.splat(TWO_32);
  let sum0 = f64x2.add(x0, one);
  let sum1 = f64x2.add(x1, one);
  let sum2 = f64x2.add(x2, one);
  let sum3 = f64x2.add(x3, one);
  let term0 = x0;
  let term1 = x1;
  let term2 = x2;
  let term3 = x3;
  let doubt = i64x2.splat(0);
  for (let at: usize = 0; at < terms; at += 16) {
    const step = v128.load(STEPS + at);
    const next0 = f64x2.mul(term0, f64x2.mul(x0, step));
    const next1 = f64x2.mul(term1, f64x2.mul(x1, step));
    const next2 = f64x2.mul(term2, f64x2.mul(x2, step));
    const next3 = f64x2.mul(term3, f64x2.mul(x3, step));
    term0 = f64x2.floor(next0);
    term1 = f64x2.floor(next1);
    term2 = f64x2.floor(next2);
    term3 = f64x2.floor(next3);
    const fraction0 = f64x2.pmax(f64x2.sub(next0, term0), f64x2.sub(next1, term1));
    const fraction1 = f64x2.pmax(f64x2.sub(next2, term2), f64x2.sub(next3, term3));
    doubt = v128.or(doubt, f64x2.ge(f64x2.pmax(fraction0, fraction1), v128.load(DOUBTS + at)));
    sum0 = f64x2.add(sum0, term0);
    sum1 = f64x2.add(sum1, term1);
    sum2 = f64x2.add(sum2, term2);
    sum3 = f64x2.add(sum3, term3);
  }
  v128.store(SUMS, sum0);
  v128.store(SUMS, sum1, 16);
  v128.store(SUMS, sum2, 32);
  v128.store(SUMS, sum3, 48);
  return doubt;
}

/**
 * floor(2^64 / (2^32 + e)) with e = exp(x), from exp(|x|): for x < 0 e = floor(2^64 / exp(|x|)). A division of doubles
 * is rounded correctly, so its floor can only be wrong where it came out whole; that, and x = 1.0 whose exponential is
 * a constant, is left in doubt.
 */
// @ts-ignore: decorator
@inline
function sigmoid(x: v128, exponential: v128, moving: v128): v128 {
  const whole = f64x2.splat(TWO_64);
  const negative = f64x2.lt(x, f64x2.splat(0));
  const inverse = f64x2.div(whole, exponential);
  const inverseFloor = f64x2.floor(inverse);
  const e = v128.bitselect(inverseFloor, exponential, negative);
  const quotient = f64x2.div(whole, f64x2.add(e, f64x2.splat(TWO_32)));
  const quotientFloor = f64x2.floor(quotient);
  let doubt = v128.and(negative, f64x2.eq(inverse, inverseFloor));
  doubt = v128.or(doubt, v128.and(moving, f64x2.eq(quotient, quotientFloor)));
  doubt = v128.or(doubt, f64x2.eq(x, f64x2.splat(TWO_32)));
  inDoubt = v128.or(inDoubt, doubt);
  return quotientFloor;
}

/** low + sigma * (high - low): sigma is below 1.0, so the sum lies in [low, high] by itself. */
// @ts-ignore: decorator
@inline
function toRate(sigma: v128): v128 {
  return i32x4.add(multiplyLanes(sigma, i32x4.splat(i32(alphaRange))), i32x4.splat(i32(alphaLow)));
}

/** Operands of a redo, u32. */
const REDO: usize = memory.data(48, 16);

/** Four rates by the plain function. */
function redoRates(at: usize, weight: v128, bond: v128, consensus: v128): void {
  v128.store(REDO, weight);
  v128.store(REDO, bond, 16);
  v128.store(REDO, consensus, 32);
  for (let k = 0; k < 4; k++) {
    const place = at32(REDO, k);
    const rate = liquidAlpha(
      i64(load<u32>(place)),
      fromProportion(u64(load<u32>(place, 16))),
      i64(load<u32>(place, 32)),
    );
    store<u32>(at32(RATES + at, k), u32(rate));
  }
  redone += 4;
}
