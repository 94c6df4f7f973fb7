import { z } from "zod";
import { ROLES } from "../../agents/index.ts";
import { leaf, mapping } from "../schema/leaf.ts";
import { amount, boolean, integer, text, u16Proportion, word } from "../schema/values.ts";
import { found, parseInteger, Unfit } from "../units.ts";
import { quantity } from "./quantity.ts";
import { name } from "./schema-network.ts";
import { duration } from "./time.ts";

/** Where something is: all subnets, one, or a list. */
const subnetChoice = (description: string) =>
  leaf(
    (value): "all" | readonly number[] => {
      if (value === "all") return "all";
      const list = Array.isArray(value) ? value : [value];
      if (list.length === 0 || typeof value === "string")
        throw new Unfit(`${found(value)}; write all, a netuid like 1, or a list like [1, 2]`);
      const netuids = list.map((netuid) => Number(parseInteger(netuid, 0n, 65_535n)));
      if (new Set(netuids).size !== netuids.length) throw new Unfit("names a subnet twice");
      return netuids.sort((a, b) => a - b);
    },
    description,
    {
      anyOf: [
        { const: "all" },
        { type: "integer", minimum: 0 },
        { type: "array", items: { type: "integer", minimum: 0 } },
      ],
    },
  );

const stakes = mapping({
  on: leaf(
    (value): "root" | "subnets" | number => {
      if (value === "root" || value === "subnets") return value;
      if (typeof value === "string") throw new Unfit(`${found(value)}; write root, subnets, or a netuid`);
      return Number(parseInteger(value, 0n, 65_535n));
    },
    "root, subnets (each of the member's own), or a netuid.",
    { anyOf: [{ enum: ["root", "subnets"] }, { type: "integer", minimum: 0 }] },
  ),
  to: name(
    "Population whose hotkeys get the stake: each member chooses one at random. Default: its own hotkey.",
  ).optional(),
  amount: quantity(
    amount("Alpha, or TAO on root.", ["alpha", "TAO"]),
    "Stake of each member, on each subnet.",
    ["alpha", "TAO", "rao"],
  ),
}).describe("Stake that the members have when they begin.");

const arrivals = mapping({
  every: duration("Mean time between two arrivals; they come at random (a Poisson process).", 1),
  until: duration("When the last one may come. Default: the end of the run.").optional(),
  stay: quantity(
    duration("Time.", 1),
    "How long each stays before it sells everything and leaves. Default: for good.",
    ["blocks", "days"],
  ).optional(),
}).describe("Members who come while the run goes on, after the first `count`.");

/** The most agents that a run can hold in memory together. */
export const MOST_AGENTS = 100_000;

export const population = mapping({
  name: name("Name of the population; its members are name-0, name-1, ..."),
  role: word("What the members are there for.", ROLES),
  count: integer(`How many members there are at the beginning. Default 1.`, 0, MOST_AGENTS).default(1),
  subnets: subnetChoice("Where the members act: all, a netuid, or a list. Default all.").default("all"),
  placement: word(
    "every: each member acts on all of these subnets. each: every subnet has its own `count` members. spread: the members go round the subnets, one each. Default every.",
    ["every", "each", "spread"],
  ).default("every"),
  balance: quantity(amount("Free TAO.", ["TAO"]), "Free TAO of each member. Default 10 TAO.", [
    "TAO",
    "rao",
  ]).optional(),
  stakes: z.array(stakes).default([]).describe("Stakes of the members when they begin."),
  registered: boolean(
    "Whether the members' hotkeys are registered on their subnets from the beginning. Default: validators and miners are.",
  ).optional(),
  take: u16Proportion("Part of dividends that the members' hotkeys keep. Default 18 %.").optional(),
  strategy: text("Name of the members' strategy; `yumasim list strategies` shows them."),
  parameters: z.record(z.string(), z.unknown()).default({}).describe("Parameters of the strategy, by name."),
  arrivals: arrivals.optional(),
  searcher: boolean(
    "Whether the members see the calls that wait in a block and may choose a place beside them. Default false.",
  ).default(false),
}).describe("Agents that are alike.");

export type Population = z.output<typeof population>;
