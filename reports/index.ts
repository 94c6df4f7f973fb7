import { mkdir, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import type { ReportTemplate } from "../sim/report-settings.ts";
import { InputError } from "../sim/errors.ts";
import { type CheckResult, type Comparison, openTrace } from "../sim/trace/index.ts";
import { exportStyle } from "./charts/small-plot.ts";
import { themeOf } from "./charts/theme.ts";
import type { CaseRun } from "./data/case-run.ts";
import type { GuaranteeMap } from "./data/guarantee-map.ts";
import { tableToCsv } from "./data/table.ts";
import { chartForExport } from "./render/compose.ts";
import { renderHtml } from "./render/html.ts";
import { withSafeIds } from "./render/ids.ts";
import { renderMarkdown } from "./render/markdown.ts";
import { renderPng } from "./render/png.ts";
import { renderSvg } from "./render/svg.ts";
import { guaranteesReport } from "./templates/guarantees.ts";
import { casesReport } from "./templates/cases.ts";
import { type CheckContext, checkReport, differenceReport } from "./templates/regression/regression.ts";
import { chartsOf, type ManifestEntry, type Report } from "./templates/report.ts";
import { withScenarioParts } from "./templates/scenario-parts.ts";
import type { MetricLevel } from "./templates/sweeps/levels.ts";
import { reportAboutSweep } from "./templates/sweeps/open.ts";
import type { RunSource } from "./templates/template.ts";
import { templateFor } from "./templates/templates.ts";
import type { ReportFormat } from "./formats.ts";
import { displayText } from "./text/labels.ts";

export { REPORT_FORMATS, type ReportFormat } from "./formats.ts";
export type { CheckContext } from "./templates/regression/regression.ts";
export type { Report } from "./templates/report.ts";
export type { MetricLevel } from "./templates/sweeps/levels.ts";

/** How a report is written. */
export interface ReportOptions {
  readonly formats: readonly ReportFormat[];
  /** Folder for `report.html`, `report.md` and the folder `charts`; made when it is not there. */
  readonly outDir: string;
}

/** What a report of runs shows. */
export interface RunReportOptions extends ReportOptions {
  /** Null = the one that the scenario names, or that fits. */
  readonly template?: ReportTemplate | null;
  /** Of a report about one subnet; null = the only one. */
  readonly netuid?: number | null;
  /** Of a report about a sweep: values that metrics are read against. */
  readonly levels?: readonly MetricLevel[];
}

/**
 * Writes a report about one or several runs, or about a sweep.
 *
 * @param runDirectories run directories, of which several are set side by side, or the directory of one sweep or search.
 * @returns the paths of the files, in the order in which they were written.
 * @throws InputError when a directory is no run, or the runs do not fit into one report.
 */
export async function renderReport(
  runDirectories: readonly string[],
  { template = null, netuid = null, levels = [], ...options }: RunReportOptions,
): Promise<string[]> {
  for (const directory of runDirectories) {
    const about = await reportAboutSweep(directory, levels);
    if (about === null) continue;
    if (runDirectories.length > 1)
      throw new InputError(`${directory}: holds a sweep; a report about a sweep is about one directory`);
    if (template !== null && template !== "sweep")
      throw new InputError(
        `${directory}: holds a sweep; the report ${template} is about runs: those in ${directory}/traces, where they are kept`,
      );
    if (netuid !== null)
      throw new InputError(`${directory}: holds a sweep; --subnet belongs to reports about runs`);
    return await writeReport(about, options);
  }
  if (levels.length > 0) throw new InputError("levels belong to the report of a sweep");
  const runs = await openRuns(runDirectories);
  const report = await templateFor(runs, template).build(runs, { netuid });
  return await writeReport(await withScenarioParts(report, runs), options);
}

/** Writes a report about the consensus guarantee map. @returns the paths, in the order in which they were written */
export async function renderGuarantees(map: GuaranteeMap, options: ReportOptions): Promise<string[]> {
  return await writeReport(guaranteesReport(map), options);
}

/** Writes a report about cases under formulas. @returns the paths, in the order in which they were written */
export async function renderCases(
  cases: readonly CaseRun[],
  manifest: readonly ManifestEntry[],
  options: ReportOptions,
): Promise<string[]> {
  return await writeReport(casesReport(cases, manifest), options);
}

/** Writes a report about scenarios that were compared with their baselines. @returns the paths, in the order in which they were written */
export async function renderChecks(
  results: readonly CheckResult[],
  context: CheckContext,
  options: ReportOptions,
): Promise<string[]> {
  return await writeReport(checkReport(results, context), options);
}

/**
 * Writes a report about where two runs part and how far that spreads.
 *
 * @param runDirectories of the two that were compared. @param comparison what `compareRuns` found.
 * @returns the paths, in the order in which they were written
 */
export async function renderDifference(
  runDirectories: readonly [string, string],
  comparison: Comparison,
  options: ReportOptions,
): Promise<string[]> {
  const [before, after] = runDirectories;
  const traces = [await openTrace(before), await openTrace(after)] as const;
  const names = [basename(resolve(before)), basename(resolve(after))] as const;
  return await writeReport(differenceReport({ names, traces, comparison }), options);
}

/** Writes a report that has been put together. */
export async function writeReport(content: Report, { formats, outDir }: ReportOptions): Promise<string[]> {
  const report = withSafeIds(content);
  const files: string[] = [];
  const write = async (path: string, content: string | Uint8Array): Promise<void> => {
    await writeFile(path, content);
    files.push(path);
  };
  await mkdir(outDir, { recursive: true });
  if (formats.includes("html")) await write(join(outDir, "report.html"), await renderHtml(report));
  if (formats.includes("markdown"))
    await write(
      join(outDir, "report.md"),
      renderMarkdown(report, (id) => `charts/${id}.svg`),
    );
  if (formats.every((format) => format === "html")) return files;
  const folder = join(outDir, "charts");
  await mkdir(folder, { recursive: true });
  for (const chart of chartsOf(report)) {
    const theme = themeOf("light", "export");
    const spec = chart.picture === undefined ? chartForExport(chart, theme) : null;
    const path = (extension: string): string => join(folder, `${chart.id}.${extension}`);
    const wantsSvg = formats.includes("svg") || formats.includes("markdown");
    const wantsPicture = wantsSvg || formats.includes("png");
    const picture = chart.picture?.(exportStyle(theme));
    const svg = wantsPicture ? (picture ?? (spec === null ? "" : await renderSvg(spec))) : "";
    if (wantsSvg) await write(path("svg"), svg);
    if (formats.includes("png")) await write(path("png"), await renderPng(svg));
    if (formats.includes("csv")) await write(path("csv"), tableToCsv(chart.table));
    if (formats.includes("json") && spec !== null)
      await write(path("vl.json"), `${JSON.stringify(spec, null, 2)}\n`);
  }
  if (formats.includes("csv")) {
    for (const table of report.tables) await write(join(folder, `${table.id}.csv`), tableToCsv(table.table));
  }
  return files;
}

async function openRuns(directories: readonly string[]): Promise<RunSource[]> {
  const runs: RunSource[] = [];
  for (const directory of directories) {
    const name = displayText(basename(resolve(directory)), 40);
    const label = runs.some((run) => run.label === name) ? `${name} (${runs.length + 1})` : name;
    runs.push({ trace: await openTrace(directory), label: directories.length > 1 ? label : null });
  }
  return runs;
}
