/** Writes the HTML report of a run in a process of its own and prints what it took, as one line of JSON. */
import { performance } from "node:perf_hooks";
import { statSync } from "node:fs";
import { renderReport } from "../reports/index.ts";

/** What a report took. */
export interface ReportTiming {
  readonly seconds: number;
  /** Largest resident size of the process, bytes. */
  readonly residentPeak: number;
  readonly htmlBytes: number;
}

const [directory, outDir] = process.argv.slice(2) as [string, string];
const begun = performance.now();
const [page] = await renderReport([directory], { formats: ["html"], outDir });
const timing: ReportTiming = {
  seconds: (performance.now() - begun) / 1000,
  residentPeak: process.resourceUsage().maxRSS * 1024,
  htmlBytes: statSync(page!).size,
};
process.stdout.write(`${JSON.stringify(timing)}\n`);
