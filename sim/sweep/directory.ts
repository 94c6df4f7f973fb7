/** The folder of unfinished cells in the directory of a sweep; several processes, also of other machines, may share it. */
import { readdir, rm, rmdir } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { layout } from "./record.ts";

/** Removes what processes of this machine left behind that are no more. */
export async function claimDirectory(directory: string): Promise<void> {
  await removeTemporary(directory, isStale);
}

/** Removes what this process leaves behind. @param unique what its folders begin with */
export async function releaseDirectory(directory: string, unique: string): Promise<void> {
  await removeTemporary(directory, (name) => name.startsWith(`${unique}-`));
  // Shards beside this one may still use it.
  await rmdir(layout(directory).temporary).catch(() => {});
}

async function removeTemporary(directory: string, isWanted: (name: string) => boolean): Promise<void> {
  const { temporary } = layout(directory);
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
