/**
 * How a scenario writes numbers. A value that has a unit on the chain is written as the chain stores it (an integer) or
 * with a unit; what could be read in two ways is refused.
 */
import { type Decimal, decimalOfNumber, parseDecimal, timesExact, timesFloor } from "./decimal.ts";
import { didYouMean } from "../nearest.ts";

/** A value that does not fit; the message says what was found, what is allowed, and what to do. */
export class Unfit extends Error {}

export const U16_MAX = 65_535n;
export const U64_MAX = 0xffff_ffff_ffff_ffffn;
const RAO_PER_TOKEN = 1_000_000_000n;

/** Names a value of a scenario in a message. */
export function found(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "found nothing (null)";
  if (Array.isArray(value)) return "found a list";
  if (typeof value === "object") return "found a mapping";
  const text = typeof value === "string" ? JSON.stringify(value) : `${value as number | bigint | boolean}`;
  return `found ${text.length > 60 ? `${text.slice(0, 57)}...` : text}`;
}

/** A text in quotes, shortened where it is long. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}

/** A number and the unit behind it, for a string like `5.5 alpha`; undefined if the number cannot be read. */
function splitQuantity(text: string): { number: Decimal; unit: string } | undefined {
  const match = /^\s*([\d._]+(?:[eE][+-]?\d+)?)\s*(\S.*?)?\s*$/.exec(text);
  const number = match === null ? undefined : parseDecimal(match[1]!);
  return number === undefined ? undefined : { number, unit: match![2] ?? "" };
}

/** What kinds of token an amount may be written in. */
export type Token = "alpha" | "TAO";

const TOKENS: readonly Token[] = ["alpha", "TAO"];

/** Where stake in each token is written. */
const STAKE_KEYS: Readonly<Record<Token, string>> = { alpha: "alpha_stake", TAO: "tao_stake" };

/** An amount of rao that fits in 64 bits, written with a unit: `100 TAO`, `5.5 alpha`, `12 rao`. */
export function parseAmount(value: unknown, tokens: readonly Token[]): bigint {
  const units = [...tokens, "rao"];
  const allowed = `write an amount with its unit, ${units.map((unit) => `"100 ${unit}"`).join(" or ")}`;
  if (typeof value === "bigint" || typeof value === "number") {
    if (value < 0) throw new Unfit(`found ${value}, an amount below zero; ${allowed}`);
    if (Number.isNaN(value)) throw new Unfit(`found NaN; ${allowed}`);
    throw new Unfit(`found ${value}, a number without a unit; ${allowed}`);
  }
  if (typeof value !== "string") throw new Unfit(`${found(value)}; ${allowed}`);
  if (/^\s*-/.test(value)) throw new Unfit(`${found(value)}, an amount below zero; ${allowed}`);
  const quantity = splitQuantity(value);
  if (quantity === undefined) throw new Unfit(`${found(value)}, which is no amount; ${allowed}`);
  const { number, unit } = quantity;
  if (unit === "") throw new Unfit(`${found(value)}, a number without a unit; ${allowed}`);
  if (!units.includes(unit)) {
    const elsewhere = TOKENS.find((token) => token === unit);
    const hint =
      elsewhere === undefined
        ? didYouMean(unit, units)
        : `; an amount of ${elsewhere} stands under ${STAKE_KEYS[elsewhere]}`;
    throw new Unfit(
      `${found(value)}, and ${JSON.stringify(unit)} is no unit of this amount; allowed: ${units.join(", ")}${hint}`,
    );
  }
  const rao = timesExact(number, unit === "rao" ? 1n : RAO_PER_TOKEN);
  if (rao === undefined)
    throw new Unfit(`${found(value)}, which is finer than one rao (0.000000001 ${tokens[0]}); round it`);
  return checkedU64(rao, value);
}

function checkedU64(rao: bigint, value: unknown): bigint {
  if (rao > U64_MAX)
    throw new Unfit(`${found(value)}, more than 64 bits hold; at most 18446744073709551615 rao`);
  return rao;
}

/** A stored proportion: an integer in chain units, or a ratio (`50 %`, `0.5`), floored as the chain does. */
export function parseProportion(value: unknown, one: bigint, unit: string): bigint {
  const allowed = `write a ratio ("50 %" or 0.5) or the integer that the chain stores (0 to ${one}, "1 ${unit}" for a single one)`;
  if (typeof value === "bigint") {
    // 1 is the one integer that is also a plausible ratio.
    if (value === 1n)
      throw new Unfit(`found 1, which could mean 1/${one} or 100 %; write "1 ${unit}" or "100 %"`);
    if (value < 0n || value > one)
      throw new Unfit(`found ${value}; allowed: 0 to ${one}, or a ratio like "50 %"`);
    return value;
  }
  if (typeof value === "number") {
    if (!(value >= 0 && value <= 1))
      throw new Unfit(`found ${value}; a ratio lies between 0 and 1; ${allowed}`);
    return timesFloor(decimalOfNumber(value), one);
  }
  const quantity = typeof value === "string" ? splitQuantity(value) : undefined;
  if (quantity === undefined) throw new Unfit(`${found(value)}; ${allowed}`);
  const { number, unit: written } = quantity;
  const result =
    written === "%"
      ? timesFloor({ digits: number.digits, scale: number.scale + 2 }, one)
      : written === unit
        ? timesExact(number, 1n)
        : undefined;
  if (result === undefined) throw new Unfit(`${found(value)}; ${allowed}`);
  if (result > one) throw new Unfit(`${found(value)}, more than the whole; ${allowed}`);
  return result;
}

/** A whole number between `least` and `most`, with or without its unit (`5000 blocks`). */
export function parseInteger(value: unknown, least: bigint, most: bigint, unit?: string): bigint {
  const range = most === U64_MAX ? `at least ${least}` : `${least} to ${most}`;
  const allowed = `a whole number is needed, ${range}${unit === undefined ? "" : `, as 5000 or "5000 ${unit}"`}`;
  let integer: bigint | undefined;
  if (typeof value === "bigint") integer = value;
  else if (typeof value === "string" && unit !== undefined) {
    const quantity = splitQuantity(value);
    const singular = unit.replace(/s$/, "");
    if (quantity !== undefined && [unit, singular].includes(quantity.unit))
      integer = timesExact(quantity.number, 1n);
  }
  if (integer === undefined) throw new Unfit(`${found(value)}; ${allowed}`);
  if (integer < least || integer > most) throw new Unfit(`${found(value)}; ${allowed}`);
  return integer;
}

/** A finite number without a unit, `least` or more. */
export function parseNumber(value: unknown, least: number, excluded = false): number {
  const number = typeof value === "bigint" ? Number(value) : value;
  const allowed = `a number ${excluded ? "above" : "of at least"} ${least} is needed, without a unit`;
  if (typeof number !== "number" || !Number.isFinite(number)) throw new Unfit(`${found(value)}; ${allowed}`);
  if (number < least || (excluded && number === least)) throw new Unfit(`${found(value)}; ${allowed}`);
  return number;
}

/** A ratio between 0 and 1, written `50 %` or `0.5`. */
export function parseRatio(value: unknown): number {
  const allowed = `write a ratio between 0 and 1, "50 %" or 0.5`;
  const quantity = typeof value === "string" ? splitQuantity(value) : undefined;
  let ratio: number | undefined;
  if (quantity?.unit === "%") ratio = Number(`${quantity.number.digits}e-${quantity.number.scale + 2}`);
  else if (typeof value === "number") ratio = value;
  else if (value === 0n) ratio = 0;
  else if (value === 1n) throw new Unfit(`found 1, which could mean 1 % or 100 %; write "1 %" or "100 %"`);
  if (ratio === undefined || !(ratio >= 0 && ratio <= 1)) throw new Unfit(`${found(value)}; ${allowed}`);
  return ratio;
}
