import { mkdir, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { InputError } from "../sim/errors.ts";
import { themeOf } from "./charts/theme.ts";
import { readReportRun, type ReportRun } from "./data/from-trace.ts";
import type { GuaranteeMap } from "./data/guarantee-map.ts";
import { tableToCsv } from "./data/table.ts";
import { chartForExport } from "./render/compose.ts";
import { renderHtml } from "./render/html.ts";
import { renderPng } from "./render/png.ts";
import { renderSvg } from "./render/svg.ts";
import { consensusReport } from "./templates/consensus.ts";
import { guaranteesReport } from "./templates/guarantees.ts";
import { chartsOf, type Report } from "./templates/report.ts";
import { REPORT_FORMATS, type ReportFormat } from "./formats.ts";
import { displayText } from "./text/labels.ts";

export { REPORT_FORMATS, type ReportFormat } from "./formats.ts";
export type { Report } from "./templates/report.ts";

/** How a report is written. */
export interface ReportOptions {
  readonly formats: readonly ReportFormat[];
  /** Folder for `report.html` and the folder `charts`; made when it is not there. */
  readonly outDir: string;
}

/**
 * Writes a report about one or several runs of the same subnet.
 *
 * @param runDirectories run directories; several are set side by side.
 * @returns the paths of the files, in the order in which they were written.
 * @throws InputError when a directory is no run, or the runs are of different subnets.
 */
export async function renderReport(
  runDirectories: readonly string[],
  options: ReportOptions,
): Promise<string[]> {
  return await writeReport(consensusReport(await readRuns(runDirectories)), options);
}

/** Writes a report about the consensus guarantee map. @returns the paths, in the order in which they were written */
export async function renderGuarantees(map: GuaranteeMap, options: ReportOptions): Promise<string[]> {
  return await writeReport(guaranteesReport(map), options);
}

/** Writes a report that has been put together. */
export async function writeReport(report: Report, { formats, outDir }: ReportOptions): Promise<string[]> {
  const files: string[] = [];
  const write = async (path: string, content: string | Uint8Array): Promise<void> => {
    await writeFile(path, content);
    files.push(path);
  };
  await mkdir(outDir, { recursive: true });
  if (formats.includes("html")) await write(join(outDir, "report.html"), await renderHtml(report));
  const perChart = REPORT_FORMATS.filter((format) => format !== "html" && formats.includes(format));
  if (perChart.length === 0) return files;
  const folder = join(outDir, "charts");
  await mkdir(folder, { recursive: true });
  for (const chart of chartsOf(report)) {
    const spec = chartForExport(chart, themeOf("light", "export"));
    const path = (extension: string): string => join(folder, `${chart.id}.${extension}`);
    const svg = formats.includes("svg") || formats.includes("png") ? await renderSvg(spec) : "";
    if (formats.includes("svg")) await write(path("svg"), svg);
    if (formats.includes("png")) await write(path("png"), await renderPng(svg));
    if (formats.includes("csv")) await write(path("csv"), tableToCsv(chart.table));
    if (formats.includes("json")) await write(path("vl.json"), `${JSON.stringify(spec, null, 2)}\n`);
  }
  if (formats.includes("csv")) {
    for (const table of report.tables) await write(join(folder, `${table.id}.csv`), tableToCsv(table.table));
  }
  return files;
}

async function readRuns(directories: readonly string[]): Promise<ReportRun[]> {
  const runs: ReportRun[] = [];
  for (const directory of directories) {
    const label = directories.length > 1 ? displayText(basename(resolve(directory)), 40) : null;
    runs.push(await readReportRun(directory, label));
  }
  const netuids = [...new Set(runs.flatMap((run) => run.subnets.map((subnet) => subnet.netuid)))];
  if (netuids.length > 1) {
    throw new InputError(
      `a report is about one subnet; these runs have subnets ${netuids.join(", ")}: give runs of the same one`,
    );
  }
  return runs;
}
