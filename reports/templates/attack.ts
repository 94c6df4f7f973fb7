import type { ExperimentResult, PublishedResult } from "../../sim/trace/index.ts";
import { InputError } from "../../sim/errors.ts";
import { readExperiment } from "../data/experiment.ts";
import {
  damageByRole,
  metricsByComparison,
  metricTitle,
  pathChart,
  profitWaterfall,
  strengthCurve,
} from "../charts/experiment-charts.ts";
import { type Cell, numberColumn, type TableColumn } from "../data/table.ts";
import { formatEstimate, formatFigure } from "../text/figures.ts";
import { countOf } from "../text/format.ts";
import { displayProse, displayText } from "../text/labels.ts";
import { definitionsOf } from "./definitions.ts";
import type { Headline, Report, Section, TableSection } from "./report.ts";
import type { Template } from "./template.ts";

/** A run directory of an experiment holds its result beside the trace of the pair. */
export const attackTemplate: Template = {
  name: "attack",
  isUsualFor: (runs) => runs.length === 1 && runs[0]!.trace.has("experiment"),
  build: async (runs) => {
    const [run] = runs;
    if (run === undefined || runs.length > 1)
      throw new InputError("a report about an attack is about one run directory");
    return attackReport(await readExperiment(run.trace.directory));
  },
};

/** The report about a paired experiment: does the attack pay, who pays for it, and does that agree with what is published? */
export function attackReport(result: ExperimentResult): Report {
  const strength = strengthCurve(result);
  const damage = damageByRole(result);
  const sections: Section[] = [
    { id: "found", title: "What was found", charts: [metricsByComparison(result, result.show.slice(0, 4))] },
    ...(result.paths.length > 0
      ? [{ id: "paths", title: "Over time", charts: result.paths.map((path) => pathChart(result, path)) }]
      : []),
    {
      id: "profit",
      title: "Profit and loss",
      charts: [...result.economics.map((one) => profitWaterfall(result, one)), ...(damage ? [damage] : [])],
    },
    ...(strength ? [{ id: "strength-section", title: "By strength", charts: [strength] }] : []),
  ];
  return {
    title: displayText(result.title),
    subtitle: [
      countOf(result.replicas, "replica"),
      `${displayText(result.control, 40)} against ${result.attacks.map((name) => displayText(name, 40)).join(", ")}`,
      result.protocol,
    ].join(" · "),
    description: displayProse([result.question, result.finding ?? ""].join(" ")),
    headlines: headlinesOf(result),
    sections,
    tables: [
      economicsTable(result),
      ...(result.published.length > 0 ? [publishedTable(result.published)] : []),
      checksTable(result),
    ],
    manifest: [
      { name: "Scenario", text: displayText(result.name) },
      {
        name: "Seeds",
        text: `${displayText(result.seed, 60)}/0 to ${displayText(result.seed, 60)}/${result.replicas - 1}`,
      },
      { name: "Engine version", text: result.engineVersion },
    ],
    definitions: definitionsOf(["M23", "M27", "M28", "M66"]),
  };
}

function headlinesOf(result: ExperimentResult): Headline[] {
  const { unit, economics, breakEven } = result;
  return [
    ...economics.slice(0, 2).map(({ attack, profit, cost }): Headline => ({
      figure: `${formatFigure(profit.mean)} ${unit}`,
      label: `profit of ${displayText(attack, 60)}`,
      sentence: `${displayText(attack, 60)}: profit of ${formatEstimate(profit)} ${unit} at a cost of ${formatEstimate(cost)} ${unit}.`,
      definition:
        "The attacker's wealth at exit value less that in the control, mean and 95% interval over the replicas (M28).",
    })),
    ...(breakEven?.value === null || breakEven === null
      ? []
      : [
          {
            figure: `${formatFigure(breakEven.value)}${breakEven.unit === null ? "" : ` ${breakEven.unit}`}`,
            label: `break-even of ${displayText(breakEven.label, 80)}`,
            sentence: `The profit changes its sign between ${formatFigure(breakEven.low)} and ${formatFigure(breakEven.high)}.`,
            definition: "By bisection; the bracket is what is known (M28).",
          },
        ]),
  ];
}

function economicsTable({ economics, unit, roles }: ExperimentResult): TableSection {
  const rows: [string, (one: ExperimentResult["economics"][number]) => string][] = [
    [`Profit, ${unit}`, ({ profit }) => formatEstimate(profit)],
    [`Cost, ${unit}`, ({ cost }) => formatEstimate(cost)],
    ["Profit / cost", ({ roi }) => formatEstimate(roi)],
    [`Capital peak, ${unit}`, ({ capital }) => formatEstimate(capital)],
    ...Object.keys(roles).map((role): (typeof rows)[number] => [
      `Damage to ${metricTitle(role)}, ${unit}`,
      ({ damage }) => formatEstimate(damage[role]!),
    ]),
    ["Griefing factor", ({ griefing }) => formatEstimate(griefing)],
    [
      "Recovery, days",
      ({ recoveryDays, neverRecovered }) =>
        recoveryDays === null
          ? "not asked"
          : `${formatEstimate(recoveryDays)}${neverRecovered > 0 ? `, never in ${neverRecovered}` : ""}`,
    ],
  ];
  return {
    id: "economics",
    title: "Attack economics",
    description: "Attack less control, replica by replica: mean and 95% interval (M28).",
    table: {
      columns: [
        proseColumn("measure", "Measure"),
        ...economics.map(({ attack }) => proseColumn(attack, displayText(attack, 60))),
      ],
      rows: rows.map(([name, of]): Cell[] => [name, ...economics.map(of)]),
    },
  };
}

function publishedTable(published: readonly PublishedResult[]): TableSection {
  return {
    id: "published",
    title: "Published against ours",
    description:
      "P: a public source states it; R: re-derived from a public model; D: follows from the rules; 2: second-hand.",
    table: {
      columns: [
        proseColumn("statement", "Statement"),
        proseColumn("evidence", "Evidence"),
        proseColumn("published", "Published"),
        proseColumn("ours", "Ours"),
        proseColumn("verdict", "Verdict"),
        proseColumn("source", "Source"),
      ],
      rows: published.map(({ says, evidence, operator, value, tolerance, unit, ours, verdict, source }) => [
        says,
        evidence,
        `${operator} ${formatFigure(value)}${tolerance > 0 ? ` ± ${formatFigure(tolerance)}` : ""}${unit === null ? "" : ` ${unit}`}`,
        formatEstimate(ours),
        verdict,
        source,
      ]),
    },
  };
}

function checksTable({ checks }: ExperimentResult): TableSection {
  return {
    id: "checks",
    title: "Checks",
    description: "What must hold for every attack.",
    table: {
      columns: [
        proseColumn("check", "Check"),
        proseColumn("outcome", "Outcome"),
        numberColumn("passed", "Passed"),
      ],
      rows: checks.map(({ name, passed, detail }) => [name, detail, passed ? 1 : 0]),
    },
  };
}

/** A column of texts that are shown whole. */
const proseColumn = (name: string, title: string): TableColumn => ({
  name,
  title,
  numeric: false,
  format: (value) => displayText(String(value), 1_000),
});
