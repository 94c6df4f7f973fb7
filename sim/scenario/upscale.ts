/** How weights become what the chain stores: the largest of a row becomes 65535 (spec/weights.md 1). */
import { type Decimal, decimalOfNumber, powerOfTen } from "./decimal.ts";

const ONE_RAW = 1n << 32n;
const HALF_RAW = 1n << 31n;
const U16 = 65_535n;

/** Whole numbers up to 65535, as a validator sends them, in the chain's own arithmetic. */
function upscaleIntegers(values: readonly number[]): Uint16Array {
  const largest = BigInt(Math.max(...values));
  if (largest === 0n) return new Uint16Array(values.length);
  if (largest > 32_768n) {
    const factor = (U16 * ONE_RAW) / largest;
    return Uint16Array.from(values, (value) => Number((BigInt(value) * factor + HALF_RAW) >> 32n));
  }
  return Uint16Array.from(values, (value) =>
    Number(((BigInt(value) * U16 * ONE_RAW) / largest + HALF_RAW) >> 32n),
  );
}

/** Fractions, exactly as their decimals say: `value * 65535 / largest` to the nearest, a half upwards. */
function upscaleFractions(values: readonly number[]): Uint16Array {
  const decimals = values.map(decimalOfNumber);
  const scale = Math.max(...decimals.map((decimal) => decimal.scale));
  const whole = decimals.map((decimal: Decimal) => decimal.digits * powerOfTen(scale - decimal.scale));
  const largest = whole.reduce((a, b) => (b > a ? b : a), 0n);
  if (largest === 0n) return new Uint16Array(values.length);
  return Uint16Array.from(whole, (value) => Number((2n * value * U16 + largest) / (2n * largest)));
}

/**
 * Scales a row. Whole numbers go through the chain's max-upscale as they are; as soon as one is a fraction, the row is
 * scaled as a client does before it sends it, which is the chain's rule without its rounding of the factor.
 * @param values finite, 0 to 65535
 */
export function maxUpscale(values: readonly number[]): Uint16Array {
  if (values.length === 0) return new Uint16Array(0);
  return values.every(Number.isInteger) ? upscaleIntegers(values) : upscaleFractions(values);
}
