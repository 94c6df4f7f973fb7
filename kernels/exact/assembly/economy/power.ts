// The pool's power function for trades that are small beside the reserve, by a short series with a known error; where
// the result lies too close to a whole number to be told, the caller takes the chain's own series (spec/pool.md 2).
import { multiplyHigh } from "../fixed";
import { divideSmall, divideWide, multiplyFractions, remainder, upper } from "./wide";

/** Parts of one: weights and results. */
export const Q: u64 = 1000000000000000000;
/** The answer is not known. */
export const UNDECIDED: u64 = u64.MAX_VALUE;

/** A trade of more than 1/128 of the reserve is not small. */
const SMALL_SHIFT: u64 = 7;
/** Largest ratio of the weights. */
const MOST_EXPONENT: u64 = 16;
/** All errors together are below 2^-53 of a unit; within 2^-50 of a whole number the floor is not decided. */
const WINDOW: u64 = 1 << 14;
/** 2^-21, as the upper word of a fraction. */
const TINY: u64 = 1 << 43;

const TWO_128: f64 = 340282366920938463463374607431768211456.0;
const UNIT_128: f64 = 1.0 / TWO_128;
const UNIT_64: f64 = 1.0 / 18446744073709551616.0;

/** floor(Q * (1 - loss)) for a loss of 128 fraction bits, or UNDECIDED. */
function partLeft(high: u64, low: u64): u64 {
  // Whole part and the upper word of the fraction.
  const product = high * Q;
  const part = product + multiplyHigh(low, Q);
  const whole = multiplyHigh(high, Q) + u64(part < product);
  if (part < WINDOW || part > u64.MAX_VALUE - WINDOW) return UNDECIDED;
  return Q - 1 - whole;
}

/**
 * floor(Q * (1 + d)^-p), p = en / ed, for d * (p + 2) below 2^-21, or UNDECIDED. Of the binomial series
 * p d - p (p + 1) / 2 d^2 + ... the first two terms are exact to 2^-123; those behind are below 2^-65, floats tell
 * them to 2^-114, and what is left out is below 2^-128: all errors together are below 2^-53 of a unit.
 */
function tinyPower(dHigh: u64, dLow: u64, en: u64, ed: u64): u64 {
  // t = p * d
  const m0 = dLow * en;
  const middle = dHigh * en;
  const m1 = middle + multiplyHigh(dLow, en);
  const m2 = multiplyHigh(dHigh, en) + u64(m1 < middle);
  const tHigh = divideWide(m2, m1, ed);
  const tLow = divideWide(remainder, m0, ed);
  // t + d; the second term is t * (t + d) / 2.
  const sumLow = tLow + dLow;
  const sumHigh = tHigh + dHigh + u64(sumLow < tLow);
  if (sumHigh + dHigh >= TINY) return UNDECIDED;
  const productLow = multiplyFractions(tHigh, tLow, sumHigh, sumLow);
  const secondHigh = upper >> 1;
  const secondLow = (upper << 63) | (productLow >> 1);
  let high = tHigh - secondHigh - u64(tLow < secondLow);
  let low = tLow - secondLow;

  const d = f64(dHigh) * UNIT_64 + f64(dLow) * UNIT_128;
  const t = f64(tHigh) * UNIT_64 + f64(tLow) * UNIT_128;
  const second = f64(secondHigh) * UNIT_64 + f64(secondLow) * UNIT_128;
  const third = (second * (t + 2.0 * d)) / 3.0;
  const fourth = (third * (t + 3.0 * d)) / 4.0;
  const fifth = (fourth * (t + 4.0 * d)) / 5.0;
  const rest = u64((third - fourth + fifth) * TWO_128);
  low += rest;
  high += u64(low < rest);
  return partLeft(high, low);
}

/** floor(Q * (x / (x + dx))^(en / ed)), or UNDECIDED; 0 < x, en and ed at most Q and not 0. */
export function smallPower(x: u64, dx: u64, en: u64, ed: u64): u64 {
  if (x >> 62 != 0 || dx > x >> SMALL_SHIFT || en > ed * MOST_EXPONENT || dx == 0) return UNDECIDED;
  // Fractions of 128 bits from here on.
  const dHigh = divideWide(dx, 0, x);
  const dLow = divideWide(remainder, 0, x);

  if (dHigh < TINY) {
    const tiny = tinyPower(dHigh, dLow, en, ed);
    if (tiny != UNDECIDED) return tiny;
  }

  // ln(1 + d) = d - d^2/2 + d^3/3 ...
  let high = dHigh;
  let low = dLow;
  let termHigh = dHigh;
  let termLow = dLow;
  for (let n: u64 = 2; n < 64; n++) {
    termLow = multiplyFractions(termHigh, termLow, dHigh, dLow);
    termHigh = upper;
    if ((termHigh | termLow) == 0) break;
    const partLow = divideSmall(termHigh, termLow, n);
    const partHigh = upper;
    if ((n & 1) == 0) {
      high -= partHigh + u64(low < partLow);
      low -= partLow;
    } else {
      low += partLow;
      high += partHigh + u64(low < partLow);
    }
  }

  // y = ln * en / ed
  const m0 = low * en;
  const middle = high * en;
  const m1 = middle + multiplyHigh(low, en);
  const m2 = multiplyHigh(high, en) + u64(m1 < middle);
  if (m2 >= ed) return UNDECIDED;
  const yHigh = divideWide(m2, m1, ed);
  const yLow = divideWide(remainder, m0, ed);
  if (yHigh >> 63 != 0) return UNDECIDED;

  // 1 - e^-y = y - y^2/2! + y^3/3! ...
  high = yHigh;
  low = yLow;
  termHigh = yHigh;
  termLow = yLow;
  for (let n: u64 = 2; n < 64; n++) {
    termLow = multiplyFractions(termHigh, termLow, yHigh, yLow);
    termLow = divideSmall(upper, termLow, n);
    termHigh = upper;
    if ((termHigh | termLow) == 0) break;
    if ((n & 1) == 0) {
      high -= termHigh + u64(low < termLow);
      low -= termLow;
    } else {
      low += termLow;
      high += termHigh + u64(low < termLow);
    }
  }

  return partLeft(high, low);
}

/** What a small trade of `dx` into `x` pays out of `reserve`, or UNDECIDED (spec/pool.md 4). */
export function smallTrade(x: u64, dx: u64, reserve: u64, en: u64, ed: u64): u64 {
  const value = smallPower(x, dx, en, ed);
  if (value == UNDECIDED || value == 0) return UNDECIDED;
  // 1.0 - floor(value * 2^64 / Q), below one because the value is not 0.
  return multiplyHigh(reserve, 0 - divideWide(value, 0, Q));
}
