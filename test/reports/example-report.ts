import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readReportRun } from "../../reports/data/from-trace.ts";
import { consensusReport } from "../../reports/templates/consensus.ts";
import type { Report } from "../../reports/templates/report.ts";
import { type ExampleRun, writeExampleRun } from "./example-run.ts";

/** Twelve validators, forty miners, both bond formulas. */
export const EXAMPLE: ExampleRun = {
  validators: 12,
  miners: 40,
  epochs: 30,
  comparisons: ["yuma3 off", "yuma3 on"],
};

/** Does something with a folder that is gone afterwards. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "yumasim-report-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The report of an example, through a real trace. */
export async function exampleReport(example: ExampleRun = EXAMPLE): Promise<Report> {
  return await withFolder(async (folder) => {
    const run = await readReportRun(await writeExampleRun(example, join(folder, "run")));
    // When and where it ran would differ between two tests.
    return consensusReport([{ ...run, environment: null }]);
  });
}
