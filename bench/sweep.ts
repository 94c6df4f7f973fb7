/** How much a second worker gains on a sweep: `node dist/bench/sweep.js [cells] [workers...] [--epochs N,M,...]`. */
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { runSweep } from "../sim/sweep/index.ts";

export interface SweepTiming {
  readonly workers: number;
  readonly seconds: number;
  /** Of both tables: that the number of workers decides nothing. */
  readonly hash: string;
}

/** A subnet of 256 neurons and 64 validators with liquid alpha, 20 values of kappa and as many seeds of each as it takes. */
const scenario = (cells: number, epochs: number): string => `title: A majority against a minority
protocol: subtensor-425
epochs: ${epochs}
subnets:
  - netuid: 1
    emission: 100 alpha
    hyperparameters: { yuma3: true, liquid_alpha: true }
    neurons:
      - name: honest
        count: 40
        alpha_stake: { distribution: pareto, min: 100 alpha, shape: 1.5 }
        weights: { good: 9, bad: 1 }
      - name: cabal
        count: 24
        alpha_stake: { distribution: pareto, min: 100 alpha, shape: 1.5 }
        weights: { good: 1, bad: 9 }
      - name: good
        count: 96
      - name: bad
        count: 96
metrics:
  cabal: { column: neurons.dividends_ratio, of: cabal }
sweep:
  keep: [cabal]
  grid:
    subnets[0].hyperparameters.kappa: { from: 0.3, to: 0.7, count: 20 }
  replicas: ${Math.ceil(cells / 20)}
`;

/** Runs the sweep once per number of workers, threads and their start included. */
export async function timeSweeps(
  cells: number,
  workerCounts: readonly number[],
  epochs = 20,
): Promise<SweepTiming[]> {
  const folder = mkdtempSync(join(tmpdir(), "yumasim-bench-"));
  try {
    const path = join(folder, "replicas.yaml");
    writeFileSync(path, scenario(cells, epochs));
    const timings: SweepTiming[] = [];
    for (const [run, workers] of workerCounts.entries()) {
      const start = performance.now();
      const { summary } = await runSweep(path, {
        directory: join(folder, String(run)),
        workers,
        shard: null,
      });
      const seconds = (performance.now() - start) / 1000;
      const hash = createHash("sha256");
      for (const table of summary) hash.update(readFileSync(table));
      timings.push({ workers, seconds, hash: hash.digest("hex").slice(0, 12) });
    }
    return timings;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { epochs: { type: "string", default: "20,50,100,200" } },
  });
  const [cells = 2000, ...workers] = positionals.map(Number);
  for (const epochs of values.epochs.split(",").map(Number)) {
    const timings = await timeSweeps(cells, workers.length === 0 ? [1, 2] : workers, epochs);
    for (const timing of timings)
      process.stdout.write(
        `${cells} cells of ${epochs} epochs, workers ${timing.workers}: ${timing.seconds.toFixed(2)} s, ` +
          `${((timings[0]?.seconds ?? 0) / timing.seconds).toFixed(2)} times the first, ${timing.hash}\n`,
      );
  }
}
