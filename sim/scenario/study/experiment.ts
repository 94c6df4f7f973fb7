/** `experiment:` makes a scenario with comparisons a paired experiment: an attack, its control, and what is published. */
import { z } from "zod";
import { expressionText } from "../economy/quantity.ts";
import { duration } from "../economy/time.ts";
import { mapping } from "../schema/leaf.ts";
import { boolean, integer, text, word } from "../schema/values.ts";
import { parsePath } from "../source/overrides.ts";
import { finite } from "./finite.ts";

/** How sure a published statement is: P public source, R re-derived from a public model, D follows from the rules, 2 second-hand. */
export const EVIDENCE = ["P", "R", "D", "2"] as const;
export type Evidence = (typeof EVIDENCE)[number];

export const PUBLISHED_OPERATORS = ["==", "<", "<=", ">", ">="] as const;

const path = z.string().refine((written) => parsePath(written) !== undefined, {
  message: "no path of the scenario; write it like populations[1].parameters.delay",
});

const names = (description: string) => z.array(z.string().min(1)).min(1).describe(description);

const strength = mapping({
  path: path.describe("Path of the scenario that makes the attack stronger or weaker."),
  values: z.array(z.unknown()).min(2).describe("Values of the path, weakest first."),
  label: text("What the parameter is, with its unit, for axes and tables."),
  attack: z.string().optional().describe("In which comparison. Default: the first attack."),
  metric: expressionText("What is computed at every value. Default profit.").default("profit"),
  replicas: integer("Seeds per value. Default 5.", 1, 10_000).default(5),
  control_too: boolean(
    "Whether the control has the value as well, as it must where the value is no attack: a stake, a fee. Default false.",
  ).default(false),
  zero: boolean(
    "Whether the first value is no attack at all: then it must come out as the control does, bit for bit. Default false.",
  ).default(false),
  monotone: word("How the metric must move with the values. Default any.", [
    "rising",
    "falling",
    "any",
  ]).default("any"),
  because: text("Where it need not rise or fall: why.").optional(),
  slack: finite("The largest step the wrong way that is none. Default 0.").default(0),
}).describe("The attack at several strengths.");

const breakEven = mapping({
  path: path.describe("Path of the scenario that is searched."),
  from: finite("Least value."),
  to: finite("Greatest value."),
  unit: z.string().min(1).optional().describe("Written behind each value, for example % or TAO."),
  label: text("What the parameter is, for the report."),
  attack: z.string().optional().describe("In which comparison. Default: the first attack."),
  metric: expressionText("What crosses 0 there. Default profit.").default("profit"),
  control_too: boolean(
    "Whether the control has the value as well, as it must where the value is no attack: a stake, a fee. Default false.",
  ).default(false),
  within: finite("Width of the bracket, as a part of the range. Default 0.01.").default(0.01),
  replicas: integer("Seeds per value, whose mean counts. Default 3.", 1, 10_000).default(3),
})
  .superRefine(({ from, to, within }, context) => {
    if (from >= to)
      context.addIssue({ code: "custom", path: ["to"], message: `found ${to}, not above from (${from})` });
    if (within <= 0 || within >= 1)
      context.addIssue({
        code: "custom",
        path: ["within"],
        message: `found ${within}; allowed: above 0, below 1`,
      });
  })
  .describe("Where the profit of the attack crosses 0, by bisection.");

const published = mapping({
  says: text("What the source states, in a sentence."),
  metric: expressionText(
    'What we compute for it: an expression over the metrics of the comparison, profit, cost, roi, capital, damage, griefing, damage_<role>, break_even, and of("comparison", "metric").',
  ),
  comparison: z
    .string()
    .optional()
    .describe("Whose metrics the expression names. Default: the first attack."),
  operator: word("How our value must compare.", PUBLISHED_OPERATORS),
  value: finite("With what."),
  tolerance: finite("What the precision of the source allows. Default 0.").default(0),
  unit: z.string().min(1).optional().describe("Unit of the value."),
  evidence: word(
    "P: a public source states it; R: re-derived from a public model; D: follows from the rules; 2: second-hand.",
    EVIDENCE,
  ),
  source: text("Where it stands."),
  agrees: boolean("Whether we agree. Default true.").default(true),
  disagreement: text("Why we do not agree.").optional(),
})
  .superRefine(({ agrees, disagreement }, context) => {
    if (agrees !== (disagreement === undefined))
      context.addIssue({
        code: "custom",
        path: ["disagreement"],
        message: agrees ? "has no meaning where we agree" : "missing; say why we do not agree",
      });
  })
  .describe("A published statement and what the simulator says about it.");

export const experiment = mapping({
  entry: integer("Number in the catalogue of attacks (docs/attacks.md).", 1, 999),
  question: text("The question that the experiment answers."),
  finding: text("What comes out, in a sentence or two.").optional(),
  control: z.string().min(1).describe("The comparison without the attack."),
  attacks: names(
    "The comparisons that are attacks; what is neither attack nor control is for its metrics alone. Default: all but the controls.",
  ).optional(),
  controls: z
    .record(z.string(), z.string().min(1))
    .default({})
    .describe("Attacks that have a control of their own: the attack's name and that of its control."),
  attacker: names("Populations (or groups of neurons) of the attacker."),
  roles: z
    .record(
      z.string().regex(/^[a-z][a-z0-9_]*$/, "a role is lower-case letters, digits and _"),
      names("Its populations (or groups of neurons)."),
    )
    .default({})
    .describe("Roles whose damage counts, and who plays them."),
  replicas: integer("How many seeds. Default 20.", 1, 10_000).default(20),
  show: names("Metrics for the tables and charts, the most important one first. Default: all.").optional(),
  over_time: names(
    "Metrics that are drawn over time beside the attacker's wealth. Default: in an economy the first of show.",
  ).optional(),
  forgone: expressionText(
    "Yield that the attacker's capital would have had, TAO over the run, an expression over metrics of the control; part of the cost. Default 0.",
  ).optional(),
  recovery: mapping({
    metric: z.string().min(1).describe("The metric that has to come back."),
    after: duration("When the attacker has left, counted from the beginning."),
  })
    .optional()
    .describe("After how long the metric stays within 1 % of the control."),
  strength: strength.optional(),
  break_even: breakEven.optional(),
  published: z.array(published).default([]).describe("What is published about it."),
}).describe("A paired experiment: attack and control on the same random draws.");

export type ExperimentText = z.output<typeof experiment>;
export type PublishedText = z.output<typeof published>;
export type StrengthText = z.output<typeof strength>;
export type BreakEvenText = z.output<typeof breakEven>;
