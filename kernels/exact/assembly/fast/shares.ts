// A whole column of raw values over one sum, two at a time: for incentive, dividends and emission.
import { normalise, safeDivide } from "../fixed";
import { at64 } from "../subnet";
import { TWO_52, wideToDoubles } from "./lanes";

/**
 * A double below 2^32 / sum such that x * r, for any x up to the sum, lies below the true quotient q by less than
 * q * 2^-50, which is at most 2^-18 (the argument of `reciprocalsBelow`): floor(x * r) can be one less than floor(q), and
 * only where the fraction of x * r is above 1 - 2^-18. Needs 0 < sum < 2^52.
 */
// @ts-ignore: decorator
@inline
export function shareReciprocal(sum: i64): v128 {
  return f64x2.splat((4294967296.0 / f64(sum)) * (1.0 - 4.440892098500626e-16));
}

/** Two values below 2^32 times the reciprocal. */
// @ts-ignore: decorator
@inline
export function shareProducts(values: v128, reciprocal: v128): v128 {
  return f64x2.mul(wideToDoubles(values), reciprocal);
}

/** All ones where the floor of a product is in doubt. */
// @ts-ignore: decorator
@inline
export function inDoubt(product: v128, whole: v128): v128 {
  return f64x2.ge(f64x2.sub(product, whole), f64x2.splat(1.0 - 1.0 / 131072.0));
}

/** Two whole doubles below 2^52 as i64. */
// @ts-ignore: decorator
@inline
export function wholeToWide(whole: v128): v128 {
  const magic = f64x2.splat(TWO_52);
  return v128.xor(f64x2.add(whole, magic), magic);
}

/** True if both values are 0 to 2^32 - 1. */
// @ts-ignore: decorator
@inline
export function fitWords(values: v128): bool {
  return !v128.any_true(i64x2.shr_u(values, 32));
}

/** The sum of both lanes. */
// @ts-ignore: decorator
@inline
export function sumOfPair(values: v128): i64 {
  return i64x2.extract_lane(values, 0) + i64x2.extract_lane(values, 1);
}

/**
 * `normalise` for a column whose last element is followed by a 0 where their number is odd. Values of 1.0 and above go
 * to the plain function.
 */
export function normaliseColumn(column: usize, length: i32): void {
  let sums = i64x2.splat(0);
  let bits = i64x2.splat(0);
  for (let k = 0; k < length; k += 2) {
    const values = v128.load(at64(column, k));
    sums = i64x2.add(sums, values);
    bits = v128.or(bits, values);
  }
  if (!fitWords(bits)) return normalise(column, length);
  const sum = sumOfPair(sums);
  if (sum == 0) return;
  const reciprocal = shareReciprocal(sum);
  for (let k = 0; k < length; k += 2) {
    const at = at64(column, k);
    const values = v128.load(at);
    const product = shareProducts(values, reciprocal);
    const whole = f64x2.floor(product);
    if (v128.any_true(inDoubt(product, whole))) {
      store<i64>(at, safeDivide(i64x2.extract_lane(values, 0), sum));
      store<i64>(at, safeDivide(i64x2.extract_lane(values, 1), sum), 8);
    } else v128.store(at, wholeToWide(whole));
  }
}
