/** A pool of worker threads that shares batches of epochs; each thread has an exact kernel of its own. */
import { Piscina } from "piscina";
import type { SharedBatch } from "../../kernels/exact/shared.ts";
import type { EpochTask } from "./epoch-worker.ts";
import { endOf } from "./end-of-pool.ts";
import { EpochResults } from "./results.ts";
import { workerFile } from "./worker-file.ts";

export class EpochPool {
  readonly #pool: Piscina<EpochTask, void>;
  readonly #end: () => Promise<void>;
  readonly #workers: number;

  /** @param workers number of threads, at least 1 */
  constructor(workers: number) {
    this.#workers = workers;
    this.#pool = new Piscina({
      filename: workerFile("pool/epoch-worker"),
      minThreads: workers,
      maxThreads: workers,
    });
    this.#end = endOf(this.#pool);
  }

  /**
   * Computes a batch; the results are in the order of its inputs and do not depend on the number of threads. Every
   * thread gets one message: then it reads inputs and writes results where they lie, in shared memory, and takes the
   * next epochs off a counter that all threads share, so that none waits for another or for the caller's thread.
   * @param results where to write: fresh memory, or results that are no longer needed, of this batch or of one with the
   *   same neurons and as many weights and bonds. Memory that was written before is faster.
   * @throws {RangeError} if the results do not fit into that memory
   */
  async run(batch: SharedBatch, results = EpochResults.of(batch)): Promise<EpochResults> {
    const { length } = batch;
    if (results.length !== length)
      throw new RangeError(
        `the batch has ${length} epochs, the memory is for the results of ${results.length}`,
      );
    const counter = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    const task = { inputs: batch.memory, outputs: results.memory, length, counter };
    await Promise.all(Array.from({ length: this.#workers }, () => this.#pool.run(task)));
    return results;
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    await this.#end();
  }
}
