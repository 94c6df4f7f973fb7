/** How long the report of a long run takes, and how large it gets. `node dist/bench/report-size.js [rows]` */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runScenario } from "../sim/run/index.ts";
import { loadScenario } from "../sim/scenario/index.ts";
import { print } from "./print.ts";
import type { ReportTiming } from "./report-run.ts";

/** What the report of a run of so many rows may take at most. */
const LIMITS = { rows: 10_000_000, seconds: 30, residentPeak: 1e9, htmlBytes: 8e6 };

const SCENARIO = fileURLToPath(new URL("../../scenarios/economy/subnet-15.yaml", import.meta.url));

/** Neurons of the scenario, in each of its two comparisons. */
const ROWS_PER_EPOCH = 2 * 256;

/** A report and the run that it was made of. */
export interface ReportOfRun extends ReportTiming {
  /** Rows of the table `neurons`. */
  readonly neurons: number;
  /** Rows of the table `bonds`. */
  readonly bonds: number;
}

/** Runs the main scenario for as many epochs as give `rows` rows of neurons, and reports it in a process of its own. */
export async function benchReport(rows: number): Promise<ReportOfRun> {
  const directory = mkdtempSync(join(tmpdir(), "yumasim-report-"));
  try {
    const scenario = loadScenario(SCENARIO, { set: [`epochs=${Math.ceil(rows / ROWS_PER_EPOCH)}`] });
    const { manifest } = await runScenario(scenario, { outDir: join(directory, "run") });
    const program = fileURLToPath(new URL("./report-run.js", import.meta.url));
    const folders = [join(directory, "run"), join(directory, "report")];
    const answer = execFileSync(process.execPath, [program, ...folders], { encoding: "utf8" });
    return {
      ...(JSON.parse(answer) as ReportTiming),
      neurons: manifest.tables["neurons"]!.rows,
      bonds: manifest.tables["bonds"]!.rows,
    };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Prints it. @returns whether it is within the limits */
export function printReport({ neurons, bonds, seconds, residentPeak, htmlBytes }: ReportOfRun): boolean {
  print(["neurons", "bonds", "s", "MB, peak", "MB, HTML"]);
  print([neurons, bonds, seconds.toFixed(1), (residentPeak / 1e6).toFixed(0), (htmlBytes / 1e6).toFixed(1)]);
  const isWithin =
    seconds <= LIMITS.seconds && residentPeak <= LIMITS.residentPeak && htmlBytes <= LIMITS.htmlBytes;
  const limits = `${LIMITS.seconds} s, ${LIMITS.residentPeak / 1e6} MB, ${LIMITS.htmlBytes / 1e6} MB`;
  process.stdout.write(`${isWithin ? "within" : "NOT within"} ${limits}\n`);
  return isWithin;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.exitCode = printReport(await benchReport(Number(process.argv[2] ?? LIMITS.rows))) ? 0 : 1;
