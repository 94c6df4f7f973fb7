// I32F32: signed 64-bit fixed point with 32 fraction bits, right for every operand of the type (spec/numbers.md 1-4).
// Names say what the chain's operation does: multiplication floors, division truncates.

export const ONE: i64 = 1 << 32;
export const HALF: i64 = 1 << 31;

/** The upper 64 bits of an unsigned 64 x 64 product. */
// @ts-ignore: decorator
@inline
export function multiplyHigh(a: u64, b: u64): u64 {
  const aLow = a & 0xffffffff;
  const aHigh = a >> 32;
  const bLow = b & 0xffffffff;
  const bHigh = b >> 32;
  const middle = aHigh * bLow + ((aLow * bLow) >> 32);
  const cross = aLow * bHigh + (middle & 0xffffffff);
  return aHigh * bHigh + (middle >> 32) + (cross >> 32);
}

/** a + b, clamped to the type. */
export function saturatingAdd(a: i64, b: i64): i64 {
  const sum = a + b;
  if (((a ^ sum) & (b ^ sum)) < 0) return a < 0 ? i64.MIN_VALUE : i64.MAX_VALUE;
  return sum;
}

/** a - b, clamped to the type. */
export function saturatingSubtract(a: i64, b: i64): i64 {
  const difference = a - b;
  if (((a ^ b) & (a ^ difference)) < 0) return a < 0 ? i64.MIN_VALUE : i64.MAX_VALUE;
  return difference;
}

/** True after a multiply or divide whose exact result left the type. */
export let overflowed: bool = false;

/** floor(a * b / 2^32); on overflow clamps by the signs of the operands and sets `overflowed`. */
export function multiply(a: i64, b: i64): i64 {
  overflowed = false;
  if (u64(a) <= u64(ONE) && u64(b) <= u64(ONE)) {
    // The everyday case, no product above 2^64 except 1.0 * 1.0.
    if (a == ONE) return b;
    if (b == ONE) return a;
    return i64((u64(a) * u64(b)) >> 32);
  }
  // The unsigned high word of two's complement operands, corrected to the signed one.
  let high = i64(multiplyHigh(u64(a), u64(b)));
  if (a < 0) high -= b;
  if (b < 0) high -= a;
  if (high != i64(i32(high))) {
    overflowed = true;
    return a < 0 != b < 0 ? i64.MIN_VALUE : i64.MAX_VALUE;
  }
  return (high << 32) | i64(u64(a * b) >> 32);
}

/** |a|, right for the minimum as well. */
// @ts-ignore: decorator
@inline
function magnitude(a: i64): u64 {
  return a < 0 ? 0 - u64(a) : u64(a);
}

/** floor(remainder * 2^32 / divisor) for remainder < divisor <= 2^63: 32 steps of long division when it must be. */
function fraction(remainder: u64, divisor: u64): u64 {
  if (remainder < 1 << 32) return (remainder << 32) / divisor;
  let quotient: u64 = 0;
  for (let bit = 0; bit < 32; bit++) {
    remainder <<= 1;
    quotient <<= 1;
    if (remainder >= divisor) {
      remainder -= divisor;
      quotient |= 1;
    }
  }
  return quotient;
}

/** trunc(a * 2^32 / b), b not 0; on overflow clamps and sets `overflowed`. */
export function divide(a: i64, b: i64): i64 {
  overflowed = false;
  // The everyday case: a proportion below 1.0 by something that keeps the quotient below 2^63.
  if (u64(a) < u64(ONE) && b > 1) return i64((u64(a) << 32) / u64(b));
  const numerator = magnitude(a);
  const denominator = magnitude(b);
  const whole = numerator / denominator;
  const quotientFraction = fraction(numerator % denominator, denominator);
  const negative = a < 0 != b < 0;
  if (whole >= 1 << 31) {
    if (negative && whole == 1 << 31 && quotientFraction == 0) return i64.MIN_VALUE;
    overflowed = true;
    return negative ? i64.MIN_VALUE : i64.MAX_VALUE;
  }
  const quotient = i64((whole << 32) | quotientFraction);
  return negative ? -quotient : quotient;
}

/** divide, or 0 when b is 0 or the quotient overflows. */
export function safeDivide(a: i64, b: i64): i64 {
  if (b == 0) return 0;
  const quotient = divide(a, b);
  return overflowed ? 0 : quotient;
}

/** A u16 proportion x as x / 65535: floor(x * 2^32 / 65535), which is x * 65537 and one more at 65535. */
// @ts-ignore: decorator
@inline
export function fromProportion(x: u64): i64 {
  // x * 2^32 = x * 65537 * 65535 + x, so the quotient is x * 65537 and x is the remainder, a whole divisor at 65535.
  return i64(x * 65537 + u64(x == 65535));
}

/** floor(raw * 65535 / 2^32), clamped to u16. */
// @ts-ignore: decorator
@inline
export function toProportion(raw: i64): u16 {
  if (raw <= 0) return 0;
  if (raw >= ONE) return 65535;
  return u16((u64(raw) * 65535) >> 32);
}

/** floor(raw * rao / 2^32) as u64: negative becomes 0, too large becomes the maximum (spec/epoch.md 8.4). */
export function toRao(raw: i64, rao: u64): u64 {
  if (raw <= 0) return 0;
  if (raw == ONE) return rao;
  const high = multiplyHigh(u64(raw), rao);
  if (high >> 32 != 0) return u64.MAX_VALUE;
  return (high << 32) | ((u64(raw) * rao) >> 32);
}

/** Divides every element by the (wrapping) sum; leaves the vector alone when that is 0 (spec/numbers.md 4). */
export function normalise(vector: usize, length: i32): void {
  let sum: i64 = 0;
  for (let k = 0; k < length; k++) sum += load<i64>(vector + (usize(k) << 3));
  if (sum == 0) return;
  for (let k = 0; k < length; k++) {
    const at = vector + (usize(k) << 3);
    const value = load<i64>(at);
    if (value != 0) store<i64>(at, safeDivide(value, sum));
  }
}
