/**
 * Fixed-point numbers as the chain holds them: a value is its raw integer, value = raw / 2^fraction.
 * Multiplication floors, division truncates toward zero, both clamp to the type's range (spec/numbers.md 1 to 4).
 */

/** A fixed-point type: its name, the number of fraction bits, one as a raw value and the raw range. */
export interface FixedType {
  readonly name: string;
  readonly fraction: bigint;
  readonly one: bigint;
  readonly min: bigint;
  readonly max: bigint;
}

function fixedType(name: string, signed: boolean, bits: bigint, fraction: bigint): FixedType {
  return {
    name,
    fraction,
    one: 1n << fraction,
    min: signed ? -(1n << (bits - 1n)) : 0n,
    max: signed ? (1n << (bits - 1n)) - 1n : (1n << bits) - 1n,
  };
}

export const I32F32 = fixedType("I32F32", true, 64n, 32n);
export const I64F64 = fixedType("I64F64", true, 128n, 64n);
export const U64F64 = fixedType("U64F64", false, 128n, 64n);
export const U96F32 = fixedType("U96F32", false, 128n, 32n);
export const I96F32 = fixedType("I96F32", true, 128n, 32n);

const clamp = (type: FixedType, raw: bigint): bigint =>
  raw < type.min ? type.min : raw > type.max ? type.max : raw;

const fits = (type: FixedType, raw: bigint): boolean => raw >= type.min && raw <= type.max;

export const saturatingAdd = (type: FixedType, a: bigint, b: bigint): bigint => clamp(type, a + b);
export const saturatingSub = (type: FixedType, a: bigint, b: bigint): bigint => clamp(type, a - b);

/** floor(a * b), clamped. A product whose floor fits is exact, so the clamp never meets mixed signs that fit. */
export const saturatingMul = (type: FixedType, a: bigint, b: bigint): bigint =>
  clamp(type, (a * b) >> type.fraction);

/** floor(a * b), null when it does not fit. */
export function checkedMul(type: FixedType, a: bigint, b: bigint): bigint | null {
  const raw = (a * b) >> type.fraction;
  return fits(type, raw) ? raw : null;
}

/** trunc(a / b), null when `b` is 0 or the quotient does not fit. */
export function checkedDiv(type: FixedType, a: bigint, b: bigint): bigint | null {
  if (b === 0n) return null;
  const raw = (a << type.fraction) / b;
  return fits(type, raw) ? raw : null;
}

/** trunc(a / b), clamped; `b` must not be 0. */
export const saturatingDiv = (type: FixedType, a: bigint, b: bigint): bigint =>
  clamp(type, (a << type.fraction) / b);

/** trunc(a / b), 0 when `b` is 0 or the quotient does not fit (spec/numbers.md 4). */
export const safeDiv = (type: FixedType, a: bigint, b: bigint): bigint => checkedDiv(type, a, b) ?? 0n;

/** The whole number `n` in `type`, clamped. */
export const fromInteger = (type: FixedType, n: bigint): bigint => clamp(type, n << type.fraction);

/** floor(value) clamped to an unsigned integer of `bits` bits. */
function toUnsigned(type: FixedType, raw: bigint, bits: bigint): bigint {
  const whole = raw >> type.fraction;
  const max = (1n << bits) - 1n;
  return whole < 0n ? 0n : whole > max ? max : whole;
}

export const toU64 = (type: FixedType, raw: bigint): bigint => toUnsigned(type, raw, 64n);
export const toU16 = (type: FixedType, raw: bigint): number => Number(toUnsigned(type, raw, 16n));

/** floor(value) clamped to i64. */
export function toI64(type: FixedType, raw: bigint): bigint {
  const whole = raw >> type.fraction;
  const max = (1n << 63n) - 1n;
  return whole > max ? max : whole < -max - 1n ? -max - 1n : whole;
}

/** The same value in another type: widening shifts left, narrowing floors, then the range clamps. */
export function convert(from: FixedType, to: FixedType, raw: bigint): bigint {
  const shift = to.fraction - from.fraction;
  return clamp(to, shift >= 0n ? raw << shift : raw >> -shift);
}
