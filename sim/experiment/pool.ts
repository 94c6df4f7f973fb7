import { Piscina } from "piscina";
import { endOf } from "../pool/end-of-pool.ts";
import { workerFile } from "../pool/worker-file.ts";
import type { MeasureContext, Measured, MeasureTask } from "./measure.ts";

/** The worker threads of an experiment. Their number decides nothing but how long it takes. */
export class MeasurePool {
  readonly #pool: Piscina<MeasureTask, Measured>;
  readonly #end: () => Promise<void>;
  readonly #onDone: () => void;

  /**
   * @param onDone called whenever a run has ended
   * @param signal ends the threads, and with them every `run` that is under way, as an error
   */
  constructor(workers: number, context: MeasureContext, onDone: () => void, signal: AbortSignal | undefined) {
    this.#pool = new Piscina({
      filename: workerFile("experiment/worker"),
      minThreads: workers,
      maxThreads: workers,
      workerData: context,
    });
    this.#end = endOf(this.#pool);
    this.#onDone = onDone;
    signal?.addEventListener("abort", () => void this.close(), { once: true });
  }

  /** The results are in the order of the tasks. */
  async run(tasks: readonly MeasureTask[]): Promise<Measured[]> {
    return Promise.all(
      tasks.map(async (task) => {
        const measured = await this.#pool.run(task);
        this.#onDone();
        return measured;
      }),
    );
  }

  /** Ends the threads, and what they are at. */
  async close(): Promise<void> {
    await this.#end();
  }
}
