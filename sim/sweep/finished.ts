import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { type CellRecord, readRecord, sweepLayout } from "../trace/index.ts";

/** The record of a cell that need not run again: it is done, and what was asked of it is what is asked now. */
export function finishedRecord(directory: string, id: string, request: string): CellRecord | null {
  const record = readRecord(directory, id);
  if (record?.status !== "done" || record.request !== request) return null;
  if (record.tables && !existsSync(join(sweepLayout(directory).trace(id), "run.json"))) return null;
  return record;
}

/** Which of many cells need not run again. */
export async function finishedIds(
  directory: string,
  ids: readonly string[],
  request: string,
): Promise<ReadonlySet<string>> {
  const stored = new Set(await readdir(sweepLayout(directory).cells).catch(() => []));
  const finished = new Set<string>();
  for (const id of ids)
    if (stored.has(`${id}.json`) && finishedRecord(directory, id, request)) finished.add(id);
  return finished;
}
