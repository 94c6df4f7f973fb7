// Vector arithmetic on raw values below 2^32, four u32 lanes or two f64 lanes at a time.

/** 2^52: a double in [2^52, 2^53) holds a whole number in its low bits. */
// @ts-ignore: decorator
@inline
export const TWO_52: f64 = 4503599627370496.0;

/** floor(a * b / 2^32) per lane: the high words of the four 64-bit products. */
// @ts-ignore: decorator
@inline
export function multiplyLanes(a: v128, b: v128): v128 {
  return v128.shuffle<u32>(i64x2.extmul_low_i32x4_u(a, b), i64x2.extmul_high_i32x4_u(a, b), 1, 3, 5, 7);
}

/** The two low u32 lanes as doubles, exactly: 2^52 + x is put together bit by bit, then 2^52 taken off. */
// @ts-ignore: decorator
@inline
export function lowToDoubles(words: v128): v128 {
  return f64x2.sub(v128.shuffle<u32>(words, i32x4.splat(0x43300000), 0, 4, 1, 5), f64x2.splat(TWO_52));
}
/** The two high u32 lanes as doubles. */
// @ts-ignore: decorator
@inline
export function highToDoubles(words: v128): v128 {
  return f64x2.sub(v128.shuffle<u32>(words, i32x4.splat(0x43300000), 2, 6, 3, 7), f64x2.splat(TWO_52));
}

/** Four whole doubles below 2^32 as u32 lanes: after adding 2^52 they are the low words. */
// @ts-ignore: decorator
@inline
export function doublesToWords(low: v128, high: v128): v128 {
  const magic = f64x2.splat(TWO_52);
  return v128.shuffle<u32>(f64x2.add(low, magic), f64x2.add(high, magic), 0, 2, 4, 6);
}

/**
 * floor(x * 65535 / 2^32) per lane. x * 65535 = x * 2^16 - x, so it is (x - ceil(x / 2^16)) >> 16, and for x >= 1
 * ceil(x / 2^16) = ((x - 1) >> 16) + 1. x = 0 gives the 0 of x = 1.
 */
// @ts-ignore: decorator
@inline
export function toProportionLanes(x: v128): v128 {
  const one = i32x4.splat(1);
  const y = i32x4.sub(i32x4.max_u(x, one), one);
  return i32x4.shr_u(i32x4.sub(y, i32x4.shr_u(y, 16)), 16);
}

/** A double that is at least 2^32 / divisor, by one and a half units in the last place at most. */
export function reciprocalAbove(divisor: f64): f64 {
  return reinterpret<f64>(reinterpret<u64>(4294967296.0 / divisor) + 1);
}

/** The same for two lanes and any numerator: at least numerator / divisor; 0 where the divisor is 0. */
// @ts-ignore: decorator
@inline
export function quotientsAbove(numerator: f64, divisors: v128): v128 {
  const nearest = f64x2.div(f64x2.splat(numerator), divisors);
  return v128.and(i64x2.add(nearest, i64x2.splat(1)), f64x2.gt(divisors, f64x2.splat(0)));
}

/**
 * Doubles below 2^32 / divisor such that `x * r`, rounded, stays below the true quotient q: r is low by a relative
 * 2^-51 (less half a unit for the division), the product is off by 2^-53 at most. The total stays above q * (1 - 2^-50):
 * floor(x * r) is floor(q) or one less, and can be less only if the fraction of x * r is above 1 - q * 2^-50.
 * 0 where the divisor is 0.
 */
// @ts-ignore: decorator
@inline
export function reciprocalsBelow(divisors: v128): v128 {
  const nearest = f64x2.div(f64x2.splat(4294967296.0), divisors);
  const low = f64x2.mul(nearest, f64x2.splat(1.0 - 4.440892098500626e-16));
  return v128.and(low, f64x2.gt(divisors, f64x2.splat(0)));
}

/** Two u64 below 2^52 as doubles. */
// @ts-ignore: decorator
@inline
export function wideToDoubles(numbers: v128): v128 {
  return f64x2.sub(v128.or(numbers, f64x2.splat(TWO_52)), f64x2.splat(TWO_52));
}

/** The relative distance of the argument above: 2^-50. */
// @ts-ignore: decorator
@inline
export const QUOTIENT_ERROR: f64 = 8.881784197001252e-16;

/** The larger of the two lanes. */
// @ts-ignore: decorator
@inline
export function largestDouble(x: v128): f64 {
  return max<f64>(f64x2.extract_lane(x, 0), f64x2.extract_lane(x, 1));
}

/** Sum of the four lanes as u64. */
// @ts-ignore: decorator
@inline
export function sumOfWords(words: v128): u64 {
  return (
    u64(u32(i32x4.extract_lane(words, 0))) +
    u64(u32(i32x4.extract_lane(words, 1))) +
    u64(u32(i32x4.extract_lane(words, 2))) +
    u64(u32(i32x4.extract_lane(words, 3)))
  );
}
