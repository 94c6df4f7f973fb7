/** What a thread of the pool of a sweep runs. */
import { threadId } from "node:worker_threads";
import { workerData } from "piscina";
import { identifyCell, runCell, type CellContext, type CellIdentity, type CellTask } from "./run-cell.ts";
import type { CellRecord } from "./record.ts";

export type WorkerTask =
  | { readonly kind: "identify"; readonly cells: readonly CellTask[] }
  | { readonly kind: "run"; readonly cell: CellTask; readonly id: string };

export interface WorkerData {
  readonly context: CellContext;
  /** Of the process; with the number of the thread no other writer has it. */
  readonly unique: string;
}

// The pool puts it there.
const { context, unique } = workerData as WorkerData;

export default async function work(
  task: WorkerTask,
): Promise<readonly CellIdentity[] | CellRecord["status"]> {
  if (task.kind === "identify") return task.cells.map((cell) => identifyCell(context, cell));
  return runCell(context, task.cell, task.id, `${unique}-${threadId}`);
}
