import { readCellResults, readSearchFile, readSweepFile } from "../../../sim/trace/index.ts";
import { searchStudy } from "../../data/sweeps/search.ts";
import { sweepStudy } from "../../data/sweeps/study.ts";
import type { Report } from "../report.ts";
import type { MetricLevel } from "./levels.ts";
import { searchReport } from "./search.ts";
import { sweepReport } from "./sweep.ts";

/**
 * The report about the sweep in a directory, finished or not, or about the search in it; null where there is neither.
 * @throws InputError when its files are of another kind, or a level names a metric that the sweep does not have
 */
export async function reportAboutSweep(
  directory: string,
  levels: readonly MetricLevel[],
): Promise<Report | null> {
  const file = await readSweepFile(directory);
  if (file !== null) return sweepReport(sweepStudy(file, readCellResults(directory, file)), levels);
  const search = await readSearchFile(directory);
  return search === null ? null : searchReport(searchStudy(search));
}
