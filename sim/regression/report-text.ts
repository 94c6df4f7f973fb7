/** Differences for a person. */
import {
  type CheckResult,
  type ColumnSpread,
  type Comparison,
  type Difference,
  passed,
} from "../trace/index.ts";
import { valueText } from "./values.ts";

/** `neurons.consensus_raw of netuid 1, uid 3`, as far as it is known. */
export function placeText({ table, column, row, source }: Difference): string {
  const about = Object.entries(row ?? {}).map(([name, value]) => `${name} ${value}`);
  const definition = source === "" ? "" : ` (${source})`;
  return `${table}${column === null ? "" : `.${column}`}${definition}${about.length === 0 ? "" : `, ${about.join(", ")}`}`;
}

/** `block 360, epoch 0, comparison base`. */
export function momentText({ block, epoch, comparison }: Difference): string {
  return `block ${block}${epoch === null ? "" : `, epoch ${epoch}`}, comparison ${comparison}`;
}

/** The two values of a difference, a line each. */
export function valueLines(difference: Difference, before: string, after: string): string[] {
  if (difference.column !== null && difference.before === null && difference.after === null)
    return ["the baseline keeps no values of this column; compare two runs with `yumasim diff` to see them"];
  const width = Math.max(before.length, after.length);
  const missing = difference.column === null ? "no row" : "nothing";
  return [
    `${before.padEnd(width)}  ${difference.before ? valueText(difference.before) : missing}`,
    `${after.padEnd(width)}  ${difference.after ? valueText(difference.after) : missing}`,
  ];
}

function spreadLine({ table, column, rows, blocks, firstBlock, lastBlock, largest }: ColumnSpread): string {
  const name = column === null ? `${table}: rows that only one has` : `${table}.${column}`;
  const counted = rows === null ? "" : `${rows} ${rows === 1 ? "row" : "rows"} in `;
  const where = `${counted}${blocks} ${blocks === 1 ? "block" : "blocks"}`;
  const span = firstBlock === lastBlock ? `block ${firstBlock}` : `blocks ${firstBlock} to ${lastBlock}`;
  return `${name}: ${where}, ${span}${largest === null ? "" : `, by at most ${largest}`}`;
}

/** Everything that a comparison found, in lines. @param names what the two sides are called */
export function comparisonLines(comparison: Comparison, names: readonly [string, string]): string[] {
  const lines = comparison.notes.map((note) => `note: ${note}`);
  const { first, spread } = comparison;
  if (first)
    lines.push(
      `first difference: ${placeText(first)}`,
      `  at ${momentText(first)}`,
      ...valueLines(first, ...names).map((line) => `  ${line}`),
    );
  if (spread.length > 0) lines.push("spreads to:", ...spread.map((column) => `  ${spreadLine(column)}`));
  return lines;
}

/** The expectations that were missed. */
export function expectationLines({ expectations }: CheckResult): string[] {
  return expectations
    .filter(({ met }) => !met)
    .map(
      ({ comparison, metric, operator, value, found }) =>
        `expectation missed: ${metric} ${operator} ${value}, found ${found}, comparison ${comparison}`,
    );
}

/** What `yumasim check` prints. */
export function checkText(results: readonly CheckResult[]): string {
  const lines = results.flatMap((result) => {
    const { scenario, comparison, updated, baseline } = result;
    const missed = expectationLines(result).map((line) => `  ${line}`);
    if (!comparison) return [`${scenario}: wrote ${baseline}`, ...missed];
    const rows = comparison.tables.reduce((sum, table) => sum + table.rows, 0);
    if (comparison.same)
      return [
        `${scenario}: the same (${comparison.tables.length} tables, ${rows} rows)${updated ? `; wrote ${baseline} in its new form` : ""}`,
        ...missed,
      ];
    const details = comparisonLines(comparison, updated ? ["before", "now"] : ["baseline", "now"]);
    return [
      `${scenario}: ${updated ? `moved; wrote ${baseline}` : "DIFFERS"}`,
      ...details.map((line) => `  ${line}`),
      ...missed,
    ];
  });
  const failed = results.filter((result) => !passed(result)).length;
  // New baselines are no answer to a missed expectation.
  const differs = results.some(({ comparison, updated }) => comparison?.same === false && !updated);
  lines.push(
    failed === 0
      ? `${results.length} of ${results.length} as expected`
      : `${failed} of ${results.length} not as expected${differs ? "; if the differences are meant, run the same with --update" : ""}`,
  );
  return `${lines.join("\n")}\n`;
}

/** What `yumasim diff` prints. */
export function diffText(before: string, after: string, comparison: Comparison): string {
  const lines = comparisonLines(comparison, [before, after]);
  const rows = comparison.tables.reduce((sum, table) => sum + table.rows, 0);
  const verdict = comparison.same
    ? `the same (${comparison.tables.length} tables, ${rows} rows)`
    : "DIFFERENT";
  return `${[`${before} and ${after}: ${verdict}`, ...lines.map((line) => `  ${line}`)].join("\n")}\n`;
}
