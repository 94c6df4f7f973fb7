import { availableParallelism } from "node:os";
import { basename, extname, join, resolve } from "node:path";
import { InputError } from "../../errors.ts";
import { RUN_BACKENDS } from "../../run/backend-names.ts";
import { type AnyCommand, defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { progressLine } from "../progress.ts";
import { stopSignal } from "../stop-signal.ts";
import { describeGathering, describeSearch, describeSweep } from "../sweep-summary.ts";
import { timeLeft } from "../time-left.ts";

/** Where a sweep goes when nobody says it. */
const defaultOut = (scenario: string): string => join("sweeps", basename(scenario, extname(scenario)));

const SET = {
  type: "string",
  array: true,
  requiresArg: true,
  nargs: 1,
  default: [] as string[],
  describe: "path=value that replaces a value of the scenario; the value is read as YAML",
} as const;

const BACKEND = {
  choices: RUN_BACKENDS,
  requiresArg: true,
  default: "exact" as const,
  describe: "what computes the epochs; all but exact are approximate (docs/gpu.md)",
} as const;

const ALLOW_CODE = {
  type: "boolean",
  default: false,
  describe: "load the strategy modules that the scenario names; they can do anything that you can",
} as const;

const RUN_SWEEP = defineCommand({
  command: "$0 <scenario>",
  describe: "run the sweep of a scenario, or a shard of it",
  options: (yargs) =>
    yargs
      .positional("scenario", {
        type: "string",
        demandOption: true,
        describe: "scenario file (YAML) with sweep:",
      })
      .option("out", {
        type: "string",
        requiresArg: true,
        describe: "directory of the sweep; without it sweeps/<name>",
      })
      .option("workers", {
        type: "number",
        requiresArg: true,
        describe: "worker threads; without it one per core",
      })
      .option("shard", {
        type: "string",
        requiresArg: true,
        describe: "index/count: only this part; the count alone in a Slurm array or an indexed job",
      })
      .option("seed", { type: "string", requiresArg: true, describe: "seed of the draws and of the runs" })
      .option("set", SET)
      .option("backend", BACKEND)
      .option("allow-code", ALLOW_CODE)
      .option("force", { type: "boolean", default: false, describe: "run cells of another version again" })
      .option("json", { type: "boolean", default: false, describe: "print what was done as JSON" })
      .option("quiet", { type: "boolean", default: false, describe: "print errors only" })
      .example("$0 sweep my.yaml", "run it on every core; the same command goes on after a stop")
      .example("$0 sweep my.yaml --out /shared/my --shard 3/8", "the fourth of eight parts")
      .example("$0 sweep my.yaml --backend auto", "on the graphics card, where there is one and it pays"),
  run: async ({
    scenario,
    out,
    workers = availableParallelism(),
    shard,
    seed,
    set,
    backend,
    allowCode,
    force,
    json,
    quiet,
  }) => {
    if (!Number.isInteger(workers) || workers < 1 || workers > 1024)
      throw new InputError(`--workers ${workers}: a whole number from 1 to 1024 is needed`);
    const { chooseShard, runSweep } = await import("../../sweep/index.ts");
    const chosen = chooseShard(shard, process.env);
    const progress = progressLine(quiet || json ? null : process.stderr);
    const left = timeLeft();
    const stop = stopSignal();
    try {
      const result = await runSweep(scenario, {
        directory: out ?? defaultOut(scenario),
        workers,
        shard: chosen,
        set,
        ...(seed !== undefined && { seed }),
        backend,
        onChoice: (text) => {
          if (!quiet) process.stderr.write(`${text}\n`);
        },
        allowCode,
        force,
        signal: stop.signal,
        onProgress: ({ done, total, computed }) =>
          progress.show("cell", done, total, left(computed, total - done)),
      });
      progress.clear();
      if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
      else if (!quiet) process.stdout.write(describeSweep(result, chosen !== null));
      if (!result.completed) return EXIT.stopped;
      return result.failed === 0 ? EXIT.good : EXIT.no;
    } finally {
      progress.clear();
      stop.release();
    }
  },
});

const GATHER = defineCommand({
  command: "gather <directory> [shards..]",
  describe: "put the shards of a sweep together and write its summary",
  options: (yargs) =>
    yargs
      .positional("directory", { type: "string", demandOption: true, describe: "directory of the sweep" })
      .positional("shards", {
        type: "string",
        array: true,
        default: [] as string[],
        describe: "directories of shards that ran elsewhere; their cells are copied",
      })
      .option("json", { type: "boolean", default: false, describe: "print what was found as JSON" })
      .example("$0 sweep gather sweeps/my", "exits with 1 and says what to run when cells are missing")
      .example("$0 sweep gather sweeps/my shard-0 shard-1", "from directories of two machines"),
  run: async ({ directory, shards, json }) => {
    const { gatherSweep } = await import("../../sweep/index.ts");
    const result = await gatherSweep(directory, shards);
    process.stdout.write(json ? `${JSON.stringify(result)}\n` : describeGathering(result));
    return result.missing.length === 0 && result.failed === 0 ? EXIT.good : EXIT.no;
  },
});

const SUBMIT = defineCommand({
  command: "submit <scenario>",
  describe: "hand the sweep of a scenario to a cluster: an array of shards and a job that gathers them",
  options: (yargs) =>
    yargs
      .positional("scenario", {
        type: "string",
        demandOption: true,
        describe: "scenario file (YAML) with sweep:",
      })
      .option("slurm", { type: "boolean", demandOption: true, describe: "to Slurm, with sbatch" })
      .option("shards", {
        type: "number",
        demandOption: true,
        requiresArg: true,
        describe: "tasks of the array; each should run for minutes",
      })
      .option("parallel", { type: "number", requiresArg: true, describe: "most tasks at a time" })
      .option("out", {
        type: "string",
        requiresArg: true,
        describe: "directory of the sweep, on a disk that all nodes see; without it sweeps/<name>",
      })
      .option("sbatch", {
        type: "string",
        array: true,
        requiresArg: true,
        nargs: 1,
        default: [] as string[],
        describe: "option of sbatch for every task, for example --sbatch=--time=2:00:00",
      })
      .option("seed", { type: "string", requiresArg: true, describe: "seed of the draws and of the runs" })
      .option("set", SET)
      .option("backend", BACKEND)
      .option("allow-code", ALLOW_CODE)
      .option("json", { type: "boolean", default: false, describe: "print the numbers of the jobs as JSON" })
      .example(
        "$0 sweep submit my.yaml --slurm --shards 64 --out /shared/my --sbatch=--cpus-per-task=4",
        "64 tasks of four cores",
      ),
  run: async ({ scenario, shards, parallel, out, sbatch, seed, set, backend, allowCode, json }) => {
    for (const [option, value] of Object.entries({ shards, parallel: parallel ?? 1 }))
      if (!Number.isInteger(value) || value < 1)
        throw new InputError(`--${option} ${value}: a whole number from 1 on is needed`);
    const { submitSlurm } = await import("../../sweep/index.ts");
    const submission = await submitSlurm(scenario, {
      directory: out ?? defaultOut(scenario),
      shards,
      parallel: parallel ?? null,
      sbatch,
      backend: backend === "exact" ? null : backend,
      command: [process.execPath, resolve(process.argv[1] ?? "")],
      allowCode,
      set,
      ...(seed !== undefined && { seed }),
    });
    const { arrayJob, gatherJob, scripts } = submission;
    process.stdout.write(
      json
        ? `${JSON.stringify(submission)}\n`
        : `Array:  job ${arrayJob}, ${shards} shards\nGather: job ${gatherJob}, when all have ended\nScripts and what they print: ${scripts}\n`,
    );
    return EXIT.good;
  },
});

const OPTIMISE = defineCommand({
  command: "optimise <scenario>",
  describe: "search the extreme or the break-even of a metric, as optimise: of a scenario says",
  options: (yargs) =>
    yargs
      .positional("scenario", {
        type: "string",
        demandOption: true,
        describe: "scenario file (YAML) with optimise:",
      })
      .option("out", {
        type: "string",
        requiresArg: true,
        describe: "directory; without it sweeps/<name>-search",
      })
      .option("workers", {
        type: "number",
        requiresArg: true,
        describe: "worker threads; without it one per core",
      })
      .option("seed", { type: "string", requiresArg: true, describe: "seed of the runs" })
      .option("set", SET)
      .option("allow-code", ALLOW_CODE)
      .option("json", { type: "boolean", default: false, describe: "print what was found as JSON" })
      .example("$0 sweep optimise my.yaml", "exits with 1 when nothing is found"),
  run: async ({ scenario, out, workers = availableParallelism(), seed, set, allowCode, json }) => {
    if (!Number.isInteger(workers) || workers < 1 || workers > 1024)
      throw new InputError(`--workers ${workers}: a whole number from 1 to 1024 is needed`);
    const { search } = await import("../../sweep/index.ts");
    const progress = progressLine(json ? null : process.stderr);
    const stop = stopSignal();
    try {
      const result = await search(scenario, {
        directory: out ?? `${defaultOut(scenario)}-search`,
        workers,
        set,
        allowCode,
        ...(seed !== undefined && { seed }),
        signal: stop.signal,
        onProgress: (evaluated, most) => progress.show("point", evaluated, most),
      });
      progress.clear();
      if (!result) return EXIT.stopped;
      process.stdout.write(json ? `${JSON.stringify(result)}\n` : describeSearch(result));
      return result.answer && result.settled ? EXIT.good : EXIT.no;
    } finally {
      progress.clear();
      stop.release();
    }
  },
});

/** `yumasim sweep`: many runs of a scenario, on one machine or many. */
export const SWEEP: AnyCommand = {
  command: "sweep",
  describe: "run a scenario many times: grids, draws, replicas; on every core or on a cluster",
  register: (yargs, done) =>
    yargs.command("sweep", SWEEP.describe, (builder) =>
      [RUN_SWEEP, GATHER, SUBMIT, OPTIMISE].reduce(
        (parser, command) => command.register(parser, done),
        builder,
      ),
    ),
};
