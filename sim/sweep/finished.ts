import { existsSync } from "node:fs";
import { join } from "node:path";
import { type CellRecord, layout, readRecord } from "./record.ts";

/** The record of a cell that need not run again: it is done, and what was asked of it is what is asked now. */
export async function finishedRecord(
  directory: string,
  id: string,
  request: string,
): Promise<CellRecord | null> {
  const record = await readRecord(directory, id);
  if (record?.status !== "done" || record.request !== request) return null;
  if (record.tables && !existsSync(join(layout(directory).trace(id), "run.json"))) return null;
  return record;
}
