import { z } from "zod";
import { parseNumber, Unfit, found } from "../units.ts";
import { didYouMean } from "../../nearest.ts";
import { either, isMapping, leaf, mapping, type Reading } from "./leaf.ts";

/** Where values are drawn from; `T` is rao (bigint) for amounts and a plain number otherwise. */
export type Distribution<T extends bigint | number> =
  | { readonly distribution: "constant"; readonly value: T }
  | { readonly distribution: "uniform"; readonly min: T; readonly max: T }
  | ({ readonly distribution: "normal"; readonly mean: T; readonly deviation: T } & Bounds<T>)
  | ({ readonly distribution: "log-normal"; readonly median: T; readonly sigma: number } & Bounds<T>)
  | ({ readonly distribution: "pareto"; readonly min: T; readonly shape: number } & Bounds<T>)
  | ({ readonly distribution: "exponential"; readonly mean: T } & Bounds<T>)
  | { readonly distribution: "empirical"; readonly values: readonly T[] };

/** A draw outside becomes the bound. */
export interface Bounds<T> {
  readonly at_least?: T | undefined;
  readonly at_most?: T | undefined;
}

/** A distribution whose values are read by `value`. */
export function distributionOf<T extends bigint | number>(value: Reading<T>): Reading<Distribution<T>> {
  const bounds = {
    at_least: value.optional().describe("Smallest value: a smaller draw becomes this one."),
    at_most: value.optional().describe("Largest value: a larger draw becomes this one."),
  };
  const kind = <K extends string>(name: K) => z.literal(name).describe("Kind of distribution.");
  const kinds = {
    constant: mapping({ distribution: kind("constant"), value }).describe("Always the same value."),
    uniform: mapping({ distribution: kind("uniform"), min: value, max: value })
      .refine((uniform) => uniform.min <= uniform.max, {
        message: "min lies above max; swap them",
        path: ["min"],
      })
      .describe("Every value between min and max is equally likely."),
    normal: mapping({ distribution: kind("normal"), mean: value, deviation: value, ...bounds }).describe(
      "The bell curve; draws below zero become zero.",
    ),
    "log-normal": mapping({
      distribution: kind("log-normal"),
      median: value,
      sigma: plainNumber("Standard deviation of the natural logarithm.", 0),
      ...bounds,
    }).describe("The logarithm is normal: half of the draws lie below the median."),
    pareto: mapping({
      distribution: kind("pareto"),
      min: value,
      shape: plainNumber("Tail index: the smaller, the more unequal. 1.16 is the 80/20 rule.", 0, true),
      ...bounds,
    }).describe("A power law above min."),
    exponential: mapping({ distribution: kind("exponential"), mean: value, ...bounds }).describe(
      "Many small values, few large ones.",
    ),
    empirical: mapping({
      distribution: kind("empirical"),
      values: z.array(value).min(1).describe("Values to pick from."),
    }).describe("One of the listed values, each equally likely."),
  };
  const names = Object.keys(kinds);
  return either<Distribution<T>>(
    (input) => {
      const name = isMapping(input) ? input["distribution"] : input;
      if (typeof name !== "string" || !Object.hasOwn(kinds, name))
        throw new Unfit(
          `${isMapping(input) && name !== undefined ? `${found(name)} as distribution` : found(input)}; allowed: a mapping with distribution: ${names.join(", ")}${typeof name === "string" ? didYouMean(name, names) : ""}`,
        );
      return kinds[name as keyof typeof kinds] as Reading<Distribution<T>>;
    },
    Object.values(kinds),
    "Values drawn at random, each neuron's from its own stream.",
  );
}

/** A number without unit. */
export function plainNumber(description: string, least: number, excluded = false): Reading<number> {
  return leaf((value) => parseNumber(value, least, excluded), description, {
    type: "number",
    [excluded ? "exclusiveMinimum" : "minimum"]: least,
  });
}
