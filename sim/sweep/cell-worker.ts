/** What a thread of the pool of a sweep runs. */
import { threadId } from "node:worker_threads";
import { workerData } from "piscina";
import { type EpochBackend, openEpochBackend } from "../run/index.ts";
import { folderOf } from "./directory.ts";
import {
  identifyCell,
  type CellIdentity,
  type CellSettings,
  type CellTask,
  type NamedCell,
  openContext,
  runCells,
} from "./run-cell.ts";
import type { CellRecord } from "./record.ts";

export type WorkerTask =
  | { readonly kind: "identify"; readonly cells: readonly CellTask[] }
  | { readonly kind: "run"; readonly cells: readonly NamedCell[] };

export type WorkerAnswer = readonly CellIdentity[] | readonly CellRecord["status"][];

// The pool puts it there.
const settings = workerData as CellSettings;
const opened = openContext(settings);

let backend: Promise<EpochBackend> | undefined;

export default async function work(task: WorkerTask): Promise<WorkerAnswer> {
  const context = await opened;
  if (task.kind === "identify") return task.cells.map((cell) => identifyCell(context, cell));
  backend ??= openEpochBackend("exact");
  return runCells(context, await backend, task.cells, folderOf(threadId));
}
