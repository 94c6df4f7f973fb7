import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../errors.ts";
import { RUN_FILE, type RunManifest } from "../trace/index.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { JsonValue } from "../json.ts";

/** What decides every byte of a trace: two runs that agree in it have the same results. */
export type RunIdentity = Pick<
  RunManifest,
  "scenarioHash" | "seed" | "engineVersion" | "kernelSha256" | "inputs"
>;

/** What a run writes; nothing else in a directory is ever touched. */
function isRunFile(name: string): boolean {
  return /\.arrows?(\.tmp)?$/.test(name) || /^(run|environment)\.json$/.test(name) || name === "report.html";
}

/**
 * Makes the directory of a run ready to be written to: creates it, or empties it of an earlier run when that is asked
 * for (`force`) or loses nothing, since the earlier run would come out the same.
 * @throws InputError when it holds something else
 */
export async function prepareDirectory(
  directory: string,
  identity: RunIdentity,
  force: boolean,
): Promise<void> {
  const found = await stat(directory).catch(() => null);
  if (found && !found.isDirectory())
    throw new InputError(`${directory}: not a directory; choose another --out`);
  await mkdir(directory, { recursive: true });
  const names = await readdir(directory);
  if (names.length === 0) return;
  const runFiles = names.filter(isRunFile);
  if (!force && !(await holdsSameRun(directory, identity)))
    throw new InputError(
      runFiles.length > 0
        ? `${directory}: holds another run (or one that did not end); choose another --out, or replace it with --force`
        : `${directory}: is not empty and holds no run; choose another --out`,
    );
  if (runFiles.length === 0)
    throw new InputError(`${directory}: is not empty and holds no run; choose another --out`);
  for (const name of runFiles) await rm(join(directory, name));
}

async function holdsSameRun(directory: string, identity: RunIdentity): Promise<boolean> {
  let earlier: Partial<RunManifest>;
  try {
    earlier = JSON.parse(await readFile(join(directory, RUN_FILE), "utf8")) as Partial<RunManifest>;
  } catch {
    return false;
  }
  const members = Object.keys(identity) as (keyof RunIdentity)[];
  return members.every(
    (member) =>
      canonicalJson((earlier[member] ?? null) as JsonValue) === canonicalJson(identity[member] as JsonValue),
  );
}
