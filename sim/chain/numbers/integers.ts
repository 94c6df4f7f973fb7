/** Integer money and counters: saturating u64 arithmetic and parts-per-something (spec/numbers.md 5 and 6). */

export const U64_MAX = 0xffff_ffff_ffff_ffffn;
export const U128_MAX = (1n << 128n) - 1n;
const I64_MAX = (1n << 63n) - 1n;
const I64_MIN = -(1n << 63n);

/** Parts of one in a Perquintill. */
export const PERQUINTILL = 1_000_000_000_000_000_000n;

/** a + b, at most 2^64 - 1. */
export function addU64(a: bigint, b: bigint): bigint {
  const sum = a + b;
  return sum > U64_MAX ? U64_MAX : sum;
}

/** a - b, at least 0. */
export const subU64 = (a: bigint, b: bigint): bigint => (a > b ? a - b : 0n);

/** a * b, at most 2^64 - 1. */
export const mulU64 = (a: bigint, b: bigint): bigint => clampU64(a * b);

/** `value` clamped to 0 .. 2^64 - 1. */
export const clampU64 = (value: bigint): bigint => (value < 0n ? 0n : value > U64_MAX ? U64_MAX : value);

/** a + b clamped to i64; `b` may be negative. */
export function addI64(a: bigint, b: bigint): bigint {
  const sum = a + b;
  return sum > I64_MAX ? I64_MAX : sum < I64_MIN ? I64_MIN : sum;
}

/** a + b, at most 2^128 - 1. */
export function addU128(a: bigint, b: bigint): bigint {
  const sum = a + b;
  return sum > U128_MAX ? U128_MAX : sum;
}

export const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);
export const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/** Perquintill parts of p / q: floor(min(p, q) * 10^18 / q), everything where q is 0. */
export function perquintillFromRational(p: bigint, q: bigint): bigint {
  if (q === 0n) return PERQUINTILL;
  return (min(p, q) * PERQUINTILL) / q;
}

/** parts * value / 10^18 rounded to the nearest whole number, halves up, at most 2^128 - 1 (spec/pool.md 6). */
export const perquintillMulHalfUp = (parts: bigint, value: bigint): bigint =>
  min((parts * value + PERQUINTILL / 2n) / PERQUINTILL, U128_MAX);

/** Perbill parts of `value`, floored. */
export const perbillMulFloor = (parts: bigint, value: bigint): bigint => (parts * value) / 1_000_000_000n;

/** Perbill parts of `value` rounded to the nearest whole number, halves down (spec/numbers.md 5). */
export function perbillMulNearest(parts: bigint, value: bigint): bigint {
  const product = parts * value;
  const whole = product / 1_000_000_000n;
  return product % 1_000_000_000n > 500_000_000n ? whole + 1n : whole;
}
