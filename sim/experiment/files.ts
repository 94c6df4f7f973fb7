import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { EXPERIMENT_FILE, EXPERIMENT_TABLES, type ExperimentResult, TraceWriter } from "../trace/index.ts";
import type { Experiment } from "./load.ts";
import type { ExperimentRun } from "./run.ts";

/** The text of experiment.json, a line per member: the same bytes on every machine. */
export function experimentJson(result: ExperimentResult): string {
  const lines = Object.entries(result).map(
    ([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`,
  );
  return `{\n${lines.join(",\n")}\n}\n`;
}

/** Puts the tables of an experiment and experiment.json into a run directory. */
export async function writeExperiment(
  directory: string,
  { seed, protocol }: Experiment,
  { result, replicas }: ExperimentRun,
): Promise<void> {
  const metrics = Object.keys([...replicas.values()][0]?.[0]?.values ?? {});
  const trace = await TraceWriter.create(directory, {
    tables: EXPERIMENT_TABLES,
    metadata: new Map([
      ["seed", seed],
      ["engine_version", result.engineVersion],
      ["protocol", protocol],
    ]),
    labels: { comparison: [...replicas.keys()], metric: metrics },
  });
  for (const [comparison, runs] of [...replicas.values()].entries())
    for (const [replica, { values, times, series }] of runs.entries()) {
      metrics.forEach((metric, position) => {
        trace.append("experiment", 1, {
          comparison,
          replica,
          metric: position,
          value: values[metric] ?? NaN,
        });
        const path = series[metric];
        if (path === undefined) return;
        trace.append("paths", path.length, {
          comparison,
          replica,
          block: BigUint64Array.from(times, BigInt),
          metric: position,
          value: Float64Array.from(path),
        });
      });
      await trace.endEpoch();
    }
  await trace.finish();
  await writeFile(join(directory, EXPERIMENT_FILE), experimentJson(result));
}
