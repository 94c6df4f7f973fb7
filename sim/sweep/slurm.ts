/** A sweep as a Slurm job array: its scripts, and how they are handed over. Slurm does the rest. */
import { execFile } from "node:child_process";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { InputError } from "../errors.ts";
import type { RunBackend } from "../run/backend-names.ts";
import { strategiesOf } from "../run/index.ts";
import type { LoadOptions } from "../scenario/index.ts";
import { loadSweep } from "./cells.ts";

export interface SlurmOptions extends Pick<LoadOptions, "seed" | "set"> {
  readonly directory: string;
  /** Tasks of the array; each runs the cells of one shard. */
  readonly shards: number;
  /** Most tasks at a time; null = as many as there is room for. */
  readonly parallel: number | null;
  /** What computes the epochs; null = the exact kernel. */
  readonly backend: RunBackend | null;
  /** Options of sbatch for every task, for example `--time=2:00:00`. */
  readonly sbatch: readonly string[];
  /** Load the strategy modules that the scenario names. */
  readonly allowCode?: boolean;
  /** The program and its first arguments, as they are started on a compute node. */
  readonly command: readonly string[];
}

export interface Submission {
  readonly arrayJob: string;
  readonly gatherJob: string;
  /** Directory of the scripts and of what the tasks print. */
  readonly scripts: string;
}

/** A killed task is put back into the queue so often. */
const MOST_RESTARTS = 5;

/**
 * Writes the scripts and hands them to Slurm: an array of shards, and a job that gathers them when all have ended.
 * @throws InputError for a wrong sweep, where there is no sbatch, or when it refuses
 */
export async function submitSlurm(path: string, options: SlurmOptions): Promise<Submission> {
  // What is wrong with the scenario is said here, not by every task of the array.
  const { source } = loadSweep(path, options);
  await strategiesOf(path, { tree: source.scenario }, options.allowCode ?? false);
  const scripts = join(resolve(options.directory), "slurm");
  await mkdir(scripts, { recursive: true });
  const shardScript = join(scripts, "shard.sh");
  const gatherScript = join(scripts, "gather.sh");
  await writeScript(shardScript, shardText(path, scripts, options));
  await writeScript(gatherScript, gatherText(scripts, options));
  const arrayJob = await sbatch([shardScript], scripts);
  // Whatever became of the tasks: the gathering says which cells are missing, where a dependency would wait for ever.
  const gatherJob = await sbatch([`--dependency=afterany:${arrayJob}`, gatherScript], scripts);
  return { arrayJob, gatherJob, scripts };
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** The script of one task. Its exit code is that of the shard; one that was killed goes back into the queue. */
export function shardText(path: string, scripts: string, options: SlurmOptions): string {
  const { shards, parallel, sbatch: extra, command, directory, backend, seed, set = [], allowCode } = options;
  const words = [
    ...command,
    "sweep",
    resolve(path),
    "--out",
    resolve(directory),
    ...(backend === null ? [] : ["--backend", backend]),
    ...(seed === undefined ? [] : ["--seed", seed]),
    ...set.flatMap((one) => ["--set", one]),
    ...(allowCode === true ? ["--allow-code"] : []),
  ].map(quoted);
  return `#!/bin/bash
#SBATCH --job-name=yumasim-sweep
#SBATCH --array=0-${shards - 1}${parallel === null ? "" : `%${parallel}`}
#SBATCH --output=${scripts}/%A_%a.log
#SBATCH --open-mode=append
#SBATCH --requeue
${extra.map((option) => `#SBATCH ${option}\n`).join("")}
# Which shard of ${shards} this is stands in SLURM_ARRAY_TASK_ID.
${words.join(" ")} --shard ${shards} --workers "\${SLURM_CPUS_PER_TASK:-1}"
code=$?
# 128 and more: a signal ended it. Finished cells are not run again.
if [ "$code" -ge 128 ] && [ "\${SLURM_RESTART_COUNT:-0}" -lt ${MOST_RESTARTS} ]; then
  scontrol requeue "$SLURM_JOB_ID" && sleep 60
fi
exit "$code"
`;
}

function gatherText(scripts: string, { sbatch: extra, command, directory }: SlurmOptions): string {
  const words = [...command, "sweep", "gather", resolve(directory)].map(quoted);
  return `#!/bin/bash
#SBATCH --job-name=yumasim-gather
#SBATCH --output=${scripts}/gather.log
${extra.map((option) => `#SBATCH ${option}\n`).join("")}
exec ${words.join(" ")}
`;
}

async function writeScript(path: string, text: string): Promise<void> {
  await writeFile(path, text);
  await chmod(path, 0o755);
}

async function sbatch(args: readonly string[], scripts: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)("sbatch", ["--parsable", ...args]);
    // With several clusters the name of one follows.
    return stdout.trim().split(";")[0] ?? "";
  } catch (error) {
    const { code, stderr } = error as NodeJS.ErrnoException & { readonly stderr?: string };
    if (code === "ENOENT")
      throw new InputError(
        `there is no sbatch here; the scripts lie in ${scripts}: hand them in where Slurm is (shard.sh, then gather.sh)`,
        { cause: error },
      );
    throw new InputError(`sbatch refused: ${(stderr ?? String(error)).trim()}`, { cause: error });
  }
}
