/** How weights become what the chain stores: the largest of a row becomes 65535 (spec/weights.md 1). */
import { decimalOfNumber, powerOfTen } from "./decimal.ts";

const ONE_RAW = 1n << 32n;
const HALF_RAW = 1n << 31n;
const U16 = 65_535n;

/** One value of a row, given the row's largest, both above 0, to the last bit. */
type Upscale = (value: number, largest: number) => number;

/** Whole numbers up to 32768, as a validator sends them, in the chain's own arithmetic. */
const upscaleSmall: Upscale = (value, largest) =>
  Number(((BigInt(value) * U16 * ONE_RAW) / BigInt(largest) + HALF_RAW) >> 32n);

/** Whole numbers of a row with a larger one: the chain rounds the factor. */
const upscaleLarge: Upscale = (value, largest) =>
  Number((BigInt(value) * ((U16 * ONE_RAW) / BigInt(largest)) + HALF_RAW) >> 32n);

/** Fractions, exactly as their decimals say: `value * 65535 / largest` to the nearest, a half upwards. */
const upscaleFraction: Upscale = (value, largest) => {
  const [above, below] = [decimalOfNumber(value), decimalOfNumber(largest)];
  const scale = Math.max(above.scale, below.scale);
  const dividend = above.digits * powerOfTen(scale - above.scale);
  const divisor = below.digits * powerOfTen(scale - below.scale);
  return Number((2n * dividend * U16 + divisor) / (2n * divisor));
};

/**
 * How far `value / largest * 65535`, computed in doubles, can be from what the exact rule rounds, with room to spare:
 * three roundings of a number below 2^17 and a floor at 2^-32, and the rounding of the factor times 65535.
 */
const DOUBT = 1e-9;
const DOUBT_OF_FACTOR = 2e-5;

/**
 * Scales a row. Whole numbers go through the chain's max-upscale as they are; as soon as one is a fraction, the row is
 * scaled as a client does before it sends it, which is the chain's rule without its rounding of the factor.
 * @param values finite, 0 to 65535
 */
export function maxUpscale(values: readonly number[]): Uint16Array {
  const largest = values.reduce((a, b) => Math.max(a, b), 0);
  if (largest === 0) return new Uint16Array(values.length);
  if (!values.every(Number.isInteger)) return upscaled(values, largest, upscaleFraction, DOUBT);
  return largest > 32_768
    ? upscaled(values, largest, upscaleLarge, DOUBT_OF_FACTOR)
    : upscaled(values, largest, upscaleSmall, DOUBT);
}

/** Doubles decide, but for values within `doubt` of the border between two results. */
function upscaled(values: readonly number[], largest: number, exact: Upscale, doubt: number): Uint16Array {
  return Uint16Array.from(values, (value) => {
    const scaled = (value / largest) * 65_535 + 0.5;
    const whole = Math.floor(scaled);
    const isClear = scaled - whole > doubt && scaled - whole < 1 - doubt;
    return isClear ? whole : exact(value, largest);
  });
}
