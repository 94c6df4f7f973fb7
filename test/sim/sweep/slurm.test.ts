import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BuiltCommand, buildCommand } from "../cli/built-command.ts";
import { missingSlurm, type SlurmCluster, startSlurm, until } from "./slurm-cluster.ts";
import { contents, sweepScenario } from "./sweeps.ts";

const SHARDS = 8;
const missing = missingSlurm();
if (missing.length > 0)
  console.warn(
    `SKIPPED: the test of sweeps on Slurm; not installed: ${missing.join(", ")} (apt-get install slurmctld slurmd slurm-client munge)`,
  );

let command: BuiltCommand;
let cluster: SlurmCluster;
beforeAll(async () => {
  if (missing.length > 0) return;
  command = await buildCommand();
  cluster = await startSlurm(2);
});
afterAll(async () => {
  await cluster?.stop();
  command?.remove();
});

/** The process that runs the shard of a task of the array. */
function processOfTask(task: number): number | undefined {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
        const variables = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
        return (
          words[0] === process.execPath &&
          words.some((word) => word.startsWith(command.folder)) &&
          variables.includes(`SLURM_ARRAY_TASK_ID=${task}`)
        );
      } catch {
        // It ended meanwhile.
        return false;
      }
    });
}

test.skipIf(missing.length > 0)(
  `${SHARDS} shards as an array, one of them killed on the way, come to what one process does`,
  async () => {
    const scenario = join(command.folder, "sweep.yaml");
    writeFileSync(
      scenario,
      sweepScenario(`  keep: [small, spread]
  sobol:
    count: 32
    values:
      subnets[0].hyperparameters.kappa: { from: 0.3, to: 0.7 }
      subnets[0].hyperparameters.bonds_moving_average: { from: 50, to: 99, unit: "%" }
  replicas: 2`).replace("epochs: 6", "epochs: 400"),
    );
    const alone = await command.run(["sweep", "sweep.yaml", "--out", "alone", "--quiet"]);
    expect(alone).toEqual({ code: 0, stdout: "", stderr: "" });

    Object.assign(process.env, {
      SLURM_CONF: cluster.environment["SLURM_CONF"],
      PATH: cluster.environment["PATH"],
    });
    const submitted = await command.run([
      "sweep",
      "submit",
      "sweep.yaml",
      "--slurm",
      "--shards",
      String(SHARDS),
      "--out",
      "cluster",
      "--sbatch=--mem=400M",
      "--json",
    ]);
    expect(submitted).toMatchObject({ code: 0, stderr: "" });
    const { arrayJob, gatherJob, scripts } = JSON.parse(submitted.stdout) as Record<string, string>;

    let killed = -1;
    const job = join(command.folder, "cluster");
    try {
      // Any task that is past its first cell.
      await until(async () => {
        for (let task = 0; task < SHARDS; task++) {
          const pid = processOfTask(task);
          const begun = readdirSync(join(command.folder, "cluster/cells")).length > 0;
          if (pid === undefined || !begun) continue;
          process.kill(pid, "SIGKILL");
          killed = task;
          return true;
        }
        return false;
      }, "a running task");

      await until(
        async () => (await cluster.run("squeue", "--noheader")).trim() === "",
        "the end of all jobs",
        400,
      );
      expect(readFileSync(join(scripts!, "gather.log"), "utf8")).toMatch(/^64 cells\nTable: /);
    } catch (error) {
      const logs = existsSync(scripts!)
        ? readdirSync(scripts!).map((name) => `${name}\n${readFileSync(join(scripts!, name), "utf8")}`)
        : [];
      throw new Error(
        `${String(error)}\n${await cluster.run("scontrol", "show", "job")}\n${logs.join("\n")}\n${cluster.logs()}`,
        { cause: error },
      );
    }
    // The killed task says so, and ran a second time.
    const log = readFileSync(join(scripts!, `${arrayJob}_${killed}.log`), "utf8");
    expect(log).toContain("Killed");
    expect(log).toMatch(/\d+ found finished|cells: \d+ run/);
    expect(Number(gatherJob)).toBeGreaterThan(Number(arrayJob));
    expect(readdirSync(join(job, "shards"))).toHaveLength(SHARDS);
    expect(contents(job)).toEqual(contents(join(command.folder, "alone")));
  },
  600_000,
);
