// Exact arithmetic past 64 bits. Results that need two words leave their upper word (or a remainder) in a global.
import { multiplyHigh } from "../fixed";

/** Remainder of the last divideWide. */
export let remainder: u64 = 0;
/** Upper word of the last result of two words. */
export let upper: u64 = 0;

/** floor((high, low) / divisor) for high < divisor; Knuth's algorithm D with digits of 32 bits. */
export function divideWide(high: u64, low: u64, divisor: u64): u64 {
  if (high == 0) {
    const quotient = low / divisor;
    remainder = low - quotient * divisor;
    return quotient;
  }
  const shift = clz(divisor);
  const d = divisor << shift;
  const d1 = d >> 32;
  const d0 = d & 0xffffffff;
  const top = shift == 0 ? high : (high << shift) | (low >> (64 - shift));
  const rest = low << shift;
  const r1 = rest >> 32;
  const r0 = rest & 0xffffffff;

  let q1 = top / d1;
  let left = top - q1 * d1;
  while (q1 >> 32 != 0 || q1 * d0 > ((left << 32) | r1)) {
    q1--;
    left += d1;
    if (left >> 32 != 0) break;
  }
  const middle = ((top << 32) | r1) - q1 * d;
  let q0 = middle / d1;
  left = middle - q0 * d1;
  while (q0 >> 32 != 0 || q0 * d0 > ((left << 32) | r0)) {
    q0--;
    left += d1;
    if (left >> 32 != 0) break;
  }
  remainder = (((middle << 32) | r0) - q0 * d) >> shift;
  return (q1 << 32) + q0;
}

/** The upper 128 bits of the product of two 128-bit fractions, off by less than one unit; sets `upper`. */
export function multiplyFractions(aHigh: u64, aLow: u64, bHigh: u64, bLow: u64): u64 {
  const cross1 = aHigh * bLow;
  const cross2 = aLow * bHigh;
  const sum = cross1 + cross2;
  const carryOfSum = u64(sum < cross1);
  const withLow = sum + multiplyHigh(aLow, bLow);
  const carry = carryOfSum + u64(withLow < sum);
  const low = aHigh * bHigh;
  const high1 = multiplyHigh(aHigh, bLow);
  const high2 = multiplyHigh(aLow, bHigh);
  let result = low + high1;
  let high = multiplyHigh(aHigh, bHigh) + u64(result < low);
  result += high2;
  high += u64(result < high2);
  result += carry;
  high += u64(result < carry);
  upper = high;
  return result;
}

/** floor((high, low) / divisor) as two words for a divisor below 2^32; sets `upper`. */
// @ts-ignore: decorator
@inline
export function divideSmall(high: u64, low: u64, divisor: u64): u64 {
  const quotient = high / divisor;
  const result = divideWide(high - quotient * divisor, low, divisor);
  upper = quotient;
  return result;
}

/** floor(n / d) for three words over two, the quotient below 2^64. */
export function divideThreeByTwo(n2: u64, n1: u64, n0: u64, d1: u64, d0: u64): u64 {
  if (d1 == 0) return divideWide(n1, n0, d0);
  const shift = clz(d1);
  let v1 = d1;
  let v0 = d0;
  let u2 = n2;
  let u1 = n1;
  let u0 = n0;
  if (shift != 0) {
    const back = 64 - shift;
    v1 = (d1 << shift) | (d0 >> back);
    v0 = d0 << shift;
    u2 = (n2 << shift) | (n1 >> back);
    u1 = (n1 << shift) | (n0 >> back);
    u0 = n0 << shift;
  }
  let quotient: u64;
  let left: u64;
  if (u2 >= v1) {
    // The digit is as large as a digit can be, or the estimate of it one too large.
    quotient = u64.MAX_VALUE;
    left = u1 + v1;
    if (left < v1) return quotient;
  } else {
    quotient = divideWide(u2, u1, v1);
    left = remainder;
  }
  while (true) {
    const high = multiplyHigh(quotient, v0);
    if (high < left || (high == left && quotient * v0 <= u0)) return quotient;
    quotient--;
    left += v1;
    if (left < v1) return quotient;
  }
}

/**
 * floor(a * 2^32 / b) for a <= b < 2^127, both of two words, a below 2^95, b not 0. A double estimate, corrected with
 * the exact remainder.
 */
export function fraction32(aHigh: u64, aLow: u64, bHigh: u64, bLow: u64): u64 {
  const a = f64(aHigh) * 18446744073709551616.0 + f64(aLow);
  const b = f64(bHigh) * 18446744073709551616.0 + f64(bLow);
  let quotient = u64((a / b) * 4294967296.0);
  const productLow = bLow * quotient;
  const productHigh = bHigh * quotient + multiplyHigh(bLow, quotient);
  const shiftedLow = aLow << 32;
  let restLow = shiftedLow - productLow;
  let restHigh = ((aHigh << 32) | (aLow >> 32)) - productHigh - u64(shiftedLow < productLow);
  while (i64(restHigh) < 0) {
    quotient--;
    restLow += bLow;
    restHigh += bHigh + u64(restLow < bLow);
  }
  while (restHigh > bHigh || (restHigh == bHigh && restLow >= bLow)) {
    quotient++;
    restHigh -= bHigh + u64(restLow < bLow);
    restLow -= bLow;
  }
  return quotient;
}
