/** How much two threads gain on a batch of epochs. */
import { createHash } from "node:crypto";
import type { EpochOutput } from "../kernels/epoch.ts";
import { SharedBatch } from "../kernels/exact/shared.ts";
import { EpochPool } from "../sim/pool/epoch-pool.ts";
import { epochCase } from "./epoch-cases.ts";
import { denseCase, outputHash } from "./epoch.ts";

export interface PoolTiming {
  readonly workers: number;
  readonly milliseconds: number;
  readonly hash: string;
}

function hashOf(outputs: Iterable<EpochOutput>): string {
  const hash = createHash("sha256");
  for (const output of outputs) hash.update(outputHash(output));
  return hash.digest("hex").slice(0, 12);
}

const ROUNDS = 12;

/** Times a batch of replicas that differ in stakes, with their own rows each. */
export async function timePool(epochs: number, workerCounts: readonly number[]): Promise<PoolTiming[]> {
  const inputs = Array.from({ length: epochs }, (_, k) =>
    epochCase({ ...denseCase(256, 64, "on"), seed: k + 1 }),
  );
  const batch = SharedBatch.of(inputs);
  const pools = workerCounts.map((workers) => new EpochPool(workers));
  const best = workerCounts.map(() => Number.POSITIVE_INFINITY);
  const hashes = workerCounts.map(() => "");
  // In turns, so that whatever else the machine does meets all alike; the first rounds start threads and compile.
  for (let round = 0; round < ROUNDS; round++)
    for (const [k, pool] of pools.entries()) {
      const start = performance.now();
      const results = await pool.run(batch);
      best[k] = Math.min(best[k] as number, performance.now() - start);
      if (round === 0) hashes[k] = hashOf(results);
    }
  for (const pool of pools) await pool.close();
  return workerCounts.map((workers, k) => ({
    workers,
    milliseconds: best[k] as number,
    hash: hashes[k] as string,
  }));
}
