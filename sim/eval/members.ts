/**
 * Checks of the members of an `eval` line. Each returns the value in its own type and throws an InputError that names
 * the member, what was found and what is allowed.
 */
import { InputError } from "../errors.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../json.ts";
import { didYouMean } from "../nearest.ts";

const LONGEST_SHOWN = 60;

/** How a message shows a value: short, whatever the input holds. */
export function shown(value: JsonValue | undefined): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (isJsonObject(value)) return "an object";
  const text = JSON.stringify(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}...` : text;
}

function wrong(member: string, value: JsonValue | undefined, allowed: string): InputError {
  return new InputError(`${member}: found ${shown(value)}; allowed: ${allowed}`);
}

/** All of `names` are there and nothing else. @param at path of the object, empty for the line itself */
export function expectMembers(value: JsonValue | undefined, names: readonly string[], at = ""): JsonObject {
  if (!isJsonObject(value)) throw wrong(at || "line", value, "an object");
  const prefix = at === "" ? "" : `${at}.`;
  for (const name of names)
    if (!Object.hasOwn(value, name)) throw new InputError(`${prefix}${name}: this member is missing`);
  for (const name of Object.keys(value))
    if (!names.includes(name)) {
      const known = `known: ${names.join(", ")}${didYouMean(name, names)}`;
      throw new InputError(`${prefix}${name.slice(0, LONGEST_SHOWN)}: unknown member; ${known}`);
    }
  return value;
}

/** A JSON integer in `min..max`. Past 2^53 JSON numbers lose digits, so none is accepted there. */
export function integerMember(
  value: JsonValue | undefined,
  member: string,
  min: number,
  max: number = Number.MAX_SAFE_INTEGER,
): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < min || value > max)
    throw wrong(member, value, `an integer ${min}..${max === Number.MAX_SAFE_INTEGER ? "2^53 - 1" : max}`);
  return value;
}

/** A decimal string of an unsigned integer below 2^bits. */
export function unsignedText(value: JsonValue | undefined, member: string, bits: 64 | 128 = 64): bigint {
  if (typeof value !== "string" || !/^[0-9]{1,39}$/.test(value) || BigInt(value) >> BigInt(bits) !== 0n)
    throw wrong(member, value, `a decimal string 0..2^${bits} - 1`);
  return BigInt(value);
}

export function booleanMember(value: JsonValue | undefined, member: string): boolean {
  if (typeof value !== "boolean") throw wrong(member, value, "true or false");
  return value;
}

/** An array; of `length` elements if that is given. */
export function arrayMember(
  value: JsonValue | undefined,
  member: string,
  length?: number,
): readonly JsonValue[] {
  if (!Array.isArray(value)) throw wrong(member, value, "an array");
  if (length !== undefined && value.length !== length)
    throw new InputError(`${member}: found ${value.length} elements; allowed: ${length}, one per uid`);
  return value as readonly JsonValue[];
}
