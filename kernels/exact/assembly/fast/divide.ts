// Many values over one divisor per lane, without a division per value.
import {
  doublesToWords,
  highToDoubles,
  largestDouble,
  lowToDoubles,
  QUOTIENT_ERROR,
  quotientsAbove,
  reciprocalsBelow,
  wideToDoubles,
} from "./lanes";
import { at32, at64 } from "../subnet";
import { LANES } from "./panels";

/** Two vectors: what one pass keeps in registers. */
// @ts-ignore: decorator
@inline
export const STRIP: i32 = 8;

/** u64 per lane of a panel, below 2^52: the divisor; 0 for a lane that stays out, whose quotients are all 0. */
const DIVISORS: usize = memory.data(128, 16);
/** f64 per lane of a strip: 2^32 / divisor from below. */
const RECIPROCALS: usize = memory.data(64, 16);

/** Number of strips that had to be done again in integers. */
export let redone: u32 = 0;

/** Sets the divisor of a lane; 0 makes all its quotients 0. */
// @ts-ignore: decorator
@inline
export function setDivisor(lane: i32, divisor: u64): void {
  store<u64>(at64(DIVISORS, lane), divisor);
}
/** Sets the divisors of two lanes. */
// @ts-ignore: decorator
@inline
export function setDivisors(lane: i32, divisors: v128): void {
  v128.store(at64(DIVISORS, lane), divisors);
}

/**
 * out = floor(value * 2^32 / divisor) for a strip of 8 lanes from `lane` on. Every quotient is below 2^32 and at most
 * `largest` times 2^32 / divisor. The products come out low by a relative 2^-50 at most (reciprocalsBelow), so the
 * floors are right unless some product ends within that of the next whole number; then the strip is done in integers.
 */
export function divideStrip(values: usize, out: usize, slots: i32, lane: i32, largest: usize): void {
  for (let k: usize = 0; k < 64; k += 16)
    v128.store(RECIPROCALS + k, reciprocalsBelow(wideToDoubles(v128.load(at64(DIVISORS, lane) + k))));
  const fraction = divideInDoubles(at32(values, lane), at32(out, lane), slots, RECIPROCALS);
  if (fraction < safeFraction(at32(largest, lane))) return;
  redone++;
  divideInIntegers(at32(values, lane), at32(out, lane), slots, at64(DIVISORS, lane));
}

/** The fraction below which no product of the strip can have lost a whole unit. */
function safeFraction(largest: usize): f64 {
  const first = v128.load(largest);
  const second = v128.load(largest, 16);
  const bound = f64x2.pmax(
    f64x2.pmax(
      f64x2.mul(lowToDoubles(first), v128.load(RECIPROCALS)),
      f64x2.mul(highToDoubles(first), v128.load(RECIPROCALS, 16)),
    ),
    f64x2.pmax(
      f64x2.mul(lowToDoubles(second), v128.load(RECIPROCALS, 32)),
      f64x2.mul(highToDoubles(second), v128.load(RECIPROCALS, 48)),
    ),
  );
  // One more bit for the rounding of this bound.
  return 1.0 - 2 * largestDouble(bound) * QUOTIENT_ERROR;
}

/** @returns the largest fraction that was cut off */
function divideInDoubles(values: usize, out: usize, slots: i32, reciprocals: usize): f64 {
  const reciprocal0 = v128.load(reciprocals);
  const reciprocal1 = v128.load(reciprocals, 16);
  const reciprocal2 = v128.load(reciprocals, 32);
  const reciprocal3 = v128.load(reciprocals, 48);
  let fraction0 = f64x2.splat(0);
  let fraction1 = f64x2.splat(0);
  for (let slot = 0; slot < slots; slot++) {
    const words0 = v128.load(values);
    const product0 = f64x2.mul(lowToDoubles(words0), reciprocal0);
    const product1 = f64x2.mul(highToDoubles(words0), reciprocal1);
    const whole0 = f64x2.floor(product0);
    const whole1 = f64x2.floor(product1);
    fraction0 = f64x2.pmax(fraction0, f64x2.sub(product0, whole0));
    fraction1 = f64x2.pmax(fraction1, f64x2.sub(product1, whole1));
    v128.store(out, doublesToWords(whole0, whole1));
    const words1 = v128.load(values, 16);
    const product2 = f64x2.mul(lowToDoubles(words1), reciprocal2);
    const product3 = f64x2.mul(highToDoubles(words1), reciprocal3);
    const whole2 = f64x2.floor(product2);
    const whole3 = f64x2.floor(product3);
    fraction0 = f64x2.pmax(fraction0, f64x2.sub(product2, whole2));
    fraction1 = f64x2.pmax(fraction1, f64x2.sub(product3, whole3));
    v128.store(out, doublesToWords(whole2, whole3), 16);
    values += LANES * 4;
    out += LANES * 4;
  }
  return largestDouble(f64x2.pmax(fraction0, fraction1));
}

/** Needs value * 2^32 below 2^64, which u32 values are. */
function divideInIntegers(values: usize, out: usize, slots: i32, divisors: usize): void {
  for (let slot = 0; slot < slots; slot++) {
    for (let k = 0; k < STRIP; k++) {
      const divisor = load<u64>(at64(divisors, k));
      const value = u64(load<u32>(at32(values, k)));
      store<u32>(at32(out, k), divisor == 0 ? 0 : u32((value << 32) / divisor));
    }
    values += LANES * 4;
    out += LANES * 4;
  }
}

/** u32 per lane of a panel: the maximum; 0 for a lane of zeros or one that stays out. */
const MAXIMA: usize = memory.data(64, 16);
/** f64 per lane of a strip: 65535 / maximum from above. */
const SCALES: usize = memory.data(64, 16);

/** Sets the maxima of all lanes for `upscaleStrip`: 16 u32. */
export function setMaxima(maxima: usize): void {
  memory.copy(MAXIMA, maxima, 64);
}

/**
 * Values over their column's maximum as u16: floor(floor(x * 2^32 / m) * 65535 / 2^32). The inner floor costs less than
 * 65535 / 2^32 < 2^-16 of the result, so the answer is floor(y), y = x * 65535 / m, unless the fraction of y is below
 * 2^-16; y in doubles is high by a relative 2^-51 at most, less than 2^-34. Where a fraction is below 2^-15.9 the
 * strip is done in integers, except that x = m is known to give 65535.
 */
export function upscaleStrip(values: usize, out: usize, slots: i32, lane: i32): void {
  const maxima = at32(MAXIMA, lane);
  for (let k: usize = 0; k < 32; k += 16) {
    const words = v128.load(maxima + k);
    v128.store(SCALES + 2 * k, quotientsAbove(65535, lowToDoubles(words)));
    v128.store(SCALES + 2 * k, quotientsAbove(65535, highToDoubles(words)), 16);
  }
  if (upscaleInDoubles(at32(values, lane), out + (usize(lane) << 1), slots, SCALES) > 0.0000164) return;
  redone++;
  upscaleInIntegers(at32(values, lane), out + (usize(lane) << 1), slots, maxima);
}

/** @returns the smallest fraction that leaves a floor in doubt if it is small */
function upscaleInDoubles(values: usize, out: usize, slots: i32, scales: usize): f64 {
  const scale0 = v128.load(scales);
  const scale1 = v128.load(scales, 16);
  const scale2 = v128.load(scales, 32);
  const scale3 = v128.load(scales, 48);
  let fraction = f64x2.splat(1);
  for (let slot = 0; slot < slots; slot++) {
    const words0 = v128.load(values);
    const words1 = v128.load(values, 16);
    const scaled0 = f64x2.mul(lowToDoubles(words0), scale0);
    const scaled1 = f64x2.mul(highToDoubles(words0), scale1);
    const scaled2 = f64x2.mul(lowToDoubles(words1), scale2);
    const scaled3 = f64x2.mul(highToDoubles(words1), scale3);
    const whole0 = f64x2.floor(scaled0);
    const whole1 = f64x2.floor(scaled1);
    const whole2 = f64x2.floor(scaled2);
    const whole3 = f64x2.floor(scaled3);
    fraction = f64x2.pmin(fraction, fractionOf(scaled0, whole0));
    fraction = f64x2.pmin(fraction, fractionOf(scaled1, whole1));
    fraction = f64x2.pmin(fraction, fractionOf(scaled2, whole2));
    fraction = f64x2.pmin(fraction, fractionOf(scaled3, whole3));
    v128.store(out, i16x8.narrow_i32x4_u(doublesToWords(whole0, whole1), doublesToWords(whole2, whole3)));
    values += LANES * 4;
    out += LANES * 2;
  }
  return min<f64>(f64x2.extract_lane(fraction, 0), f64x2.extract_lane(fraction, 1));
}

/**
 * scaled - whole, or not a number (which `pmin` passes over) for the known 65535. Below 0.5 nothing is in doubt: the
 * answer is 0 either way.
 */
// @ts-ignore: decorator
@inline
function fractionOf(scaled: v128, whole: v128): v128 {
  const fraction = f64x2.sub(f64x2.pmax(f64x2.splat(0.5), scaled), whole);
  return v128.or(fraction, f64x2.ge(scaled, f64x2.splat(65535)));
}

function upscaleInIntegers(values: usize, out: usize, slots: i32, maxima: usize): void {
  for (let slot = 0; slot < slots; slot++) {
    for (let k = 0; k < STRIP; k++) {
      const maximum = u64(load<u32>(at32(maxima, k)));
      const value = u64(load<u32>(at32(values, k)));
      const share = maximum == 0 ? 0 : (value << 32) / maximum;
      store<u16>(out + (usize(k) << 1), u16((share * 65535) >> 32));
    }
    values += LANES * 4;
    out += LANES * 2;
  }
}
