/** A number as it is written in decimal: `digits / 10^scale`, exact. Never negative. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

const DECIMAL = /^(\d[\d_]*)?(?:\.(\d[\d_]*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** Powers of ten that a file may plausibly hold; more would only cost memory. */
const LARGEST_SCALE = 400;

/** Reads `1894367.1`, `1_000`, `.5`, `2.1e-8`; undefined for anything else, signs included. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = DECIMAL.exec(text);
  if (match === null || (match[1] === undefined && match[2] === undefined)) return undefined;
  const whole = (match[1] ?? "").replaceAll("_", "");
  const fraction = (match[2] ?? "").replaceAll("_", "");
  const scale = fraction.length - Number(match[3] ?? "0");
  if (Math.abs(scale) > LARGEST_SCALE) return undefined;
  const digits = BigInt(whole + fraction);
  return scale >= 0 ? { digits, scale } : { digits: digits * powerOfTen(-scale), scale: 0 };
}

/** The shortest decimal that reads back as `value`, which is the one a file held. `value` is finite and >= 0. */
export function decimalOfNumber(value: number): Decimal {
  return parseDecimal(String(value))!;
}

/** `10^exponent`, exact. */
export function powerOfTen(exponent: number): bigint {
  return BigInt(`1${"0".repeat(exponent)}`);
}

/** `floor(value * factor)`. */
export function timesFloor(value: Decimal, factor: bigint): bigint {
  return (value.digits * factor) / powerOfTen(value.scale);
}

/** `value * factor` to the nearest whole number, a half upwards. */
export function timesNearest(value: Decimal, factor: bigint): bigint {
  const divisor = powerOfTen(value.scale);
  return (2n * value.digits * factor + divisor) / (2n * divisor);
}

/** `value * factor` if that is a whole number, else undefined. */
export function timesExact(value: Decimal, factor: bigint): bigint | undefined {
  const divisor = powerOfTen(value.scale);
  const product = value.digits * factor;
  return product % divisor === 0n ? product / divisor : undefined;
}
