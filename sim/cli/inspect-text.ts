import type { JsonObject, JsonValue } from "../json.ts";
import type { CellValue, ColumnStatistics, RunManifest, SweepSummary, TableSummary } from "../trace/index.ts";

/** Longer texts of cells are cut. */
const WIDEST_CELL = 24;

/** Longer messages are cut. */
const WIDEST_LINE = 160;

/** The run in a few lines; what can be said without `run.json` where there is none. */
export function describeRun(directory: string, manifest: RunManifest | null, isUnderWay: boolean): string {
  if (manifest === null)
    return isUnderWay
      ? `${directory}: no run.json: the run is under way or was cut off; the tables hold what was written so far\n`
      : `${directory}: tables without a run.json\n`;
  const { name, title, scenarioHash, seed, protocol, arithmetic, engineVersion } = manifest;
  const { comparisons, epochs, completedEpochs, economy } = manifest;
  const lines = [
    `${directory}: ${oneLine(title || name)}`,
    `  scenario    ${oneLine(name)}, hash ${scenarioHash.slice(0, 16)}, seed ${seed}`,
    `  rules       ${protocol}, ${arithmetic}; yumasim ${engineVersion}`,
  ];
  if (economy === undefined)
    lines.push(
      `  epochs      ${completedEpochs}${completedEpochs < epochs ? ` of ${epochs}: it was stopped` : ""}`,
    );
  else
    for (const { comparison, startBlock, blocks, subnets, agents } of economy.plans)
      lines.push(
        `  economy     ${oneLine(comparison)}: ${blocks} blocks from ${startBlock} on, ${subnets} subnets, ${agents} agents`,
      );
  if (comparisons.length > 1) lines.push(`  compared    ${comparisons.map(oneLine).join(", ")}`);
  return `${lines.join("\n")}\n`;
}

/** A sweep or a search in a few lines: what it varies, how far it is, what it found. */
export function describeSweepDirectory(directory: string, sweep: SweepSummary): string {
  const { title, name, engineVersion, counts, points, varied, metrics, failure, search } = sweep;
  const lines = [`${directory}: ${oneLine(title || name)}`];
  if (counts !== null) {
    const { done, failed, missing } = counts;
    lines.push(
      `  sweep       ${oneLine(name)}: ${done + failed + missing} cells at ${points} points; yumasim ${engineVersion}`,
      `  finished    ${done}${failed > 0 ? `, ${failed} FAILED` : ""}${missing > 0 ? `, ${missing} not run yet: the same \`yumasim sweep\` goes on` : ""}`,
    );
    if (failure !== null) lines.push(`  why failed  ${cut(oneLine(failure), WIDEST_LINE)}`);
    for (const { path, part, values, first, last } of varied)
      lines.push(
        `  ${part.padEnd(10)}  ${oneLine(path)}: ${values} values, ${cut(oneLine(first))} to ${cut(oneLine(last))}`,
      );
    for (const { name: metric, comparison, unit, least, greatest } of metrics)
      lines.push(
        `  metric      ${oneLine(metric)}${comparison === null ? "" : ` (${oneLine(comparison)})`}: ${short(least)} to ${short(greatest)}${unit === null ? "" : ` ${oneLine(unit)}`}`,
      );
  }
  if (search !== null) {
    const { find, metric, answer, settled, path, value } = search;
    const what = `${find} of ${oneLine(metric)}${value === null ? "" : ` with ${value}`}`;
    const place = Object.entries(answer?.values ?? {}).map(
      ([at, text]) => `${oneLine(at)} = ${oneLine(text)}`,
    );
    lines.push(
      `  search      ${what}, ${path.length} points`,
      `  answer      ${answer === null ? "none" : `${place.join(", ")}, where it is ${answer.metric}${settled ? "" : "; NOT SETTLED"}`}`,
    );
  }
  lines.push(`  report      yumasim report ${directory} --open`);
  return `${lines.join("\n")}\n`;
}

/** A table: a line about it, and a line per column with type, unit, statistics and the first rows. */
export function describeTable(table: TableSummary, withDescriptions: boolean): string {
  const { name, rows, bytes, columns, head, description, isStream } = table;
  const title = `${name}: ${rows} rows, ${columns.length} columns, ${size(bytes)}${isStream ? ", unfinished" : ""}`;
  const about = description === "" ? [] : [`  ${oneLine(description)}`];
  const titles = [
    "column",
    "type",
    "unit",
    "least",
    "mean",
    "greatest",
    ...head.map((_, row) => `row ${row}`),
  ];
  const cells = columns.map((column, position) => [
    oneLine(column.name),
    column.type,
    oneLine(column.unit),
    ...statisticCells(column.statistics, rows),
    ...head.map((row) => cut(cellText(row[position] ?? null))),
    ...(withDescriptions ? [oneLine(column.description)] : []),
  ]);
  if (withDescriptions) titles.push("meaning");
  return [title, ...about, ...aligned([titles, ...cells]).map((line) => `  ${line}`), ""].join("\n");
}

/** The three cells of statistics. */
function statisticCells(statistics: ColumnStatistics, rows: number): [string, string, string] {
  switch (statistics.kind) {
    case "numbers": {
      const { least, mean, greatest } = statistics;
      return [cellText(least), mean === null ? "" : short(mean), cellText(greatest)];
    }
    case "flags":
      return ["", rows === 0 ? "" : `${short((100 * statistics.set) / rows)}% true`, ""];
    case "texts":
      return ["", `${statistics.distinct} different`, ""];
    case "none":
      return ["", "", ""];
  }
  return statistics satisfies never;
}

/** The same for programs. 64-bit integers are decimal texts, so that no digit is lost. */
export function inspectionJson(
  directory: string,
  manifest: RunManifest | null,
  sweep: SweepSummary | null,
  tables: readonly TableSummary[],
): JsonObject {
  return {
    directory,
    manifest: manifest as unknown as JsonValue,
    ...(sweep !== null && { sweep: sweep as unknown as JsonValue }),
    tables: tables.map(({ columns, head, ...table }) => ({
      ...table,
      columns: columns.map(({ statistics, ...column }) => ({ ...column, statistics: jsonOf(statistics) })),
      head: head.map((row) => row.map(jsonValue)),
    })),
  };
}

function jsonOf(statistics: ColumnStatistics): JsonObject {
  return Object.fromEntries(
    Object.entries(statistics).map(([key, value]) => [key, jsonValue(value as CellValue)]),
  );
}

const jsonValue = (value: CellValue): JsonValue => (typeof value === "bigint" ? value.toString() : value);

function cellText(value: CellValue): string {
  if (value === null) return "";
  if (typeof value === "number") return short(value);
  return typeof value === "string" ? oneLine(value) : String(value);
}

/** Six digits, or all of those before the point: enough to see what a column holds, and a mean is never above the greatest. */
function short(value: number): string {
  if (Math.abs(value) >= 1e6) return String(Math.round(value));
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
}

/** Names are whatever a scenario says: nothing in them moves the cursor, ends the line or turns the text around. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ");
}

const cut = (text: string, widest = WIDEST_CELL): string =>
  text.length > widest ? `${text.slice(0, widest - 3)}...` : text;

function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Lines of cells, padded to the width of their column; numbers to the right. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column >= 3 && /^[-\d.e+% a-z]*$/.test(cell) && /^-?\d/.test(cell)
          ? cell.padStart(widths[column]!)
          : cell.padEnd(widths[column]!),
      )
      .join("  ")
      .trimEnd(),
  );
}
