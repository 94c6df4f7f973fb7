import type { AttackEconomics, Estimate, ExperimentResult, PublishedResult } from "../../sim/trace/index.ts";
import { InputError } from "../../sim/errors.ts";
import { readExperiment } from "../data/experiment.ts";
import {
  damageByRole,
  metricsByComparison,
  metricTitle,
  pathChart,
  profitCharts,
  strengthCurve,
} from "../charts/experiment-charts.ts";
import { type Cell, numberColumn, proseColumn } from "../data/table.ts";
import { formatEstimate, formatFigure, formatFigures } from "../text/figures.ts";
import { countOf, formatChange } from "../text/format.ts";
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

/** A summary has this many numbers at most. */
const MOST_HEADLINES = 5;

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
      charts: [...profitCharts(result), ...(damage ? [damage] : [])],
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
  return [
    ...result.economics.slice(0, 2).map((economics) => profitHeadline(result, economics)),
    ...result.show.slice(0, 1).map((metric) => metricHeadline(result, metric)),
    ...damageHeadline(result),
    ...breakEvenHeadline(result),
    ...publishedHeadline(result.published),
  ].slice(0, MOST_HEADLINES);
}

function profitHeadline(
  { unit }: ExperimentResult,
  { attack, profit, cost, roi }: AttackEconomics,
): Headline {
  const returns = roi.mean === null ? "" : `, ${formatFigure(roi.mean)} for each 1 spent`;
  return {
    figure: `${formatFigure(profit.mean)} ${unit}`,
    label: `profit of ${displayText(attack, 60)}`,
    sentence: `The attacker ends with ${formatEstimate(absolute(profit))} ${unit} ${isNegative(profit) ? "less" : "more"} than in the control, at a cost of ${formatEstimate(cost)} ${unit}${returns}.`,
    definition:
      "The attacker's wealth at exit value less that in the control, mean and 95% interval over the replicas (M28).",
  };
}

/** What the experiment looks at first: under the first attack against the control. */
function metricHeadline({ comparisons, control, attacks }: ExperimentResult, metric: string): Headline {
  const of = (name: string): Estimate => comparisons.find((one) => one.name === name)!.metrics[metric]!;
  const [before, after] = [of(control), of(attacks[0]!)];
  const [shownBefore, shownAfter] = formatFigures([before.mean, after.mean]);
  const change =
    before.mean === null || after.mean === null ? "" : `, ${formatChange(before.mean, after.mean)}`;
  return {
    figure: shownAfter!,
    label: `${metricTitle(metric)} under ${displayText(attacks[0]!, 60)}${change}`,
    sentence: `In ${displayText(control, 60)} it is ${shownBefore!}.`,
    definition: "As the scenario computes it, mean over the replicas.",
  };
}

function damageHeadline({ roles, economics, unit }: ExperimentResult): Headline[] {
  const [first] = economics;
  if (Object.keys(roles).length === 0 || first === undefined) return [];
  const gained = isNegative(first.damageTotal);
  const size = (role: string): number => (first.damage[role]!.mean ?? 0) * (gained ? -1 : 1);
  const [most] = Object.keys(roles).sort((a, b) => size(b) - size(a));
  const factor =
    gained || first.griefing.mean === null
      ? ""
      : ` Each 1 that the attacker spends costs them ${formatFigure(first.griefing.mean)}.`;
  return [
    {
      figure: `${formatFigure(absolute(first.damageTotal).mean)} ${unit}`,
      label: `${gained ? "gained" : "lost"} by all others under ${displayText(first.attack, 60)}`,
      sentence: `Most by ${metricTitle(most!)}: ${formatEstimate(gained ? absolute(first.damage[most!]!) : first.damage[most!]!)} ${unit}.${factor}`,
      definition: "Wealth of the roles in the control less their wealth under attack (M28).",
    },
  ];
}

const isNegative = ({ mean }: Estimate): boolean => mean !== null && mean < 0;

/** An estimate without its sign: of a loss as an amount. */
function absolute(estimate: Estimate): Estimate {
  const { mean, low, high, count } = estimate;
  if (!isNegative(estimate)) return estimate;
  const minus = (value: number | null): number | null => (value === null ? null : -value);
  return { mean: minus(mean), low: minus(high), high: minus(low), count };
}

function breakEvenHeadline({ breakEven }: ExperimentResult): Headline[] {
  if (breakEven === null || breakEven.value === null) return [];
  const unit = breakEven.unit === null ? "" : ` ${breakEven.unit}`;
  const [value, low, high] = formatFigures([breakEven.value, breakEven.low, breakEven.high]);
  return [
    {
      figure: `${value}${unit}`,
      label: `break-even of ${displayText(breakEven.label, 80)}`,
      sentence: `The profit changes its sign between ${low} and ${high}${unit}.`,
      definition: "By bisection; the bracket is what is known (M28).",
    },
  ];
}

function publishedHeadline(published: readonly PublishedResult[]): Headline[] {
  if (published.length === 0) return [];
  const differing = published.filter(({ verdict }) => verdict !== "agrees");
  const [first] = differing;
  return [
    {
      figure: `${published.length - differing.length} of ${published.length}`,
      label: `published ${published.length === 1 ? "statement" : "statements"} that this agrees with`,
      sentence:
        first === undefined
          ? "None differs."
          : `It differs on: ${displayText(first.says, 160)}${differing.length > 1 ? ` And ${countOf(differing.length - 1, "more", "more")}.` : ""}`,
      definition: "A statement agrees where the interval over the replicas meets what is published.",
    },
  ];
}

const NOT_ASKED = "not asked";

/** Rows that are undefined for every attack say nothing. */
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
          ? NOT_ASKED
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
      rows: rows
        .map(([name, of]): Cell[] => [name, ...economics.map(of)])
        .filter((row) => row.slice(1).some((text) => text !== "undefined" && text !== NOT_ASKED)),
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
        `${operator === "==" ? "" : `${operator} `}${formatFigure(value)}${tolerance > 0 ? ` ± ${formatFigure(tolerance)}` : ""}${unit === null ? "" : ` ${unit}`}`,
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
