import { InputError } from "../../errors.ts";
import type { JsonValue } from "../../json.ts";

/** A finite JSON number within `min..max`. @throws InputError */
export function numberMember(
  value: JsonValue | undefined,
  member: string,
  min: number,
  max: number = Number.MAX_VALUE,
): number {
  if (typeof value === "number" && Number.isFinite(value) && value >= min && value <= max) return value;
  const found =
    typeof value === "number" || typeof value === "string" ? JSON.stringify(value) : kindOf(value);
  const allowed = max === Number.MAX_VALUE ? `a number from ${min}` : `a number ${min}..${max}`;
  throw new InputError(`${member}: found ${found.slice(0, 60)}; allowed: ${allowed}`);
}

function kindOf(value: JsonValue | undefined): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  return Array.isArray(value) ? `an array of ${value.length}` : typeof value;
}
