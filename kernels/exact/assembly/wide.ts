// Stake weights before normalising are I64F64: 128 bits, too wide for one register. A value is two 64-bit halves in
// memory, low word first.
import { multiplyHigh } from "./fixed";

/** A whole u64 as I64F64: numbers from 2^63 on saturate to the largest raw value. */
// @ts-ignore: decorator
@inline
export function wholeHigh(x: u64): u64 {
  return x >> 63 ? i64.MAX_VALUE : x;
}
// @ts-ignore: decorator
@inline
export function wholeLow(x: u64): u64 {
  return x >> 63 ? u64.MAX_VALUE : 0;
}

/** Stores alpha + tao * weight, saturating; `taoWeight` has 32 fraction bits and is at most 1.0. */
export function storeStakeWeight(at: usize, alpha: u64, tao: u64, taoWeight: u64): void {
  // floor(tao raw * weight / 2^32), three words wide before the shift.
  const low = wholeLow(tao);
  const high = wholeHigh(tao);
  const p0 = low * taoWeight;
  const middle = high * taoWeight;
  const p1 = middle + multiplyHigh(low, taoWeight);
  const p2 = multiplyHigh(high, taoWeight) + u64(p1 < middle);
  const productLow = (p0 >> 32) | (p1 << 32);
  const productHigh = (p1 >> 32) | (p2 << 32);
  const sumLow = wholeLow(alpha) + productLow;
  const sumHigh = wholeHigh(alpha) + productHigh + u64(sumLow < productLow);
  const overflow = i64(sumHigh) < 0;
  store<u64>(at, overflow ? u64.MAX_VALUE : sumLow);
  store<u64>(at, overflow ? i64.MAX_VALUE : sumHigh, 8);
}

/**
 * floor(m * 2^32 / M) for 0 <= m <= M < 2^127 with m and M multiples of 2^32, each given as two words.
 * A double estimate, off by a few units at most, is corrected with the exact remainder modulo 2^128: the true
 * remainder lies within a few M of 0, far from wrapping, since M / 2^32 < 2^95.
 */
export function shareOf(mLow: u64, mHigh: u64, sumLow: u64, sumHigh: u64, reciprocal: f64): i64 {
  let quotient = u64((f64(mHigh) * 18446744073709551616.0 + f64(mLow)) * reciprocal);
  // The sum without its 32 zero bits; m * 2^32 / M is m / (M / 2^32).
  const divisorLow = (sumLow >> 32) | (sumHigh << 32);
  const divisorHigh = sumHigh >> 32;
  const productLow = divisorLow * quotient;
  const productHigh = divisorHigh * quotient + multiplyHigh(divisorLow, quotient);
  let remainderLow = mLow - productLow;
  let remainderHigh = mHigh - productHigh - u64(mLow < productLow);
  while (i64(remainderHigh) < 0) {
    quotient -= 1;
    remainderLow += divisorLow;
    remainderHigh += divisorHigh + u64(remainderLow < divisorLow);
  }
  while (remainderHigh > divisorHigh || (remainderHigh == divisorHigh && remainderLow >= divisorLow)) {
    quotient += 1;
    remainderHigh -= divisorHigh + u64(remainderLow < divisorLow);
    remainderLow -= divisorLow;
  }
  return i64(quotient);
}

/**
 * The general case of the same step: safe_div(a, b) of signed I64F64 (0 on overflow), floored to I32F32 and clamped.
 * Only saturated stakes, whose sum wraps, come here; so plain long division, one bit at a time.
 */
export function safeDivideToI32F32(aLow: u64, aHigh: u64, bLow: u64, bHigh: u64): i64 {
  if ((bLow | bHigh) == 0) return 0;
  const negative = i64(aHigh ^ bHigh) < 0;
  if (i64(aHigh) < 0) {
    aHigh = ~aHigh + u64(aLow == 0);
    aLow = 0 - aLow;
  }
  if (i64(bHigh) < 0) {
    bHigh = ~bHigh + u64(bLow == 0);
    bLow = 0 - bLow;
  }
  let remainderLow: u64 = 0;
  let remainderHigh: u64 = 0;
  let quotientLow: u64 = 0;
  let quotientHigh: u64 = 0;
  for (let bit = 0; bit < 192; bit++) {
    // The next bit of a, then the 64 zero bits of the scaling.
    remainderHigh = (remainderHigh << 1) | (remainderLow >> 63);
    remainderLow = (remainderLow << 1) | (aHigh >> 63);
    aHigh = (aHigh << 1) | (aLow >> 63);
    aLow <<= 1;
    if (quotientHigh >> 63) return 0;
    quotientHigh = (quotientHigh << 1) | (quotientLow >> 63);
    quotientLow <<= 1;
    if (remainderHigh > bHigh || (remainderHigh == bHigh && remainderLow >= bLow)) {
      remainderHigh -= bHigh + u64(remainderLow < bLow);
      remainderLow -= bLow;
      quotientLow |= 1;
    }
  }
  if (negative) {
    if (quotientHigh > 1 << 63 || (quotientHigh == 1 << 63 && quotientLow != 0)) return 0;
    quotientHigh = ~quotientHigh + u64(quotientLow == 0);
    quotientLow = 0 - quotientLow;
  } else if (quotientHigh >> 63) return 0;
  return toI32F32(quotientLow, quotientHigh);
}

/** I64F64 to I32F32: floor, then clamp. */
export function toI32F32(low: u64, high: u64): i64 {
  const whole = i64(high);
  if (whole != i64(i32(whole))) return whole < 0 ? i64.MIN_VALUE : i64.MAX_VALUE;
  return (whole << 32) | i64(low >> 32);
}
