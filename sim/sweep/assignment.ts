import { canonicalJson } from "../run/canonical-json.ts";
import type { JsonValue } from "../json.ts";
import { applyOverride, type Override, parsePath } from "../scenario/source/overrides.ts";
import { plainValue, type Tree } from "../scenario/source/tree.ts";

/** A value that a cell gives to a path of the scenario. */
export interface Assignment {
  /** As the scenario writes it: `subnets[0].hyperparameters.kappa`. */
  readonly path: string;
  readonly value: Tree;
}

/** The value as text: what stands in the tables of a sweep. */
export function assignmentText({ value }: Assignment): string {
  const plain = toJson(plainValue(value));
  return typeof plain === "string" ? plain : canonicalJson(plain);
}

function toJson(value: unknown): JsonValue {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toJson(member)]));
  return value as JsonValue;
}

/** As an override of the scenario. */
function overrideOf({ path, value }: Assignment): Override {
  return { path: parsePath(path) ?? [], value, place: value.place };
}

/** The scenario of a cell. */
export function cellTree(scenario: Tree, assignments: readonly Assignment[]): Tree {
  return assignments.map(overrideOf).reduce(applyOverride, scenario);
}

/** A number, with a unit behind it when there is one, as if it were written where `at` is. */
export function numberValue(number: number, integer: boolean, unit: string | undefined, at: Tree): Tree {
  const { source, place } = at;
  if (unit !== undefined)
    return { kind: "scalar", value: `${decimal(number, TOKENS.has(unit))} ${unit}`, source, place };
  // Twelve digits: the rest is rounding of our own arithmetic, and nobody would have written it.
  return { kind: "scalar", value: integer ? BigInt(number) : Number(number.toPrecision(12)), source, place };
}

/** Amounts of these have nine decimals at most. */
const TOKENS: ReadonlySet<string> = new Set(["alpha", "TAO"]);

/** Without an exponent, which units do not go with. */
function decimal(number: number, isAmount: boolean): string {
  const rounded = Number(number.toPrecision(12));
  const text = isAmount ? rounded.toFixed(9) : String(rounded);
  if (!isAmount && !text.includes("e")) return text;
  return (isAmount ? text : rounded.toFixed(20)).replace(/\.?0+$/, "");
}
