/**
 * The pool's power function: scale * (bn / bd)^(en / ed) as the chain's big-integer crate computes it
 * (spec/pool.md 2). Every stop rule of the series matters: the last digits depend on them.
 */

/** Guard bits below the working precision, and what they stand for. */
const GUARD_BITS = 24n;
const GUARD = 1n << GUARD_BITS;
/** Exponents whose reduced terms stay within this bound take the exact path. */
const EXACT_LIMIT = 1024n;

const bitLength = (value: bigint): bigint => {
  const hex = value.toString(16);
  return BigInt(hex.length * 4 - (4 - (32 - Math.clz32(parseInt(hex[0] ?? "0", 16)))));
};

export function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

/** a / b toward minus infinity, b > 0. */
function floorDiv(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a < 0n && quotient * b !== a ? quotient - 1n : quotient;
}

/** v / G rounded to nearest, an exact half away from zero. */
const dropGuard = (v: bigint): bigint =>
  v < 0n ? -((-v + GUARD / 2n) >> GUARD_BITS) : (v + GUARD / 2n) >> GUARD_BITS;

const magnitude = (v: bigint): bigint => (v < 0n ? -v : v);

/** The series at one working precision. */
interface Series {
  /** log2 of one. */
  readonly bits: bigint;
  readonly one: bigint;
  readonly rounds: number;
  /** ln 2. */
  readonly ln2: bigint;
}

/** ln(1 + x), x = value * one. */
function ln1p(x: bigint, bits: bigint, rounds: number): bigint {
  let term = x;
  let result = x;
  let previous = dropGuard(result);
  for (let n = 2; n <= rounds; n++) {
    term = (term * x) >> bits;
    if (term === 0n) break;
    const delta = floorDiv(term, BigInt(n));
    if (delta === 0n) break;
    if (n % 2 === 0) result -= delta;
    else result += delta;
    const current = dropGuard(result);
    if (magnitude(delta) < GUARD || current === previous) break;
    previous = current;
  }
  return result;
}

/** ln(v) of a whole number v >= 1. */
function lnInteger(v: bigint, { bits, one, rounds, ln2 }: Series): bigint {
  let shift = bitLength(v) - 1n;
  let mantissa = (v << bits) >> shift;
  if (mantissa >= one + one / 2n) {
    mantissa >>= 1n;
    shift += 1n;
  }
  return ln1p(mantissa - one, bits, rounds) + ln2 * shift;
}

/** e^y without range reduction, so garbage for large |y| (as on the chain). */
function expSeries(y: bigint, { bits, one, rounds }: Series): bigint {
  let term = one;
  let result = one;
  let previous = dropGuard(result);
  for (let n = 1n; n <= BigInt(rounds); n++) {
    term = floorDiv((term * y) >> bits, n);
    if (term === 0n) break;
    result += term;
    const current = dropGuard(result);
    if (magnitude(term) < GUARD || current === previous) break;
    previous = current;
  }
  return dropGuard(result);
}

const seriesByPrecision = new Map<bigint, Series>();

function seriesOf(precision: bigint): Series {
  let series = seriesByPrecision.get(precision);
  if (series === undefined) {
    const bits = precision + GUARD_BITS;
    const one = 1n << bits;
    const rounds = Number(precision + GUARD_BITS + 128n > 4096n ? 4096n : precision + GUARD_BITS + 128n);
    series = { bits, one, rounds, ln2: -ln1p(-(one / 2n), bits, rounds) };
    seriesByPrecision.set(precision, series);
  }
  return series;
}

/** The largest r with r^degree <= value. */
function integerRoot(value: bigint, degree: bigint): bigint {
  if (value < 2n || degree === 1n) return value;
  if (degree >= bitLength(value)) return 1n;
  // Newton from above: the start is a power of two that is not below the root.
  let root = 1n << (bitLength(value) / degree + 1n);
  for (;;) {
    const next = ((degree - 1n) * root + value / power(root, degree - 1n)) / degree;
    if (next >= root) return root;
    root = next;
  }
}

/** base^exponent by squaring; BigInt's own operator is banned with the float one. */
function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let square = base, rest = exponent; rest > 0n; square *= square, rest >>= 1n)
    if (rest & 1n) result *= square;
  return result;
}

/**
 * scale * (bn / bd)^(en / ed), null where a denominator is 0. Can be negative (garbage) for extreme inputs.
 * @param precision working bits of the series path; 256 or 1024 on the chain
 */
export function poolPower(
  bn: bigint,
  bd: bigint,
  en: bigint,
  ed: bigint,
  precision: bigint,
  scale: bigint,
): bigint | null {
  if (bd === 0n || ed === 0n) return null;
  if (bn === 0n) return 0n;
  if (en === 0n) return scale;
  const divisor = gcd(en, ed);
  const numerator = en / divisor;
  const denominator = ed / divisor;
  if (numerator <= EXACT_LIMIT && denominator <= EXACT_LIMIT) {
    // r^ed * bd^en <= bn^en * scale^ed, so r is the root of the floored quotient.
    const radicand = (power(bn, numerator) * power(scale, denominator)) / power(bd, numerator);
    return integerRoot(radicand, denominator);
  }
  let working = precision > 32n ? precision : 32n;
  const needed = bitLength(scale) + 8n;
  if (needed > working) working = needed;
  const series = seriesOf(working);
  const y = floorDiv((lnInteger(bn, series) - lnInteger(bd, series)) * numerator, denominator);
  return floorDiv(expSeries(y, series) * scale, 1n << working);
}
