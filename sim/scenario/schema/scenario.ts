import { z } from "zod";
import { parsePath } from "../source/overrides.ts";
import { found, Unfit } from "../units.ts";
import { leaf, mapping } from "./leaf.ts";
import { subnet } from "./subnet.ts";
import { integer, text, word } from "./values.ts";
import { variant } from "./variant.ts";

export const seed = leaf(
  (value) => {
    if (typeof value === "string" && value !== "") return value;
    if (typeof value === "bigint") return String(value);
    throw new Unfit(`${found(value)}; write a text or a whole number`);
  },
  'Seed of all random draws; the same seed gives the same run. Default "0".',
  { type: ["string", "integer"] },
);

/**
 * Variations of a scenario.
 * @param roots what may differ, by the first step of a path
 * @param example a path, for the editor and for errors
 */
export const comparisonsOf = (roots: readonly string[], example: string) => {
  const comparison = mapping({
    name: leaf(
      (value) => {
        if (typeof value === "string" && /^[\w][\w .+-]*$/.test(value)) return value;
        throw new Unfit(`${found(value)}; a name is letters, digits, spaces and . + - _`);
      },
      "Name of this variation, as the report shows it.",
      { type: "string" },
    ),
    set: z
      .record(
        z.string().refine((path) => roots.includes(String(parsePath(path)?.[0])), {
          message: `no path below ${roots.join(", ")}; write it like ${example}`,
        }),
        z.unknown(),
      )
      .describe(`Values that differ, by path: ${example}: false`),
  }).describe("A variation of the scenario that runs beside the others.");
  return z
    .array(comparison)
    .min(1)
    .superRefine((list, context) => {
      list.forEach(({ name }, index) => {
        if (list.findIndex((other) => other.name === name) < index)
          context.addIssue({
            code: "custom",
            path: [index, "name"],
            message: `${found(name)} a second time; names differ`,
          });
      });
    })
    .describe(
      "Variations that run side by side with the same random draws. Default: the scenario alone, named base.",
    );
};

export const scenario = mapping({
  title: text("One line that says what the scenario shows."),
  description: text("What is asked, and what one expects to see.").optional(),
  protocol: word("The chain's rules: subtensor-425 is runtime specification 425.", ["subtensor-425"]),
  variant: variant.optional(),
  seed: seed.default("0"),
  epochs: integer("How many epochs to run.", 1, 10_000_000),
  subnets: z
    .array(subnet)
    .min(1)
    .max(1, { message: "holds several subnets; a scenario runs one" })
    .describe("The subnet, as a list of one."),
  report: mapping({
    template: word(
      "What report.html shows: consensus = who is paid and why; cases = weights, bonds and dividends of a few neurons, epoch by epoch, one panel per comparison. Default consensus.",
      ["consensus", "cases"],
    ).default("consensus"),
    base: text(
      "cases: the validator that the others' totals are relative to. Default: the first.",
    ).optional(),
  })
    .optional()
    .describe("How the run is reported."),
  compare: comparisonsOf(["subnets", "variant"], "subnets[0].hyperparameters.yuma3").optional(),
}).describe("A Yumasim scenario.");

export type Scenario = z.output<typeof scenario>;
