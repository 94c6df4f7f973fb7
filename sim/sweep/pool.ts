import { Piscina } from "piscina";
import { endOf } from "../pool/end-of-pool.ts";
import { workerFile } from "../pool/worker-file.ts";
import type { WorkerAnswer, WorkerTask } from "./cell-worker.ts";
import type { CellOutcome } from "../trace/index.ts";
import type { CellIdentity, CellSettings, CellTask, NamedCell } from "./cell.ts";

/** Cells that are identified in one task: each takes a tenth of a millisecond, a new point one. */
const IDENTIFY_TOGETHER = 50;

/** The worker threads of a sweep. Their number decides nothing but how long it takes. */
export class CellPool {
  readonly workers: number;
  readonly #pool: Piscina<WorkerTask, WorkerAnswer>;
  readonly #end: () => Promise<void>;

  constructor(workers: number, settings: CellSettings) {
    this.workers = workers;
    this.#pool = new Piscina({
      filename: workerFile("sweep/cell-worker"),
      minThreads: workers,
      maxThreads: workers,
      workerData: settings,
    });
    this.#end = endOf(this.#pool);
  }

  /** The identities of cells, in their order. */
  async identify(cells: readonly CellTask[]): Promise<CellIdentity[]> {
    const tasks: Promise<readonly CellIdentity[]>[] = [];
    for (let start = 0; start < cells.length; start += IDENTIFY_TOGETHER)
      tasks.push(
        this.#pool.run({ kind: "identify", cells: cells.slice(start, start + IDENTIFY_TOGETHER) }) as Promise<
          readonly CellIdentity[]
        >,
      );
    return (await Promise.all(tasks)).flat();
  }

  /** Runs cells exactly and stores their records. @returns what became of each */
  async run(cells: readonly NamedCell[]): Promise<readonly CellOutcome[]> {
    return (await this.#pool.run({ kind: "run", cells })) as readonly CellOutcome[];
  }

  /** Ends the threads, and what they are at. */
  async close(): Promise<void> {
    await this.#end();
  }
}
