// The decimal floats of share pools: mantissa * 10^exponent with 10^20 < mantissa <= 10^21 (spec/staking.md 2.1). All
// arguments are in that form and not zero; the caller keeps exponents within +-100. A result is in `high`, `low` and
// `exponent`.
import { multiplyHigh } from "../fixed";
import { divideThreeByTwo, divideWide } from "./wide";

export let high: u64 = 0;
export let low: u64 = 0;
export let exponent: i32 = 0;

/** 10^0 .. 10^19. */
const POWERS: StaticArray<u64> = [
  1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000, 1000000000000,
  10000000000000, 100000000000000, 1000000000000000, 10000000000000000, 100000000000000000, 1000000000000000000,
  10000000000000000000,
];
/** 10^20 and 10^21. */
const LOWER_HIGH: u64 = 0x5;
const LOWER_LOW: u64 = 0x6bc75e2d63100000;
const UPPER_HIGH: u64 = 0x36;
const UPPER_LOW: u64 = 0x35c9adc5dea00000;

const TWO_64: f64 = 18446744073709551616.0;

// @ts-ignore: decorator
@inline
function above(aHigh: u64, aLow: u64, bHigh: u64, bLow: u64): bool {
  return aHigh > bHigh || (aHigh == bHigh && aLow > bLow);
}

/** Brings a mantissa below 2^127, not 0, into its range. */
function normalise(mHigh: u64, mLow: u64, x: i32): void {
  while (above(mHigh, mLow, UPPER_HIGH, UPPER_LOW)) {
    const quotient = mHigh / 10;
    mLow = divideWide(mHigh - quotient * 10, mLow, 10);
    mHigh = quotient;
    x++;
  }
  while (!above(mHigh, mLow, LOWER_HIGH, LOWER_LOW)) {
    mHigh = mHigh * 10 + multiplyHigh(mLow, 10);
    mLow *= 10;
    x--;
  }
  high = mHigh;
  low = mLow;
  exponent = x;
}

/** A whole number, not 0. */
export function fromWhole(value: u64): void {
  // The digits to move: the fewest that bring the number above 10^20. The estimate is never too low.
  let power = i32(((64 - clz(value)) * 1233) >> 12);
  while (power >= 0 && unchecked(POWERS[power]) >= value) power--;
  const digits = 20 - power;
  const beyond = digits > 19;
  const factor = beyond ? (digits == 20 ? 10000000000 : 100000000000) : unchecked(POWERS[digits]);
  let mLow = value * factor;
  let mHigh = multiplyHigh(value, factor);
  if (beyond) {
    mHigh = mHigh * 10000000000 + multiplyHigh(mLow, 10000000000);
    mLow *= 10000000000;
  }
  high = mHigh;
  low = mLow;
  exponent = -digits;
}

/** floor(mantissa / 10^digits), digits not negative; the upper word in `shiftedHigh`. */
let shiftedHigh: u64 = 0;
function shifted(mHigh: u64, mLow: u64, digits: i32): u64 {
  if (digits < 20) {
    const divisor = unchecked(POWERS[digits]);
    const quotient = mHigh / divisor;
    shiftedHigh = quotient;
    return divideWide(mHigh - quotient * divisor, mLow, divisor);
  }
  shiftedHigh = 0;
  // Of 10^22 and more there is nothing in a mantissa.
  if (digits > 21) return 0;
  const dHigh = digits == 20 ? LOWER_HIGH : UPPER_HIGH;
  const dLow = digits == 20 ? LOWER_LOW : UPPER_LOW;
  let count: u64 = 0;
  while (!above(dHigh, dLow, mHigh, mLow)) {
    mHigh -= dHigh + u64(mLow < dLow);
    mLow -= dLow;
    count++;
  }
  return count;
}

/** a + b. */
export function add(aHigh: u64, aLow: u64, aExponent: i32, bHigh: u64, bLow: u64, bExponent: i32): void {
  const first = aExponent >= bExponent;
  const part = first
    ? shifted(bHigh, bLow, aExponent - bExponent)
    : shifted(aHigh, aLow, bExponent - aExponent);
  const sum = (first ? aLow : bLow) + part;
  normalise((first ? aHigh : bHigh) + shiftedHigh + u64(sum < part), sum, first ? aExponent : bExponent);
}

/** a * b / c. */
export function mulDiv(
  aHigh: u64,
  aLow: u64,
  aExponent: i32,
  bHigh: u64,
  bLow: u64,
  bExponent: i32,
  cHigh: u64,
  cLow: u64,
  cExponent: i32,
): void {
  const p0 = aLow * bLow;
  const cross1 = aHigh * bLow;
  const cross2 = aLow * bHigh;
  const sum = multiplyHigh(aLow, bLow) + cross1;
  const p1 = sum + cross2;
  const p2 =
    aHigh * bHigh + multiplyHigh(aHigh, bLow) + multiplyHigh(aLow, bHigh) + u64(sum < cross1) + u64(p1 < cross2);
  // The first digit is below 2^10: a float tells it to one unit.
  let first = u64((f64(p2) * TWO_64 + f64(p1)) / (f64(cHigh) * TWO_64 + f64(cLow)));
  const used = first * cLow;
  let restHigh = p2 - first * cHigh - multiplyHigh(first, cLow) - u64(p1 < used);
  let restLow = p1 - used;
  if (i64(restHigh) < 0) {
    first--;
    restLow += cLow;
    restHigh += cHigh + u64(restLow < cLow);
  } else if (!above(cHigh, cLow, restHigh, restLow)) {
    first++;
    restHigh -= cHigh + u64(restLow < cLow);
    restLow -= cLow;
  }
  const second = divideThreeByTwo(restHigh, restLow, p0, cHigh, cLow);
  normalise(first, second, aExponent + bExponent - cExponent);
}

/** floor of the last result, at most 2^64 - 1. */
export function toWhole(): u64 {
  if (exponent >= 0) return u64.MAX_VALUE;
  const whole = shifted(high, low, -exponent);
  return shiftedHigh == 0 ? whole : u64.MAX_VALUE;
}
