/** What a thread of the pool of a sweep runs. */
import { threadId } from "node:worker_threads";
import { workerData } from "piscina";
import { type EpochBackend, openEpochBackend } from "../run/index.ts";
import { folderOf } from "./directory.ts";
import {
  identifyCell,
  type CellContext,
  type CellIdentity,
  type CellTask,
  type NamedCell,
  runCells,
} from "./run-cell.ts";
import type { CellRecord } from "./record.ts";

export type WorkerTask =
  | { readonly kind: "identify"; readonly cells: readonly CellTask[] }
  | { readonly kind: "run"; readonly cells: readonly NamedCell[] };

export type WorkerAnswer = readonly CellIdentity[] | readonly CellRecord["status"][];

// The pool puts it there.
const context = workerData as CellContext;

let backend: Promise<EpochBackend> | undefined;

export default async function work(task: WorkerTask): Promise<WorkerAnswer> {
  if (task.kind === "identify") return task.cells.map((cell) => identifyCell(context, cell));
  backend ??= openEpochBackend("exact");
  return runCells(context, await backend, task.cells, folderOf(threadId));
}
