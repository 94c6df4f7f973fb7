/** How much two threads gain on a batch of epochs. */
import { createHash } from "node:crypto";
import type { EpochOutput } from "../kernels/epoch.ts";
import { SharedBatch } from "../kernels/exact/shared.ts";
import { EpochPool } from "../sim/pool/epoch-pool.ts";
import { EpochResults } from "../sim/pool/results.ts";
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

/** The first rounds start threads, compile, and get memory that later ones find ready. */
const ROUNDS = 12;

/**
 * Times a batch of replicas that differ in stakes, with their own rows each; the best of some rounds, in which all pools
 * take turns.
 */
export async function timePool(epochs: number, workerCounts: readonly number[]): Promise<PoolTiming[]> {
  const batch = SharedBatch.of(
    Array.from({ length: epochs }, (_, k) => epochCase({ ...denseCase(256, 64, "on"), seed: k + 1 })),
  );
  const runs = workerCounts.map((workers) => ({
    workers,
    pool: new EpochPool(workers),
    results: EpochResults.of(batch),
    milliseconds: Number.POSITIVE_INFINITY,
  }));
  for (let round = 0; round < ROUNDS; round++)
    for (const run of runs) {
      const start = performance.now();
      await run.pool.run(batch, run.results);
      run.milliseconds = Math.min(run.milliseconds, performance.now() - start);
    }
  for (const { pool } of runs) await pool.close();
  return runs.map(({ workers, milliseconds, results }) => ({ workers, milliseconds, hash: hashOf(results) }));
}
