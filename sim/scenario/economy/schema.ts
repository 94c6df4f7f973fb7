/** Language version 2: scenarios of a whole network, told apart by their key `network`. */
import { z } from "zod";
import { mapping, leaf } from "../schema/leaf.ts";
import { comparisonsOf, seed } from "../schema/scenario.ts";
import { amount, boolean, integer, ratio, text, word } from "../schema/values.ts";
import { variant } from "../schema/variant.ts";
import { found, parseInteger, Unfit } from "../units.ts";
import { expressionText } from "./quantity.ts";
import { name, network } from "./schema-network.ts";
import { population } from "./schema-populations.ts";
import { globalSettings, subnetSettings } from "./settings.ts";
import { duration, horizon } from "./time.ts";
import { OPERATORS } from "./types.ts";

/** Protocols that a run can follow. */
export const PROTOCOLS = [
  "subtensor-425",
  "subtensor-425-even",
  "subtensor-425-gate",
  "subtensor-425-taoflow",
  "subtensor-425-taoflow-gross",
  "subtensor-425-taoflow-matured",
] as const;

const netuids = z
  .array(integer("A netuid.", 0, 65_535))
  .min(1)
  .optional()
  .describe("Which subnets. Default all.");

const voters = leaf(
  (value): "root" | "owners" | readonly string[] => {
    if (value === "root" || value === "owners") return value;
    if (Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === "string"))
      return value;
    throw new Unfit(`${found(value)}; write root, owners or a list of populations`);
  },
  "root: the hotkeys with a seat on it; owners: the owner hotkeys of all subnets; or populations, whose hotkeys vote.",
  {
    anyOf: [
      { const: "root" },
      { const: "owners" },
      { type: "array", minItems: 1, items: { type: "string" } },
    ],
  },
);

const voteWeight = leaf(
  (value): "equal" | "root" | number => {
    if (value === "equal" || value === "root") return value;
    if (typeof value === "string") throw new Unfit(`${found(value)}; write equal, root or a netuid`);
    return Number(parseInteger(value, 1n, 65_535n));
  },
  "What a vote weighs: equal, or the stake on the voter's hotkey: root for TAO, a netuid for alpha there. Default root.",
  { anyOf: [{ const: "equal" }, { const: "root" }, { type: "integer", minimum: 1, maximum: 65_535 }] },
);

const vote = mapping({
  voters,
  weight: voteWeight.default("root"),
  ayes: z
    .array(name("A population whose members are for it."))
    .describe("Who is for it; the others are not."),
  threshold: ratio("Part of the weight of all voters that carries it. Default half.").default(0.5),
  delay: duration("From the decision to the change.", 1),
  hyperparameters: mapping({ subnets: netuids, values: subnetSettings })
    .optional()
    .describe("Hyperparameters change if it is carried."),
  parameters: globalSettings.optional().describe("Parameters of the whole network change if it is carried."),
})
  .superRefine(({ hyperparameters, parameters }, context) => {
    if ((hyperparameters === undefined) === (parameters === undefined))
      context.addIssue({
        code: "custom",
        message: "give one of hyperparameters, parameters: what is voted on",
      });
  })
  .describe("A vote on a change. The chain has none; this is a what-if.");

const shock = mapping({
  at: duration("When, counted from the beginning of the run.", 1),
  hyperparameters: mapping({ subnets: netuids, values: subnetSettings })
    .optional()
    .describe("Hyperparameters change."),
  parameters: globalSettings.optional().describe("Parameters of the whole network change."),
  give: mapping({
    to: name("Population that gets it."),
    amount: amount("TAO for each member.", ["TAO"]),
  })
    .optional()
    .describe("Fresh money for a population."),
  stake: mapping({
    to: name("Population whose hotkeys get it."),
    on: leaf(
      (value): "root" | number => {
        if (value === "root") return value;
        if (typeof value === "string") throw new Unfit(`${found(value)}; write root or a netuid`);
        return Number(parseInteger(value, 1n, 65_535n));
      },
      "root, or the netuid of a subnet.",
      { anyOf: [{ const: "root" }, { type: "integer", minimum: 1, maximum: 65_535 }] },
    ),
    amount: amount("TAO for each member's hotkey.", ["TAO"]),
  })
    .optional()
    .describe("Stake from outside: somebody nominates the members of a population."),
  buy: mapping({ netuid: integer("Subnet.", 1, 65_535), amount: amount("TAO that buys alpha.", ["TAO"]) })
    .optional()
    .describe("Somebody from outside buys: the price jumps up."),
  sell: mapping({ netuid: integer("Subnet.", 1, 65_535), amount: amount("Alpha that is sold.", ["alpha"]) })
    .optional()
    .describe("Somebody from outside sells: the price falls."),
  outage: mapping({
    population: name("Population whose members do nothing for a while."),
    part: ratio("Part of the members, the first ones. Default all.").optional(),
    lasts: duration("How long.", 1),
  })
    .optional()
    .describe("Members that are off line."),
  protocol: word("The chain's rules from then on.", PROTOCOLS).optional(),
  vote: vote.optional(),
})
  .superRefine((value, context) => {
    const given = Object.entries(value)
      .filter(([key]) => key !== "at")
      .map(([, kind]) => kind)
      .filter((kind) => kind !== undefined).length;
    if (given !== 1)
      context.addIssue({
        code: "custom",
        message: `says ${given === 0 ? "nothing that happens" : "several things"}; give one of hyperparameters, parameters, give, stake, buy, sell, outage, protocol, vote`,
      });
  })
  .describe("Something that happens from outside.");

export type ShockText = z.output<typeof shock>;

const expectation = mapping({
  metric: expressionText("Name of a metric, or an expression like one."),
  operator: word("How the metric compares.", OPERATORS),
  value: leaf(
    (value) => {
      const number = typeof value === "bigint" ? Number(value) : value;
      if (typeof number !== "number" || !Number.isFinite(number))
        throw new Unfit(`${found(value)}; a number is needed`);
      return number;
    },
    "With what.",
    { type: "number" },
  ),
}).describe("What must hold at the end; else the run ends with exit code 1.");

const interval = (description: string) =>
  leaf(
    (value): number | null => {
      if (value === false) return null;
      const result = duration(description, 1).safeParse(value);
      if (result.success) return result.data;
      throw new Unfit(`${result.error.issues[0]?.message ?? found(value)}; false = never`);
    },
    description,
    { anyOf: [{ type: "string" }, { const: false }] },
  );

const trace = mapping({
  every: interval("How often tables are sampled. Default 1 day.").default(7_200),
  blocks: interval("How often the table blocks is sampled. Default: every.").optional(),
  pools: interval("How often the table pools is sampled. Default: every.").optional(),
  accounts: interval("How often the table accounts is sampled. Default: every.").optional(),
  stakes: interval("How often the table stakes is sampled. Default: false (never).").default(null),
  metrics: interval("How often the metrics are computed. Default: every.").optional(),
  means_from: duration(
    "From when on epochs count in the metrics that are means over all epochs so far (mean_dividends, dividend_rate, ...). Default: the beginning.",
  ).default(0),
  neurons: leaf(
    (value): "all" | readonly number[] => {
      if (value === false) return [];
      if (value === "all" || value === true) return "all";
      const list = z
        .array(integer("A netuid.", 1, 65_535))
        .min(1)
        .safeParse(value);
      if (list.success) return list.data;
      throw new Unfit(`${found(value)}; write all, a list of netuids, or false = none`);
    },
    "Subnets whose neurons are traced at every epoch: all, or a list of netuids. A large table; default false (none).",
    { anyOf: [{ const: "all" }, { type: "array", items: { type: "integer" } }, { type: "boolean" }] },
  ).default([]),
  bonds: boolean("Whether the bonds and weights of these subnets are traced, too. Default false.").default(
    false,
  ),
  calls: boolean("Whether every call is traced. Default true.").default(true),
  events: boolean("Whether epochs, registrations and shocks are traced. Default true.").default(true),
}).describe("What the trace holds; false = never.");

export const economyScenario = mapping({
  extends: text("Scenario that this one is based on: what is not said here is as there.").optional(),
  title: text("One line that says what the scenario shows."),
  description: text("What is asked, and what one expects to see.").optional(),
  protocol: word(
    "The chain's rules: subtensor-425 is runtime specification 425; subtensor-425-even gives every subnet the same share of emission, as a what-if; subtensor-425-gate lets subnets under a bar of demand have little of it, as the chain did later; subtensor-425-taoflow shares by users' net flows of TAO less the protocol's, as the chain did before, -taoflow-gross by users' alone, -taoflow-matured by users' alone as they mature (the lesser of their average and the average of that).",
    PROTOCOLS,
  ),
  variant: variant.optional(),
  seed: seed.default("0"),
  horizon: horizon(
    "How long the run is, for example 30 days or 200 epochs (of the subnet with the longest tempo).",
  ),
  call_order: word(
    "Order in which the calls of one block arrive: drawn anew for every agent and block, or always as the populations stand here. Default drawn.",
    ["drawn", "populations"],
  ).optional(),
  variables: z
    .record(
      z.string().regex(/^[a-z][a-z0-9_]*$/, "a variable is lower-case letters, digits and _"),
      expressionText("A number or an expression over the variables before it."),
    )
    .default({})
    .describe("Numbers that expressions can name; --set can change them."),
  network,
  strategies: z
    .array(text("Path of a module, beside the scenario."))
    .default([])
    .describe(
      "Modules (.js, .mjs, .ts) that export strategies of your own; they are loaded only with --allow-code.",
    ),
  populations: z.array(population).min(1).max(1_000).describe("Who acts."),
  shocks: z.array(shock).max(10_000).default([]).describe("What happens from outside."),
  metrics: z
    .record(
      z.string().regex(/^[a-z][a-z0-9_]*$/, "a metric is lower-case letters, digits and _"),
      expressionText("An expression over the network."),
    )
    .default({})
    .describe("Numbers that are computed of the network at every sample."),
  expect: z.array(expectation).default([]).describe("What must hold at the end."),
  trace: trace.prefault({}),
  compare: comparisonsOf(
    ["network", "populations", "shocks", "variables", "protocol", "variant"],
    "network.subnets[0].hyperparameters.yuma3",
  ).optional(),
}).describe("A Yumasim scenario of a whole economy.");

export type EconomyText = z.output<typeof economyScenario>;
