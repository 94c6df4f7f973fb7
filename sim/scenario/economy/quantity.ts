/** Values that differ between the members of a population: given, listed, drawn, or computed. */
import { z } from "zod";
import { openStream } from "../../engine/random.ts";
import { draw } from "../draws/distribution.ts";
import { evaluateNumber, type Expression, parseExpression } from "../expression/expression.ts";
import { type Distribution, distributionOf } from "../schema/distribution.ts";
import { either, isMapping, leaf, mapping, type Reading } from "../schema/leaf.ts";
import { text, word } from "../schema/values.ts";
import { found, Unfit } from "../units.ts";

/** What an expression may name beside the scenario's variables. */
export const MEMBER_NAMES = ["index", "count"] as const;

/** A value per member, or one for all. */
export type Quantity<T extends bigint | number> =
  | { readonly kind: "one"; readonly value: T }
  | { readonly kind: "list"; readonly values: readonly T[] }
  | { readonly kind: "drawn"; readonly distribution: Distribution<T> }
  /** The names of the scenario's variables are known only when all of it has been read. */
  | { readonly kind: "computed"; readonly text: string; readonly factor: number }
  | { readonly kind: "file"; readonly file: string; readonly column: string; readonly factor: number };

/** Rao per unit that an expression or a table can be in. */
const FACTORS = { TAO: 1e9, alpha: 1e9, rao: 1, blocks: 1, days: 7_200, none: 1 } as const;

type Unit = keyof typeof FACTORS;

/** @param units that an expression's number can have; the first one is the default */
export function quantity<T extends bigint | number>(
  one: Reading<T>,
  description: string,
  units: readonly Unit[] = ["none"],
): Reading<Quantity<T>> {
  const unit =
    units.length === 1 ? word("Unit of the number.", units).optional() : word("Unit of the number.", units);
  const single = one.transform((value): Quantity<T> => ({ kind: "one", value }));
  const list = z
    .array(one)
    .min(1)
    .transform((values): Quantity<T> => ({ kind: "list", values }))
    .describe("One value for each member, in order.");
  const drawn = distributionOf(one).transform((distribution): Quantity<T> => ({
    kind: "drawn",
    distribution,
  }));
  const computed = mapping({
    expression: expressionText("Formula over index (0, 1, ...), count and the scenario's variables."),
    unit,
  })
    .transform(({ expression, unit: own }): Quantity<T> => ({
      kind: "computed",
      text: expression,
      factor: FACTORS[own ?? units[0]!],
    }))
    .describe("Computed for each member.");
  const file = mapping({
    file: text("CSV, JSON or Arrow file beside the scenario."),
    column: text("Its column with one number for each member."),
    unit,
  })
    .transform(({ file: path, column, unit: own }): Quantity<T> => ({
      kind: "file",
      file: path,
      column,
      factor: FACTORS[own ?? units[0]!],
    }))
    .describe("Read from a table.");
  return either<Quantity<T>>(
    (input) => {
      if (Array.isArray(input)) return list;
      if (isMapping(input)) {
        if (Object.hasOwn(input, "expression")) return computed;
        return Object.hasOwn(input, "file") ? file : drawn;
      }
      if (input === null) throw new Unfit(found(input));
      return single;
    },
    [one, list, drawn, computed, file],
    description,
  );
}

/** What the values of a population are drawn with. */
export interface DrawContext {
  readonly seed: string;
  readonly variables: Readonly<Record<string, number>>;
  /** Names of the members; they name the streams. */
  readonly members: readonly string[];
  /** Members that a list must have values for; later ones begin again with the first. */
  readonly listed: number;
  /** Reads a column of a table beside the scenario. */
  column(file: string, column: string): readonly number[];
}

/** One number per member; rao where the quantity is an amount. */
export function drawAll<T extends bigint | number>(
  value: Quantity<T>,
  purpose: string,
  context: DrawContext,
): number[] {
  const { members, seed, variables, listed } = context;
  switch (value.kind) {
    case "one":
      return members.map(() => Number(value.value));
    case "list":
      return fromList(value.values.map(Number), members.length, listed);
    case "drawn":
      return members.map((member) => draw(value.distribution, openStream(seed, member, purpose)));
    case "computed": {
      const expression = formula(value.text, variables);
      return members.map((_, index) => {
        const scope = { variables: { ...variables, index, count: members.length }, functions: {} };
        return value.factor * evaluateNumber(expression, scope);
      });
    }
    case "file":
      return fromList(
        context.column(value.file, value.column).map((number) => number * value.factor),
        members.length,
        listed,
      );
    default:
      return value satisfies never;
  }
}

function formula(source: string, variables: Readonly<Record<string, number>>): Expression {
  return parseExpression(source, { variables: [...MEMBER_NAMES, ...Object.keys(variables)], functions: [] });
}

function fromList(values: readonly number[], members: number, listed: number): number[] {
  if (values.length !== listed)
    throw new Unfit(`has ${values.length} values; ${listed} are needed, one for each member`);
  return Array.from({ length: members }, (_, index) => values[index % values.length]!);
}

/** Rao of a drawn amount. */
export function toRao(value: number): bigint {
  if (value < 0) throw new Unfit(`gives ${value} rao, an amount below zero`);
  if (!(value < 18_446_744_073_709_551_616))
    throw new Unfit(`gives ${value} rao, more than 64 bits hold; add at_most`);
  return BigInt(Math.floor(value + 0.5));
}

/** An expression as text, checked later. */
export const expressionText = (description: string): Reading<string> =>
  leaf(
    (value) => {
      if (typeof value === "string" && value.trim() !== "") return value;
      if (typeof value === "number" || typeof value === "bigint") return String(value);
      throw new Unfit(`${found(value)}; write an expression`);
    },
    description,
    { type: ["string", "number"] },
  );
