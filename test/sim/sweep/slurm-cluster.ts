/** A Slurm of one node on the loopback, in a folder of its own; needs Debian's slurmctld, slurmd, slurm-client and munge. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { hostname, tmpdir, totalmem, userInfo } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

const PROGRAMS = ["munged", "slurmctld", "slurmd", "sbatch", "squeue", "scontrol"];
/** Daemons lie where only an administrator's path leads. */
const PATH = [process.env["PATH"] ?? "", "/usr/sbin", "/sbin"].join(delimiter);

/** Programs that are not installed. */
export function missingSlurm(): string[] {
  return PROGRAMS.filter((name) => !PATH.split(delimiter).some((folder) => existsSync(join(folder, name))));
}

export interface SlurmCluster {
  /** What a program needs to find this Slurm. */
  readonly environment: NodeJS.ProcessEnv;
  /** Runs a program of Slurm. @returns what it prints */
  run(program: string, ...args: string[]): Promise<string>;
  /** What the daemons wrote, for a failed test. */
  logs(): string;
  stop(): Promise<void>;
}

/** Starts the daemons and waits until the node is idle. @param cpus that the node claims to have */
export async function startSlurm(cpus: number): Promise<SlurmCluster> {
  const folder = mkdtempSync(join(tmpdir(), "yumasim-slurm-"));
  for (const name of ["state", "spool"]) mkdirSync(join(folder, name));
  const [controllerPort, nodePort] = [await freePort(), await freePort()];
  const socket = join(folder, "munge.sock");
  const key = join(folder, "munge.key");
  writeFileSync(key, randomBytes(128), { mode: 0o600 });
  const host = hostname().split(".")[0] ?? "localhost";
  const { username } = userInfo();
  const memory = Math.floor(totalmem() / 1_048_576 / 2);
  const configuration = join(folder, "slurm.conf");
  writeFileSync(
    configuration,
    `ClusterName=yumasim
SlurmctldHost=${host}(127.0.0.1)
SlurmctldPort=${controllerPort}
SlurmdPort=${nodePort}
AuthType=auth/munge
AuthInfo=socket=${socket}
CredType=cred/munge
SlurmUser=${username}
SlurmdUser=${username}
StateSaveLocation=${join(folder, "state")}
SlurmdSpoolDir=${join(folder, "spool")}
SlurmctldPidFile=${join(folder, "slurmctld.pid")}
SlurmdPidFile=${join(folder, "slurmd.pid")}
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
SwitchType=switch/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_interval=1,sched_min_interval=0,bf_interval=1
ReturnToService=2
KillWait=2
NodeName=${host} NodeAddr=127.0.0.1 CPUs=${cpus} RealMemory=${memory} State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP DefMemPerCPU=${Math.floor(memory / cpus)}
`,
  );
  const environment = { ...process.env, PATH, SLURM_CONF: configuration };
  const logFiles: string[] = [];
  const daemons: ChildProcess[] = [];
  const start = (program: string, ...args: string[]): void => {
    const log = join(folder, `${program}.log`);
    logFiles.push(log);
    const file = openSync(log, "a");
    daemons.push(spawn(program, args, { env: environment, stdio: ["ignore", file, file] }));
  };
  const run = async (program: string, ...args: string[]): Promise<string> =>
    (await promisify(execFile)(program, args, { env: environment })).stdout;
  const logs = (): string =>
    logFiles.map((path) => `${path}\n${readFileSync(path, "utf8").slice(-4000)}`).join("\n");
  const stop = async (): Promise<void> => {
    await run("scancel", "--signal=KILL", `--user=${username}`).catch(() => "");
    for (const daemon of daemons.reverse()) {
      daemon.kill("SIGTERM");
      await Promise.race([
        new Promise((resolve) => (daemon.exitCode === null ? daemon.once("close", resolve) : resolve(null))),
        new Promise((resolve) => setTimeout(resolve, 10_000)).then(() => daemon.kill("SIGKILL")),
      ]);
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  try {
    start(
      "munged",
      "--foreground",
      "--force",
      `--socket=${socket}`,
      `--key-file=${key}`,
      `--pid-file=${join(folder, "munged.pid")}`,
      `--log-file=${join(folder, "munge.txt")}`,
      `--seed-file=${join(folder, "munge.seed")}`,
    );
    await until(() => Promise.resolve(existsSync(socket)), "munged");
    start("slurmctld", "-D", "-f", configuration);
    start("slurmd", "-D", "-f", configuration);
    await until(
      async () => (await run("sinfo", "--noheader", "--format=%T")).trim() === "idle",
      "an idle node",
    );
  } catch (error) {
    const text = logs();
    await stop();
    throw new Error(`${String(error)}\n${text}`, { cause: error });
  }
  return { environment, run, logs, stop };
}

/** Waits until something holds; what throws does not hold. */
export async function until(holds: () => Promise<boolean>, what: string, seconds = 60): Promise<void> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
    if (await holds().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`waited ${seconds} s for ${what}`);
}

async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
