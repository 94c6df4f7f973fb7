/** Computes the consensus guarantee map on a pool of threads. */
import { Piscina } from "piscina";
import { endOf } from "../pool/end-of-pool.ts";
import { workerFile } from "../pool/worker-file.ts";
import type { MapOptions, RetentionMap } from "./grid.ts";
import type { LinesResult, LinesTask } from "./lines.ts";

/** Lines of a task: few enough to share the work evenly, enough that drawing the samples is not the work. */
const LINES_PER_TASK = 13;

export interface MapRun {
  /** Threads, at least 1. */
  readonly workers: number;
  readonly onProgress?: (networks: number, all: number) => void;
}

/** One epoch per point of the grid. The result depends on the options alone, not on the number of threads. */
export async function computeMap(
  options: MapOptions,
  { workers, onProgress }: MapRun,
): Promise<RetentionMap> {
  const pool = new Piscina<LinesTask, LinesResult>({
    filename: workerFile("map/lines"),
    minThreads: workers,
    maxThreads: workers,
  });
  const end = endOf(pool);
  const size = options.weights.length;
  const all = options.majorStakes.length * size * size;
  let done = 0;
  const runLines = async (task: LinesTask): Promise<LinesResult> => {
    const result = await pool.run(task);
    done += result.retained.length;
    onProgress?.(done, all);
    return result;
  };
  try {
    const stakes = await Promise.all(
      options.majorStakes.map(async (majorStakePercent) => {
        const tasks: Promise<LinesResult>[] = [];
        for (let start = 0; start < size; start += LINES_PER_TASK) {
          const end = Math.min(size, start + LINES_PER_TASK);
          tasks.push(runLines({ options, majorStakePercent, start, end }));
        }
        const results = await Promise.all(tasks);
        const retained = new Float64Array(size * size);
        let at = 0;
        for (const lines of results) {
          retained.set(lines.retained, at);
          at += lines.retained.length;
        }
        return {
          majorStakePercent,
          averageWeightDeviation: results[0]?.averageWeightDeviation ?? Number.NaN,
          retained,
        };
      }),
    );
    return { options, stakes };
  } finally {
    await end();
  }
}
