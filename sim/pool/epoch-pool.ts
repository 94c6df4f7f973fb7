/** A pool of worker threads that shares batches of epochs; each thread has an exact kernel of its own. */
import { Piscina } from "piscina";
import type { SharedBatch } from "../../kernels/exact/shared.ts";
import type { EpochTask } from "./epoch-worker.ts";
import { EpochResults, type PackedResults } from "./results.ts";
import { workerFile } from "./worker-file.ts";

export class EpochPool {
  readonly #pool: Piscina<EpochTask, PackedResults[]>;
  readonly #workers: number;

  /** @param workers number of threads, at least 1 */
  constructor(workers: number) {
    this.#workers = workers;
    this.#pool = new Piscina({
      filename: workerFile(import.meta.url, "./epoch-worker.js"),
      minThreads: workers,
      maxThreads: workers,
    });
  }

  /**
   * Computes a batch; the results are in the order of its inputs and do not depend on the number of threads. Every
   * thread gets one message and sends one: in between it reads inputs where they lie, in shared memory, and takes the
   * next ones off a counter that all threads share, so that none waits for another or for the caller's thread.
   */
  async run(batch: SharedBatch): Promise<EpochResults> {
    const counter = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    const task = { memory: batch.memory, length: batch.length, counter };
    const parts = await Promise.all(Array.from({ length: this.#workers }, () => this.#pool.run(task)));
    return new EpochResults(parts.flat());
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}
