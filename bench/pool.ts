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

/** The first rounds start threads, compile, and get memory that later ones find ready. */
const ROUNDS = 12;

/** Times a batch of replicas that differ in stakes, with their own rows each; the best of some rounds. */
export async function timePool(epochs: number, workerCounts: readonly number[]): Promise<PoolTiming[]> {
  const inputs = Array.from({ length: epochs }, (_, k) =>
    epochCase({ ...denseCase(256, 64, "on"), seed: k + 1 }),
  );
  const batch = SharedBatch.of(inputs);
  const timings: PoolTiming[] = [];
  for (const workers of workerCounts) {
    const pool = new EpochPool(workers);
    const hash = hashOf(await pool.run(batch));
    let milliseconds = Number.POSITIVE_INFINITY;
    for (let round = 0; round < ROUNDS; round++) {
      const start = performance.now();
      await pool.run(batch);
      milliseconds = Math.min(milliseconds, performance.now() - start);
    }
    await pool.close();
    timings.push({ workers, milliseconds, hash });
  }
  return timings;
}
