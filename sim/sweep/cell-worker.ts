/** What a thread of the pool of a sweep runs. */
import { threadId, workerData } from "node:worker_threads";
import { type EpochBackend, openEpochBackend } from "../run/backends.ts";
import type { CellIdentity, CellSettings, CellTask, NamedCell } from "./cell.ts";
import { folderOf } from "./directory.ts";
import type { CellOutcome } from "../trace/sweep.ts";
import { identifyCell, openContext, runCells } from "./run-cell.ts";

export type WorkerTask =
  | { readonly kind: "identify"; readonly cells: readonly CellTask[] }
  | { readonly kind: "run"; readonly cells: readonly NamedCell[] };

export type WorkerAnswer = readonly CellIdentity[] | readonly CellOutcome[];

// The pool puts it there.
const settings = workerData as CellSettings;
const opened = openContext(settings);

let backend: Promise<EpochBackend> | undefined;

export default async function work(task: WorkerTask): Promise<WorkerAnswer> {
  const context = await opened;
  if (task.kind === "identify") {
    const identities: CellIdentity[] = [];
    for (const cell of task.cells) identities.push(await identifyCell(context, cell));
    return identities;
  }
  backend ??= openEpochBackend("exact");
  return runCells(context, await backend, task.cells, folderOf(threadId));
}
