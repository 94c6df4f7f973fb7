import { Piscina } from "piscina";
import { workerFile } from "../pool/worker-file.ts";
import type { WorkerData, WorkerTask } from "./cell-worker.ts";
import type { CellRecord } from "./record.ts";
import type { CellContext, CellIdentity, CellTask } from "./run-cell.ts";

/** Cells that are identified in one task: each takes about a millisecond. */
const IDENTIFY_TOGETHER = 50;

/** The worker threads of a sweep. Their number decides nothing but how long it takes. */
export class CellPool {
  readonly #pool: Piscina<WorkerTask, readonly CellIdentity[] | CellRecord["status"]>;

  constructor(workers: number, context: CellContext, unique: string) {
    const data: WorkerData = { context, unique };
    this.#pool = new Piscina({
      filename: workerFile(import.meta.url, "./cell-worker.js"),
      minThreads: workers,
      maxThreads: workers,
      workerData: data,
    });
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

  /** Runs a cell and stores it. @returns whether it was done or failed */
  async run(cell: CellTask, id: string): Promise<CellRecord["status"]> {
    return (await this.#pool.run({ kind: "run", cell, id })) as CellRecord["status"];
  }

  /** Ends the threads, and what they are at. */
  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}
