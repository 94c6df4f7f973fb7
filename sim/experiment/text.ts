/** The result of an experiment as text for a terminal. */
import type { Estimate, ExperimentResult, PublishedResult } from "../trace/index.ts";
import { asExpected } from "./published.ts";

/** Four significant digits, without an exponent for ordinary sizes. */
export function numberText(value: number | null): string {
  if (value === null) return "undefined";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e7 || size < 1e-4) return value.toExponential(2);
  if (size >= 1000) return String(Math.round(value));
  return String(Number(value.toPrecision(4)));
}

export function estimateText({ mean, low, high }: Estimate): string {
  const known = numberText(mean);
  return low === null || high === null || low === high
    ? known
    : `${known} [${numberText(low)}, ${numberText(high)}]`;
}

/** Columns as wide as their widest cell. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd(),
  );
}

function publishedLines(line: PublishedResult): string[] {
  const { says, operator, value, tolerance, unit, evidence, ours, verdict, disagreement } = line;
  const mark = asExpected(line) ? (verdict === "agrees" ? "agrees   " : "differs  ") : "UNEXPECTED";
  const allowed = tolerance > 0 ? ` (within ${numberText(tolerance)})` : "";
  return [
    `  ${mark} [${evidence}] ${says}`,
    `            published ${operator} ${numberText(value)}${allowed}${unit === null ? "" : ` ${unit}`}, ours ${estimateText(ours)}: ${verdict}`,
    ...(disagreement === null ? [] : [`            ${disagreement.replaceAll(/\s+/g, " ")}`]),
  ];
}

/** What `yumasim run` prints of an experiment. */
export function experimentText(result: ExperimentResult): string {
  const { entry, title, question, replicas, unit, attacks, economics, roles, strength, breakEven } = result;
  const rows: [string, (at: number) => Estimate | null][] = [
    [`profit, ${unit}`, (at) => economics[at]!.profit],
    [`cost, ${unit}`, (at) => economics[at]!.cost],
    ["profit / cost", (at) => economics[at]!.roi],
    [`capital peak, ${unit}`, (at) => economics[at]!.capital],
    ...Object.keys(roles).map((role): [string, (at: number) => Estimate | null] => [
      `damage to ${role}, ${unit}`,
      (at) => economics[at]!.damage[role] ?? null,
    ]),
    ["griefing factor", (at) => economics[at]!.griefing],
    ["recovery, days", (at) => economics[at]!.recoveryDays],
  ];
  const shown = rows.filter(([, of]) => attacks.some((_, at) => of(at) !== null));
  const lines = [
    `${entry}. ${title}`,
    question,
    "",
    `${replicas} ${replicas === 1 ? "replica" : "replicas"}; mean [95 % interval] of attack less control, replica by replica`,
    ...table([
      ["", ...attacks],
      ...shown.map(([name, of]) => [name, ...attacks.map((_, at) => textOf(of(at)))]),
    ]),
    "",
    ...table([
      ["metric", ...result.comparisons.map(({ name }) => name)],
      ...result.show.map((metric) => [
        metric,
        ...result.comparisons.map(({ metrics }) => textOf(metrics[metric] ?? null)),
      ]),
    ]),
  ];
  if (strength)
    lines.push(
      "",
      `${strength.metric} by ${strength.label} (${strength.attack})`,
      ...table(strength.values.map((value, at) => [value, textOf(strength.estimates[at] ?? null)])),
    );
  if (breakEven) {
    const unitText = breakEven.unit === null ? "" : ` ${breakEven.unit}`;
    lines.push(
      "",
      breakEven.value === null
        ? `break-even of ${breakEven.label}: none between ${numberText(breakEven.from)} and ${numberText(breakEven.to)}${unitText}`
        : `break-even of ${breakEven.label}: ${numberText(breakEven.value)}${unitText}, between ${numberText(breakEven.low)} and ${numberText(breakEven.high)}`,
    );
  }
  if (result.published.length > 0) lines.push("", "published", ...result.published.flatMap(publishedLines));
  lines.push(
    "",
    ...result.checks.map(({ name, passed, detail }) => `${passed ? "holds " : "FAILS "}  ${name}: ${detail}`),
  );
  return `${lines.join("\n")}\n`;
}

const textOf = (estimate: Estimate | null): string => (estimate === null ? "" : estimateText(estimate));
