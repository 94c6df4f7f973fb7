/** How much two threads gain on a batch of epochs. */
import { createHash } from "node:crypto";
import type { EpochOutput } from "../kernels/epoch.ts";
import { EpochPool } from "../sim/pool/epoch-pool.ts";
import { epochCase } from "./epoch-cases.ts";
import { denseCase, outputHash } from "./epoch.ts";

export interface PoolTiming {
  readonly workers: number;
  readonly milliseconds: number;
  readonly hash: string;
}

function hashOf(outputs: readonly EpochOutput[]): string {
  const hash = createHash("sha256");
  for (const output of outputs) hash.update(outputHash(output));
  return hash.digest("hex").slice(0, 12);
}

/** Times a batch of replicas that differ in stakes, with their own rows each. */
export async function timePool(epochs: number, workerCounts: readonly number[]): Promise<PoolTiming[]> {
  const batch = Array.from({ length: epochs }, (_, k) =>
    epochCase({ ...denseCase(256, 64, "on"), seed: k + 1 }),
  );
  const timings: PoolTiming[] = [];
  for (const workers of workerCounts) {
    const pool = new EpochPool(workers);
    // Threads start and compile before the clock does.
    await pool.run(batch.slice(0, 8 * workers));
    let milliseconds = Number.POSITIVE_INFINITY;
    let outputs = await pool.run([]);
    for (let k = 0; k < 3; k++) {
      const start = performance.now();
      outputs = await pool.run(batch);
      milliseconds = Math.min(milliseconds, performance.now() - start);
    }
    await pool.close();
    timings.push({ workers, milliseconds, hash: hashOf(outputs) });
  }
  return timings;
}
