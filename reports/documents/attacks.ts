/** docs/attacks.md: what every attack of the library comes to, and whether that agrees with what is published. */
import type { ExperimentResult, PublishedResult } from "../../sim/trace/index.ts";
import type { Chart } from "../charts/chart.ts";
import {
  metricsByComparison,
  metricTitle,
  shownComparisons,
  strengthCurve,
} from "../charts/experiment-charts.ts";
import { themeOf } from "../charts/theme.ts";
import { chartForExport } from "../render/compose.ts";
import { renderSvg } from "../render/svg.ts";
import { formatEstimate, formatFigure } from "../text/figures.ts";
import { countOf } from "../text/format.ts";

/** A file of the document, relative to docs/. */
export interface DocumentFile {
  readonly path: string;
  readonly text: string;
}

/** The page and its pictures. @param results in any order */
export async function attacksDocument(results: readonly ExperimentResult[]): Promise<DocumentFile[]> {
  const sorted = [...results].sort((a, b) => a.entry - b.entry || (a.name < b.name ? -1 : 1));
  const pictures: DocumentFile[] = [];
  for (const result of sorted)
    pictures.push({
      path: pictureOf(result),
      text: await renderSvg(chartForExport(chartOf(result), themeOf("light", "export"))),
    });
  return [{ path: "attacks.md", text: page(sorted) }, ...pictures];
}

const pictureOf = ({ entry, name }: ExperimentResult): string =>
  `images/attacks/${String(entry).padStart(2, "0")}-${name}.svg`;

/** The one picture that says most: several comparisons side by side, or the attack at several strengths. */
function chartOf(result: ExperimentResult): Chart {
  const byStrength = shownComparisons(result).length < 3 ? strengthCurve(result) : null;
  return byStrength ?? metricsByComparison(result, result.show.slice(0, 1));
}

function page(results: readonly ExperimentResult[]): string {
  const lines = results.flatMap(({ published }) => published);
  const agreed = lines.filter(({ verdict }) => verdict === "agrees").length;
  return `# Attacks: do they pay?

Made from the results in \`scenarios/attacks/results\` by \`node scripts/attacks.mjs\`; do not edit. Every attack is a paired experiment: the same network
with and without it, on the same random draws. Numbers are means over the seeds, with their 95% interval in brackets (Student's t); profit, cost
and damage are attack less control, at exit value (M28 and M66 of [metrics.md](metrics.md)). How an experiment is written, what is measured and how a
published statement is judged: [experiments.md](experiments.md). Evidence: P a public source states it, R re-derived from a public model, D follows
from the rules of the chain, 2 second-hand.

Of ${lines.length} statements, ${agreed} agree with what we find.

| | attack | profit of the first attack | seeds | statements that agree |
|---|---|---|---|---|
${results.map(indexRow).join("\n")}

${results.map(section).join("\n")}`;
}

function indexRow(result: ExperimentResult): string {
  const { entry, title, name, published, economics, unit, replicas } = result;
  const agreed = published.filter(({ verdict }) => verdict === "agrees").length;
  return `| ${entry} | [${cell(title)}](#${entry}-${name}) | ${formatEstimate(economics[0]!.profit)} ${unit} | ${replicas} | ${agreed} of ${published.length} |`;
}

function section(result: ExperimentResult): string {
  const { entry, name, title, question, finding, published } = result;
  const disagreements = published.filter(({ disagreement }) => disagreement !== null);
  return [
    `## ${entry} ${name}\n`,
    `**${title}.** ${question}\n`,
    `![${chartOf(result).title.replaceAll(/[[\]]/g, "")}](${pictureOf(result)})\n`,
    ...(finding === null ? [] : [`${paragraph(finding)}\n`]),
    economicsTable(result),
    numbersTable(result),
    ...extras(result),
    ...(published.length > 0 ? [publishedTable(published)] : []),
    ...disagreements.map(({ says, disagreement }) => `- _${paragraph(says)}_ ${paragraph(disagreement!)}`),
    `\n\`yumasim run attacks/${name}\`\n`,
  ].join("\n");
}

function economicsTable({ economics, unit, roles, replicas }: ExperimentResult): string {
  const head = [countOf(replicas, "seed"), ...economics.map(({ attack }) => attack)];
  const rows = [
    [`profit, ${unit}`, ...economics.map(({ profit }) => formatEstimate(profit))],
    [`cost, ${unit}`, ...economics.map(({ cost }) => formatEstimate(cost))],
    ["profit / cost", ...economics.map(({ roi }) => formatEstimate(roi))],
    [`capital peak, ${unit}`, ...economics.map(({ capital }) => formatEstimate(capital))],
    ...Object.keys(roles).map((role) => [
      `damage to ${metricTitle(role)}, ${unit}`,
      ...economics.map(({ damage }) => formatEstimate(damage[role]!)),
    ]),
    ["griefing factor", ...economics.map(({ griefing }) => formatEstimate(griefing))],
    ...(economics.some(({ recoveryDays }) => recoveryDays !== null)
      ? [
          [
            "recovery, days",
            ...economics.map(
              ({ recoveryDays, neverRecovered }) =>
                `${recoveryDays === null ? "–" : formatEstimate(recoveryDays)}${neverRecovered > 0 ? `; not before the end in ${countOf(neverRecovered, "seed")}` : ""}`,
            ),
          ],
        ]
      : []),
  ];
  // What is undefined everywhere says nothing.
  return table(
    head,
    rows.filter((row) => row.slice(1).some((text) => text !== "undefined")),
  );
}

function numbersTable(result: ExperimentResult): string {
  const { show } = result;
  const comparisons = shownComparisons(result);
  return table(
    ["metric", ...comparisons.map(({ name }) => name)],
    show.map((metric) => [
      metricTitle(metric),
      ...comparisons.map(({ metrics }) => formatEstimate(metrics[metric]!)),
    ]),
  );
}

function extras({ strength, breakEven, checks, unit }: ExperimentResult): string[] {
  const lines: string[] = [];
  if (strength) {
    const what = strength.metric === "profit" ? `profit, ${unit}` : metricTitle(strength.metric);
    lines.push(
      table(
        [strength.label, what],
        strength.values.map((value, at) => [value, formatEstimate(strength.estimates[at]!)]),
      ),
    );
    if (strength.because !== null) lines.push(`${paragraph(strength.because)}\n`);
  }
  if (breakEven) {
    const unitText = breakEven.unit === null ? "" : ` ${breakEven.unit}`;
    lines.push(
      breakEven.value === null
        ? `Break-even of the ${breakEven.label}: none between ${formatFigure(breakEven.from)} and ${formatFigure(breakEven.to)}${unitText}.\n`
        : `Break-even of the ${breakEven.label}: ${formatFigure(breakEven.value)}${unitText}, known to lie between ${formatFigure(breakEven.low)} and ${formatFigure(breakEven.high)}.\n`,
    );
  }
  const failed = checks.filter(({ passed }) => !passed);
  lines.push(
    `Checks: ${checks
      .filter(({ passed }) => passed)
      .map(({ name }) => name)
      .join(", ")}${failed.length > 0 ? `; failed: ${failed.map(({ name }) => name).join(", ")}` : ""}.\n`,
  );
  return lines;
}

function publishedTable(published: readonly PublishedResult[]): string {
  return table(
    ["published", "", "value", "ours", "agree?", "source"],
    published.map(({ says, evidence, operator, value, tolerance, unit, ours, verdict, source }) => [
      paragraph(says),
      evidence,
      `${operator === "==" ? "" : `${operator} `}${formatFigure(value)}${tolerance > 0 ? ` ± ${formatFigure(tolerance)}` : ""}${unit === null ? "" : ` ${unit}`}`,
      formatEstimate(ours),
      verdict === "agrees" ? "yes" : verdict === "unclear" ? "unclear" : "**no**",
      paragraph(source),
    ]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(" | ")} |`;
  return `${[line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n")}\n`;
}

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("<", "&lt;");

/** Text of the scenario in one line. */
const paragraph = (text: string): string => text.replaceAll(/\s+/g, " ").trim();
