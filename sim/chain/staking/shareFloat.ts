/** The decimal floats of share pools: 20 to 21 digits, normal form 10^20 < mantissa <= 10^21 or zero (spec/staking.md 2.1). */
import { U64_MAX } from "../numbers/integers.ts";
import type { ShareFloat } from "../state/network.ts";

export const ZERO: ShareFloat = { mantissa: 0n, exponent: 0n };

const I64_MAX = (1n << 63n) - 1n;
const I64_MIN = -(1n << 63n);
/** The chain caps its table of powers here, so larger exponent differences divide by 10^22. */
const MAX_POWER = 22;

/** 10^0 .. 10^77: normalising starts from mantissas of up to 256 bits. */
const POWERS: readonly bigint[] = Array.from({ length: 78 }, (_, i) => BigInt(`1${"0".repeat(i)}`));
const UPPER = POWERS[21] ?? 0n;
const LOWER = POWERS[20] ?? 0n;

const powerOfTen = (exponent: bigint): bigint =>
  POWERS[exponent > MAX_POWER ? MAX_POWER : Number(exponent)] ?? 1n;

/** Number of decimal digits to move so that the mantissa falls into the normal form. */
function normalise(mantissa: bigint, exponent: bigint): ShareFloat | null {
  if (mantissa === 0n) return ZERO;
  let m = mantissa;
  let x = exponent;
  if (m > UPPER) {
    // Dividing k times by ten floors as dividing once by 10^k does.
    let k = 1;
    while (m > (POWERS[21 + k] ?? 0n)) k += 1;
    m /= POWERS[k] ?? 1n;
    x += BigInt(k);
    // Just above 10^(21 + k - 1) this divides once more than the chain does; the step below takes that back.
  }
  if (m <= LOWER) {
    // m * 10^k > 10^20 says the same as m > 10^(20 - k), without a product per step.
    let k = 1;
    while (m <= (POWERS[20 - k] ?? 0n)) k += 1;
    m *= POWERS[k] ?? 1n;
    x -= BigInt(k);
  }
  return x > I64_MAX || x < I64_MIN ? null : { mantissa: m, exponent: x };
}

/** mantissa * 10^exponent in normal form, null where the mantissa is not below the bound or the exponent leaves i64. */
export const shareFloat = (mantissa: bigint, exponent: bigint): ShareFloat | null =>
  mantissa > UPPER ? null : normalise(mantissa, exponent);

/** A whole number; always representable. */
export const fromWhole = (u: bigint): ShareFloat => normalise(u, 0n) ?? ZERO;

export function add(a: ShareFloat, b: ShareFloat): ShareFloat | null {
  if (a.mantissa === 0n) return b;
  if (b.mantissa === 0n) return a;
  const [high, low] = a.exponent >= b.exponent ? [a, b] : [b, a];
  return normalise(high.mantissa + low.mantissa / powerOfTen(high.exponent - low.exponent), high.exponent);
}

/** a - b; null for 0 - b. Never below 0. */
export function subtract(a: ShareFloat, b: ShareFloat): ShareFloat | null {
  if (a.mantissa === 0n) return b.mantissa === 0n ? ZERO : null;
  if (b.mantissa === 0n) return a;
  const [left, right, exponent] =
    a.exponent >= b.exponent
      ? [a.mantissa, b.mantissa / powerOfTen(a.exponent - b.exponent), a.exponent]
      : [a.mantissa / powerOfTen(b.exponent - a.exponent), b.mantissa, b.exponent];
  return normalise(left > right ? left - right : 0n, exponent);
}

/** a * b / c, null where c is 0 or an exponent leaves i64 (also for a product of 0). */
export function mulDiv(a: ShareFloat, b: ShareFloat, c: ShareFloat): ShareFloat | null {
  if (c.mantissa === 0n) return null;
  const exponent = a.exponent + b.exponent - c.exponent;
  if (exponent > I64_MAX || exponent < I64_MIN) return null;
  return normalise((a.mantissa * b.mantissa) / c.mantissa, exponent);
}

/** a / b, null where b is 0 or the exponent leaves i64. */
export function divide(a: ShareFloat, b: ShareFloat): ShareFloat | null {
  if (b.mantissa === 0n) return null;
  return normalise((a.mantissa * UPPER) / b.mantissa, a.exponent - b.exponent - 21n);
}

/** floor, at most 2^64 - 1. */
export function toWhole({ mantissa, exponent }: ShareFloat): bigint {
  const whole = exponent >= 0n ? mantissa * powerOfTen(exponent) : mantissa / powerOfTen(-exponent);
  return whole > U64_MAX ? U64_MAX : whole;
}

/** a > b as the chain compares: right for normal forms other than zero (spec/staking.md 2.1). */
export function greater(a: ShareFloat, b: ShareFloat): boolean {
  const difference = a.exponent - b.exponent;
  if (difference >= 2n) return true;
  if (difference <= -2n) return false;
  if (difference === 1n) return a.mantissa * 10n > b.mantissa;
  if (difference === -1n) return a.mantissa > b.mantissa * 10n;
  return a.mantissa > b.mantissa;
}

/** A share that was stored as U64F64: integer part plus fraction / 2^64. */
export function fromU64F64(bits: bigint): ShareFloat | null {
  const whole = fromWhole(bits >> 64n);
  const fraction = divide(fromWhole(bits & U64_MAX), fromWhole(1n << 64n));
  return fraction === null ? null : add(whole, fraction);
}
