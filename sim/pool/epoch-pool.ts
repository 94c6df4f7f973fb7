/** A pool of worker threads that shares batches of epochs; each thread has an exact kernel of its own. */
import { Piscina } from "piscina";
import type { EpochInput, EpochOutput } from "../../kernels/epoch.ts";
import { shareInputs } from "../../kernels/exact/shared.ts";
import { workerFile } from "./worker-file.ts";

/** Tasks per thread: enough that one slow task does not keep the others waiting. */
const TASKS_PER_WORKER = 8;

export class EpochPool {
  readonly #pool: Piscina<readonly EpochInput[], EpochOutput[]>;
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
   * Computes a batch; the results are in the order of the inputs and do not depend on the number of threads. The
   * arrays of the inputs are put into shared memory once; threads read them there.
   */
  async run(inputs: readonly EpochInput[]): Promise<EpochOutput[]> {
    const shared = shareInputs(inputs);
    const size = Math.max(1, Math.ceil(shared.length / (this.#workers * TASKS_PER_WORKER)));
    const tasks: Promise<EpochOutput[]>[] = [];
    for (let start = 0; start < shared.length; start += size)
      tasks.push(this.#pool.run(shared.slice(start, start + size)));
    return (await Promise.all(tasks)).flat();
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}
