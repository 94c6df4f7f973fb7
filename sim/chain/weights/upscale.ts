/** Max-upscale: weights as sent become u16 values whose largest is 65535 (spec/weights.md 1). */

const U16_MAX = 65_535;
const HALF_RANGE = 32_768;
const ONE = 1n << 32n;
const HALF = 1n << 31n;

/** Scales u16 `values`, I32F32 rounding included; all zero stays all zero. */
export function maxUpscale(values: readonly number[]): Uint16Array {
  let largest = 0;
  for (const value of values) if (value > largest) largest = value;
  const scaled = new Uint16Array(values.length);
  if (largest === 0) return scaled;
  if (largest === U16_MAX) return Uint16Array.from(values);
  const maximum = BigInt(largest);
  // Above half the range the chain multiplies by a floored factor, below it divides: the last digit can differ.
  const factor = (BigInt(U16_MAX) * ONE) / maximum;
  const scale =
    largest > HALF_RANGE
      ? (value: bigint): bigint => value * factor
      : (value: bigint): bigint => (value * BigInt(U16_MAX) * ONE) / maximum;
  for (const [i, value] of values.entries()) scaled[i] = Number((scale(BigInt(value)) + HALF) >> 32n);
  return scaled;
}
