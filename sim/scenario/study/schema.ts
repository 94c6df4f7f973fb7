/** What a scenario file says about families of runs: sweeps, searches, guards. */
import { z } from "zod";
import { didYouMean } from "../../nearest.ts";
import { either, isMapping, leaf, mapping, type Reading } from "../schema/leaf.ts";
import { boolean, integer, word } from "../schema/values.ts";
import { parsePath } from "../source/overrides.ts";
import { found, Unfit } from "../units.ts";
import { experiment } from "./experiment.ts";
import { finite } from "./finite.ts";

const metricName = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, "a metric is lower-case letters, digits and _, and begins with a letter");

/** How the rows of one epoch become one number. */
export const ROW_STATISTICS = ["sum", "mean", "min", "max", "count", "gini", "entropy", "leader"] as const;
/** How the numbers of all epochs become one. */
export const EPOCH_STATISTICS = ["last", "first", "sum", "mean", "min", "max", "changes"] as const;

const rowStatistic = word("How the rows of one epoch become one number.", ROW_STATISTICS);
const top = mapping({
  top: integer("The part of the sum that this many of the rows have, the largest ones.", 1, 1_000_000),
});
const correlation = mapping({
  correlation: z
    .string()
    .regex(/^[a-z0-9_]+$/, "a column of the same table is lower-case letters, digits and _")
    .describe("Pearson's coefficient of the column and this other one of its table."),
});

/** How the rows of one epoch become one number. */
export type RowStatistic =
  (typeof ROW_STATISTICS)[number] | z.output<typeof top> | z.output<typeof correlation>;

const epochStatistic = word("How the numbers of all epochs become one.", EPOCH_STATISTICS);
const epoch = integer("Number of the epoch, from 0.", 0, 1_000_000_000);
const crossing = (where: string): Reading<number> =>
  finite(
    `The first epoch in which the number is ${where} this, the first of all being 0; none where it never is.`,
  );
const firstAbove = mapping({ first_above: crossing("above") });
const firstBelow = mapping({ first_below: crossing("below") });

/** How the numbers of all epochs become one. */
export type EpochStatistic =
  (typeof EPOCH_STATISTICS)[number] | number | z.output<typeof firstAbove> | z.output<typeof firstBelow>;

export const metric = mapping({
  column: leaf(
    (value) => {
      if (typeof value === "string" && /^[a-z_]+\.[a-z0-9_]+$/.test(value)) return value;
      throw new Unfit(`${found(value)}; write table.column, for example neurons.dividends_ratio`);
    },
    "Column of the trace, as table.column.",
    { type: "string", pattern: "^[a-z_]+\\.[a-z0-9_]+$" },
  ),
  of: z
    .string()
    .min(1)
    .optional()
    .describe("Rows of these neurons only: a label, or the name of a group. Default: all rows."),
  rows: either<RowStatistic>(
    (value) => {
      if (isMapping(value)) return "correlation" in value ? correlation : top;
      return rowStatistic;
    },
    [rowStatistic, top, correlation],
    "How the rows of one epoch become one number: a word, the part that the largest of them have, or the correlation with another column. Default sum.",
  ).default("sum"),
  epochs: either<EpochStatistic>(
    (value) => {
      if (isMapping(value)) return "first_below" in value ? firstBelow : firstAbove;
      return typeof value === "string" ? epochStatistic : epoch;
    },
    [epochStatistic, epoch, firstAbove, firstBelow],
    "How the numbers of all epochs become one: a word, the number of the epoch whose counts, or the first epoch in which it is above or below a value. Default last.",
  ).default("last"),
}).describe("A number that is read from the trace of a run.");

export type MetricText = z.output<typeof metric>;

/** Comparisons of an expectation. */
export const EXPECT_OPERATORS = ["<", "<=", ">", ">=", "=="] as const;

const expectation = mapping({
  metric: metricName.describe("Name of a metric."),
  comparison: z.string().optional().describe("For one comparison only. Default: for all."),
  operator: word("How the metric compares.", EXPECT_OPERATORS),
  value: finite("With what."),
}).describe("What must hold at the end.");

export type ExpectationText = z.output<typeof expectation>;

const range = mapping({
  from: finite("The first value."),
  to: finite("The last value."),
  count: integer("How many values, at even distances, both ends included.", 2, 1_000_000),
  unit: z.string().min(1).optional().describe("Written behind each value, for example % or alpha."),
}).describe("Values at even distances.");

export type RangeText = z.output<typeof range>;

const someValues = z.array(z.unknown()).min(1).describe("The values, one after the other.");

const values = either<readonly unknown[] | RangeText>(
  (value) => (isMapping(value) ? range : someValues),
  [someValues, range],
  "The values: a list, or from, to and count.",
);

const interval = mapping({
  from: finite("Least value."),
  to: finite("Greatest value."),
  integer: boolean("Whole numbers only, both ends included. Default false.").default(false),
  logarithmic: boolean("Even in the logarithm, for scales. Default false.").default(false),
  unit: z.string().min(1).optional().describe("Written behind each value, for example % or alpha."),
})
  .superRefine(({ from, to, logarithmic }, context) => {
    if (from > to)
      context.addIssue({ code: "custom", path: ["to"], message: `found ${to}, below from (${from})` });
    if (logarithmic && from <= 0)
      context.addIssue({
        code: "custom",
        path: ["from"],
        message: `found ${from}; a logarithm needs more than 0`,
      });
  })
  .describe("Between two values.");

export type IntervalText = z.output<typeof interval>;

const choice = mapping({
  choose: z.array(z.unknown()).min(1).describe("Values, each equally likely."),
}).describe("One of several values.");

export type ChoiceText = z.output<typeof choice>;

const drawn = either<IntervalText | ChoiceText>(
  (value) => (isMapping(value) && "choose" in value ? choice : interval),
  [interval, choice],
  "What is drawn: from and to, or choose.",
);

/** A mapping whose keys are paths of the scenario. */
const byPath = <T>(value: z.ZodType<T>, description: string) =>
  z
    .record(
      z.string().refine((path) => parsePath(path) !== undefined && !OWN.has(String(parsePath(path)?.[0])), {
        message: "no path of the scenario; write it like subnets[0].hyperparameters.kappa",
      }),
      value,
    )
    .describe(description);

/** What cannot be varied: it says what is varied, or varies the scenario itself. */
const OWN: ReadonlySet<string> = new Set([
  "sweep",
  "optimise",
  "check",
  "experiment",
  "metrics",
  "expect",
  "seed",
]);

const draws = (description: string) =>
  mapping({
    count: integer("How many draws.", 1, 1_000_000),
    values: byPath(drawn, "What is drawn, by path."),
  }).describe(description);

const keep = leaf(
  (value): "traces" | readonly string[] => {
    if (value === "traces") return "traces";
    if (Array.isArray(value) && value.length > 0 && value.every((name) => typeof name === "string"))
      return value;
    throw new Unfit(`${found(value)}; write traces, or a list of metrics`);
  },
  "What is kept of each cell: traces (its run directory and all metrics), or a list of metrics.",
  { anyOf: [{ const: "traces" }, { type: "array", items: { type: "string" } }] },
);

export const sweep = mapping({
  keep,
  grid: byPath(values, "Every value with every value of the other paths.").optional(),
  zip: byPath(values, "The first values of all paths together, then the second ones, ...").optional(),
  random: draws("Independent draws.").optional(),
  sobol: draws("Points of a Sobol sequence, which fill the space more evenly than draws.").optional(),
  replicas: integer(
    "How often each point runs, each time with another seed. Default: once, with the seed.",
    1,
    1_000_000,
  ).optional(),
})
  .superRefine((sweep, context) => {
    const { keep: _, ...parts } = sweep;
    if (Object.values(parts).every((part) => part === undefined))
      context.addIssue({
        code: "custom",
        message: "varies nothing; give grid, zip, random, sobol or replicas",
      });
  })
  .describe(
    "Many runs of the scenario: every point of grid, zip, random and sobol together, times replicas.",
  );

export type SweepText = z.output<typeof sweep>;

const searched = mapping({
  from: finite("Least value."),
  to: finite("Greatest value."),
  unit: z.string().min(1).optional().describe("Written behind each value, for example % or alpha."),
})
  .superRefine(({ from, to }, context) => {
    if (from >= to)
      context.addIssue({ code: "custom", path: ["to"], message: `found ${to}, not above from (${from})` });
  })
  .describe("Where to look.");

export const optimise = mapping({
  metric: metricName.describe("The metric that is searched."),
  comparison: z.string().optional().describe("Of which comparison. Default: the first one."),
  find: word("minimum, maximum, or crossing: where the metric crosses a value, for example the break-even.", [
    "minimum",
    "maximum",
    "crossing",
  ]),
  value: finite("The value that is crossed. Default 0.").optional(),
  over: byPath(searched, "One path or two, and where to look."),
  within: finite(
    "The search ends when the answer is known to this part of the range. Default 0.001.",
  ).default(0.001),
  most: integer("Most runs (with replicas: points). Default 200.", 3, 1_000_000).default(200),
  replicas: integer("Runs per point, whose mean is searched. Default 1.", 1, 1_000_000).default(1),
})
  .superRefine(({ find, value, over, within }, context) => {
    const paths = Object.keys(over).length;
    if (paths < 1 || paths > 2)
      context.addIssue({ code: "custom", path: ["over"], message: `has ${paths} paths; give one or two` });
    if (find === "crossing" && paths === 2)
      context.addIssue({
        code: "custom",
        path: ["over"],
        message: "has two paths; a crossing is searched over one",
      });
    if (find !== "crossing" && value !== undefined)
      context.addIssue({ code: "custom", path: ["value"], message: "has no meaning without find: crossing" });
    if (within <= 0 || within >= 1)
      context.addIssue({
        code: "custom",
        path: ["within"],
        message: `found ${within}; allowed: above 0, below 1`,
      });
  })
  .describe(
    "A search for the value of a parameter, or two, at which a metric is extreme or crosses a value.",
  );

export type OptimiseText = z.output<typeof optimise>;

export const check = mapping({
  tolerances: z
    .record(
      z.string().regex(/^[a-z_]+\.[a-z0-9_]+$/, "write table.column, for example neurons.dividends_raw"),
      finite("The largest difference that is none, in the unit of the column."),
    )
    .describe("Differences that `yumasim check` lets pass, by table.column. Default: none."),
}).describe("How `yumasim check` compares the scenario.");

/** Members about families of runs that every scenario can have. */
export const studyMembers = {
  check: check.optional(),
  sweep: sweep.optional(),
  optimise: optimise.optional(),
  experiment: experiment.optional(),
};

/** The same for a scenario of one subnet. */
export const subnetStudyMembers = {
  metrics: z
    .record(metricName, metric)
    .default({})
    .describe("Numbers that are read from the trace of a run."),
  expect: z.array(expectation).default([]).describe("What must hold at the end of a run."),
  ...studyMembers,
};

/** All members about families of runs. @param known names of the scenario's metrics */
export const study = (known: readonly string[]) =>
  mapping(subnetStudyMembers).superRefine(({ expect, sweep: swept, optimise: search }, context) => {
    const named: [string, (string | number)[]][] = expect.map((one, index) => [
      one.metric,
      ["expect", index, "metric"],
    ]);
    if (swept !== undefined && swept.keep !== "traces")
      swept.keep.forEach((name, index) => named.push([name, ["sweep", "keep", index]]));
    if (search !== undefined) named.push([search.metric, ["optimise", "metric"]]);
    for (const [name, path] of named)
      if (!known.includes(name))
        context.addIssue({
          code: "custom",
          path,
          message: `found ${JSON.stringify(name)}, which is no metric${didYouMean(name, known)}; metrics: ${known.join(", ") || "none; give metrics:"}`,
        });
  });

export type StudyText = z.output<ReturnType<typeof study>>;
