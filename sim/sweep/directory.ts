/** The directory of a sweep; several processes, also of other machines, may share it. */
import { readdir, rm, rmdir, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { InputError } from "../errors.ts";
import { readSweepFile, sweepLayout } from "../trace/sweep.ts";
import type { CellContext } from "./cell.ts";

/** @throws InputError when results that cannot be gone on with would be lost */
export async function checkDirectory(directory: string, context: CellContext, force: boolean): Promise<void> {
  const found = await stat(directory).catch(() => null);
  if (!found) return;
  if (!found.isDirectory()) throw new InputError(`${directory}: not a directory; choose another --out`);
  const earlier = await readSweepFile(directory);
  if (!earlier) {
    // The scripts of a submission come first, and a sweep that was killed may have left unfinished files.
    const others = (await readdir(directory)).filter((name) => !["slurm", "tmp"].includes(name));
    if (others.length > 0)
      throw new InputError(`${directory}: is not empty and holds no sweep; choose another --out`);
    return;
  }
  if (force || earlier.request === context.request) return;
  const reason =
    earlier.backend === context.backend
      ? `with other metrics, or of another version (${earlier.engineVersion})`
      : `on the backend ${earlier.backend}`;
  throw new InputError(
    `${directory}: holds a sweep ${reason}; choose another --out, or run all cells again with --force`,
  );
}

/**
 * Removes what processes of this machine left behind that are no more.
 * @returns the name of the folder of this process; those of its threads have their number in place of the 0
 */
export async function claimDirectory(directory: string): Promise<string> {
  await removeTemporary(directory, isStale);
  return folderOf(0);
}

/** The folder of a thread of this process; the main thread is 0. */
export function folderOf(thread: number): string {
  return `${hostname()}-${process.pid}-${thread}`;
}

/** Removes what this process leaves behind. */
export async function releaseDirectory(directory: string): Promise<void> {
  await removeTemporary(directory, (name) => name.startsWith(`${hostname()}-${process.pid}-`));
  // Shards beside this one may still use it.
  await rmdir(sweepLayout(directory).temporary).catch(() => {});
}

async function removeTemporary(directory: string, isWanted: (name: string) => boolean): Promise<void> {
  const { temporary } = sweepLayout(directory);
  const names = await readdir(temporary).catch(() => []);
  for (const name of names.filter(isWanted))
    await rm(join(temporary, name), { recursive: true, force: true });
}

/** Whether a folder belongs to a process of this machine that is no more. */
function isStale(name: string): boolean {
  const match = /^(.*)-(\d+)-\d+$/.exec(name);
  return match?.[1] === hostname() && !isAlive(Number(match[2]));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
