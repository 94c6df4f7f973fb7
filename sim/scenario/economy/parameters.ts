/** Parameters of strategies: read by their kinds, then drawn for every member. */
import type { Parameter, Strategy } from "../../agents/index.ts";
import { didYouMean } from "../../nearest.ts";
import { plainNumber } from "../schema/distribution.ts";
import type { Reading } from "../schema/leaf.ts";
import { amount, boolean, integer, ratio } from "../schema/values.ts";
import { found, Unfit, quoted } from "../units.ts";
import { drawAll, type DrawContext, quantity, type Quantity, toRao } from "./quantity.ts";
import { duration } from "./time.ts";

/** Runs `work` and ties what does not fit to a parameter's line; null = all of them. */
type At = <T>(parameter: string | null, work: () => T) => T;

/**
 * One set of values per member.
 * @param written as the scenario has them
 */
export function readParameters(
  strategy: Strategy,
  written: Readonly<Record<string, unknown>>,
  context: DrawContext,
  at: At,
): Record<string, unknown>[] {
  const names = Object.keys(strategy.parameters);
  for (const name of Object.keys(written))
    if (!names.includes(name))
      at(name, () => {
        throw new Unfit(
          `strategy ${strategy.name} has no parameter ${quoted(name)}; it has ${names.join(", ") || "none"}${didYouMean(name, names)}`,
        );
      });
  const columns = names.map((name) => {
    const parameter = strategy.parameters[name]!;
    const value = written[name];
    return value === undefined
      ? context.members.map(() => parameter.initial)
      : at(name, () => valuesOf(parameter, value, name, context));
  });
  return context.members.map((_, member) =>
    Object.fromEntries(names.map((name, position) => [name, columns[position]![member]])),
  );
}

function valuesOf(
  { kind, description, least, most }: Parameter<unknown>,
  written: unknown,
  name: string,
  context: DrawContext,
): unknown[] {
  const drawn = <T extends bigint | number>(reading: Reading<Quantity<T>>): number[] =>
    drawAll(read(reading, written), `parameter/${name}`, context);
  const bounded = (value: number): number => {
    if (value < least || value > most) throw new Unfit(`gives ${value}; allowed: ${least} to ${most}`);
    return value;
  };
  switch (kind) {
    case "ratio":
      return drawn(quantity(ratio(description), description)).map(bounded);
    case "number":
      return drawn(quantity(plainNumber(description, least), description)).map(bounded);
    case "count":
      return drawn(quantity(integer(description, least, most), description)).map((value) =>
        bounded(Math.round(value)),
      );
    case "amount":
      return drawn(quantity(amount(description, ["TAO", "alpha"]), description, ["TAO", "alpha", "rao"])).map(
        toRao,
      );
    case "duration":
      return drawn(quantity(duration(description, least), description, ["blocks", "days"])).map((value) =>
        bounded(Math.round(value)),
      );
    case "netuid":
      return same(read(integer(description, 0, 65_535), written), context);
    case "flag":
      return same(read(boolean(description), written), context);
    case "population":
      if (typeof written !== "string")
        throw new Unfit(`${found(written)}; the name of a population is needed`);
      return same(written, context);
    default:
      return kind satisfies never;
  }
}

const same = (value: unknown, { members }: DrawContext): unknown[] => members.map(() => value);

function read<T>(reading: Reading<T>, written: unknown): T {
  const result = reading.safeParse(written);
  if (result.success) return result.data;
  const said = result.error.issues.map((issue) => {
    const place = issue.path.length === 0 ? "" : `${issue.path.join(".")}: `;
    if (issue.code === "unrecognized_keys")
      return `${place}unknown key ${issue.keys.join(", ")}; allowed here: ${issue.message}`;
    return `${place}${issue.code === "custom" ? issue.message : `${found(written)}; ${issue.message}`}`;
  });
  // An unknown key is mostly the one that is missing, misspelt.
  throw new Unfit(said.reverse().join("; "));
}
