/** What a scenario file says about its report. */
import { z } from "zod";
import { didYouMean } from "../../nearest.ts";
import { REPORT_TEMPLATES, ROW_STATISTICS } from "../../report-settings.ts";
import { ECONOMY_TABLES } from "../../trace/economy-tables.ts";
import { type TableSchema, TRACE_TABLES } from "../../trace/schema.ts";
import { mapping } from "../schema/leaf.ts";
import { text, word } from "../schema/values.ts";
import { quoted } from "../units.ts";

const MOST_LINES = 6;

const chart = mapping({
  metrics: z
    .array(z.string())
    .min(1)
    .max(MOST_LINES)
    .optional()
    .describe(`Metrics of the scenario, a line each; at most ${MOST_LINES}.`),
  table: z.string().optional().describe("Table of the trace, beside `column`."),
  column: z.string().optional().describe("Column of that table, over time."),
  by: z.string().optional().describe("Column whose values make a line each, for example netuid."),
  rows: word(
    "How several rows of one moment become one number. Default: the sum of amounts and counts, the mean of anything else.",
    ROW_STATISTICS,
  ).optional(),
  title: text("What is to be seen. Default: the names.").optional(),
  text: text("How to read it.").optional(),
  unit: text("Unit of the y axis. Default: that of the column.").optional(),
  scale: word("Of the y axis. Default linear.", ["linear", "log"]).default("linear"),
})
  .superRefine(({ metrics, table, column, by, rows }, context) => {
    const wrong = (message: string): void => context.addIssue({ code: "custom", message });
    if ((metrics === undefined) === (column === undefined))
      wrong("needs either metrics, or table and column");
    else if ((column === undefined) !== (table === undefined)) wrong("needs table and column together");
    else if (metrics !== undefined && (by !== undefined || rows !== undefined))
      wrong("has metrics: by and rows belong to a column");
  })
  .describe("Metrics over time, or a column of the trace over time.");

const section = mapping({
  title: text("Heading."),
  text: text("Plain text; empty lines part paragraphs.").optional(),
  charts: z.array(chart).max(50).default([]).describe("Charts."),
}).describe("A section below those of the template.");

/** @param tables that the trace of the scenario can have @param metrics names of the metrics that the trace holds */
const reportOf = (tables: readonly TableSchema[], metrics: readonly string[]) =>
  mapping({
    template: word(
      "Which report is written. Default: the one that fits the run.",
      REPORT_TEMPLATES,
    ).optional(),
    text: text("Plain text above everything else; empty lines part paragraphs.").optional(),
    sections: z
      .array(section)
      .max(50)
      .default([])
      .describe("What the report holds beside the template's own."),
  })
    .superRefine(({ sections }, context) => {
      sections.forEach(({ charts }, at) =>
        charts.forEach((one, chartAt) => {
          for (const { member, message } of unknownNames(one, tables, metrics))
            context.addIssue({
              code: "custom",
              path: ["sections", at, "charts", chartAt, ...member],
              message,
            });
        }),
      );
    })
    .describe("What the report of a run shows.");

/** The report of a scenario of one subnet, whose metrics are numbers at the end of a run. */
export const subnetReport = reportOf(TRACE_TABLES, []);

/** The report of a whole network. */
export const economyReport = (metrics: readonly string[]) =>
  reportOf([...ECONOMY_TABLES, ...TRACE_TABLES], metrics);

export type ReportText = z.output<typeof subnetReport>;

interface UnknownName {
  readonly member: readonly PropertyKey[];
  readonly message: string;
}

function unknownNames(
  { metrics = [], table, column, by }: z.output<typeof chart>,
  tables: readonly TableSchema[],
  known: readonly string[],
): UnknownName[] {
  const none = known.length === 0;
  const unknown = metrics.flatMap((name, at): UnknownName[] => {
    if (known.includes(name)) return [];
    const allowed = none ? "there is none that is traced over time" : `metrics: ${known.join(", ")}`;
    return [
      {
        member: ["metrics", at],
        message: `found ${quoted(name)}, which is no metric; ${allowed}${didYouMean(name, known)}`,
      },
    ];
  });
  if (table === undefined || column === undefined) return unknown;
  const names = tables.map(({ name }) => name);
  const found = tables.find(({ name }) => name === table);
  if (found === undefined)
    return [
      {
        member: ["table"],
        message: `found ${quoted(table)}; tables: ${names.join(", ")}${didYouMean(table, names)}`,
      },
    ];
  const numbers = found.columns.filter(({ type }) => type !== "label").map(({ name }) => name);
  const keys = found.columns
    .filter(({ type, name }) => type === "label" || /(^|_)(uid|netuid)$/.test(name))
    .map(({ name }) => name);
  const check = (member: string, value: string | undefined, allowed: readonly string[]): UnknownName[] =>
    value === undefined || allowed.includes(value)
      ? []
      : [
          {
            member: [member],
            message: `found ${quoted(value)}; in the table ${table}: ${allowed.join(", ")}${didYouMean(value, allowed)}`,
          },
        ];
  return [...check("column", column, numbers), ...check("by", by, keys)];
}
