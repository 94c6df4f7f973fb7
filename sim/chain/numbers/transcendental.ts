/** The chain's series for exp, log2, ln and the bisection root, bit for bit (spec/numbers.md 7). */
import {
  checkedDiv,
  checkedMul,
  convert,
  fromInteger,
  I32F32,
  I64F64,
  safeDiv,
  saturatingAdd,
  saturatingDiv,
  saturatingMul,
  U64F64,
  type FixedType,
} from "./fixed.ts";

const inRange = (type: FixedType, raw: bigint): boolean => raw >= type.min && raw <= type.max;

/** e^x, null on overflow (spec/numbers.md 7.1). Live for I32F32 and I64F64. */
export function exp(type: FixedType, x: bigint): bigint | null {
  const { one, fraction } = type;
  if (x === 0n) return one;
  // The chain answers with a constant of 23 fraction bits here, not with the series.
  if (x === one) return 22_802_600n << (fraction - 23n);
  const negative = x < 0n;
  const argument = negative ? -x : x;
  if (!inRange(type, argument)) return null;
  let result = argument + one;
  if (!inRange(type, result)) return null;
  let term = argument;
  for (let i = 2n; i < fraction; i++) {
    const product = checkedMul(type, term, argument);
    if (product === null) return null;
    term = product / i;
    if (term === 0n) break;
    result += term;
    if (!inRange(type, result)) return null;
  }
  return negative ? checkedDiv(type, one, result) : result;
}

/** exp of an I32F32 clamped to [-20, 20] (spec/numbers.md 7.2). */
export function expSafe(x: bigint): bigint {
  const limit = 20n << 32n;
  const clamped = x < -limit ? -limit : x > limit ? limit : x;
  return exp(I32F32, clamped) ?? (clamped <= 0n ? 0n : I32F32.max);
}

/** log2 of y >= one: whole part by halving, then one bit per squaring. */
function log2AtLeastOne(type: FixedType, value: bigint): bigint {
  const two = type.one << 1n;
  const halve = (y: bigint): bigint => (y >> 1n) + (y & 1n);
  let y = value;
  let bits = 0n;
  while (y >= two) {
    bits += 1n;
    y = halve(y);
  }
  if (y === type.one) return bits << type.fraction;
  for (let i = 0n; i < type.fraction; i++) {
    y = (y * y) >> type.fraction;
    bits <<= 1n;
    if (y >= two) {
      bits += 1n;
      y = halve(y);
    }
  }
  return bits;
}

/** log2(x), null for x <= 0 or where 1 / x does not fit (spec/numbers.md 7.3). */
export function log2(type: FixedType, x: bigint): bigint | null {
  if (x <= 0n) return null;
  if (x >= type.one) return log2AtLeastOne(type, x);
  const inverse = checkedDiv(type, type.one, x);
  return inverse === null ? null : -log2AtLeastOne(type, inverse);
}

/** ln(x) = log2(x) / log2(e) with 23 good bits of log2(e) (spec/numbers.md 7.4). Only `power` needs it. */
export function ln(type: FixedType, x: bigint): bigint | null {
  const binary = log2(type, x);
  return binary === null ? null : checkedDiv(type, binary, 12_102_203n << (type.fraction - 23n));
}

/** 2^31 - 1 as a whole number in U64F64: the largest power that I32F32 holds. */
export const LARGEST_POWER = ((1n << 31n) - 1n) << 64n;

/** x^p = exp(p ln x) in I32F32, of U64F64 values: 0 where ln x does not fit, the largest power where exp does not (spec/emission.md 14). */
export function power(x: bigint, p: bigint): bigint {
  const logarithm = ln(I32F32, convert(U64F64, I32F32, x));
  if (logarithm === null) return 0n;
  const value = exp(I32F32, saturatingMul(I32F32, convert(U64F64, I32F32, p), logarithm));
  return value === null ? LARGEST_POWER : convert(I32F32, U64F64, value);
}

/** Square root by bisection to within `epsilon`, null for x < 0 (spec/numbers.md 7.7). */
export function bisectionSqrt(type: FixedType, x: bigint, epsilon: bigint): bigint | null {
  if (x < 0n) return null;
  const two = type.one << 1n;
  let [high, low] = x > type.one ? [x, 0n] : [type.one, x];
  const middle = (): bigint => safeDiv(type, saturatingAdd(type, high, low), two);
  let mid = middle();
  let probe = safeDiv(type, x, mid);
  for (let round = 0; round < 129 && (probe > mid ? probe - mid : mid - probe) > epsilon; round++) {
    if (probe < mid) high = mid;
    else low = mid;
    mid = middle();
    probe = safeDiv(type, x, mid);
  }
  return mid;
}

/** The decay factor e^(-dt / tau) as U64F64, the exponent cut at -40 (spec/governance-and-accounts.md 9.2). */
export function exponentialDecay(dt: bigint, tau: bigint): bigint {
  if (dt === 0n) return I64F64.one;
  if (tau === 0n) return 0n;
  const floor = -40n * I64F64.one;
  const ratio = saturatingDiv(I64F64, -fromInteger(I64F64, dt), fromInteger(I64F64, tau));
  const factor = exp(I64F64, ratio < floor ? floor : ratio);
  return factor === null || factor < 0n ? 0n : factor;
}
