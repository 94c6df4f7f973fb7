import { join } from "node:path";
import { InputError } from "../../errors.ts";
import { RUN_BACKENDS } from "../../run/backend-names.ts";
import { defineCommand } from "../command.ts";
import { showEconomy } from "../economy.ts";
import { EXIT } from "../exit-codes.ts";
import { progressLine } from "../progress.ts";
import { describeSummary, summaryJson } from "../run-summary.ts";
import { stopSignal } from "../stop-signal.ts";
import { writeRunReport } from "../run-report.ts";

/** `yumasim run`: a scenario file to a run directory with its report. */
export const RUN = defineCommand({
  command: "run <scenario>",
  describe: "run a scenario and write its trace and report",
  options: (yargs) =>
    yargs
      .positional("scenario", {
        type: "string",
        demandOption: true,
        describe: "scenario file (YAML), or a name that `yumasim list` shows: attacks/, cases/, economy/",
      })
      .option("out", {
        type: "string",
        requiresArg: true,
        describe: "run directory; without it runs/<name of the scenario>",
      })
      .option("seed", { type: "string", requiresArg: true, describe: "seed of the random draws" })
      .option("set", {
        type: "string",
        array: true,
        requiresArg: true,
        nargs: 1,
        default: [] as string[],
        describe: "path=value that replaces a value of the scenario; the value is read as YAML",
      })
      .option("backend", {
        choices: RUN_BACKENDS,
        requiresArg: true,
        default: "exact" as const,
        describe: "what computes the epochs; all but exact are approximate (docs/gpu.md)",
      })
      .option("force", { type: "boolean", default: false, describe: "replace another run in the directory" })
      .option("report", {
        type: "boolean",
        default: true,
        describe: "write report.html into the run directory; --no-report leaves it out",
      })
      .option("stop-after", {
        type: "number",
        requiresArg: true,
        describe: "economies: stop after so many blocks and leave a checkpoint for `resume`",
      })
      .option("allow-code", {
        type: "boolean",
        default: false,
        describe:
          "economies: load the strategy modules that the scenario names; they can do anything that you can",
      })
      .option("experiment", {
        type: "boolean",
        default: true,
        describe: "run all replicas of an experiment; --no-experiment runs its comparisons once",
      })
      .option("replicas", {
        type: "number",
        requiresArg: true,
        describe: "experiments: this many seeds instead of what the scenario says",
      })
      .option("workers", {
        type: "number",
        requiresArg: true,
        describe: "experiments: worker threads; without it as many as there are cores",
      })
      .option("json", { type: "boolean", default: false, describe: "print the summary as JSON" })
      .option("quiet", { type: "boolean", default: false, describe: "print errors only" })
      .example("$0 run scenarios/economy/subnet-15.yaml", "write runs/subnet-15 and its report")
      .example("$0 run attacks/weight-copying", "an attack of the library, against its control")
      .example("$0 run my.yaml --out runs/low --set 'subnets[0].hyperparameters.kappa=0.4'", "change a value")
      .example("$0 run my.yaml --seed 2 --no-report --json", "another seed, for a program to read"),
  run: async ({
    scenario: name,
    out,
    seed,
    set,
    backend,
    force,
    stopAfter,
    allowCode,
    report,
    experiment,
    replicas,
    workers,
    json,
    quiet,
  }) => {
    // Loaded here, so that the other commands and --help do not wait for it.
    const [
      { isEconomy, loadAnyScenario, loadStudy, scenarioFile },
      { runEconomy, runScenario, strategiesOf },
    ] = await Promise.all([import("../../scenario/index.ts"), import("../../run/index.ts")]);
    const path = scenarioFile(name);
    const options = { set, ...(seed !== undefined && { seed }) };
    if (experiment && loadStudy(path, options).text.experiment !== undefined) {
      const { showExperiment } = await import("../experiment.ts");
      return showExperiment(path, {
        ...options,
        out,
        force,
        replicas,
        workers,
        backend,
        report,
        json,
        quiet,
      });
    }
    if (replicas !== undefined || workers !== undefined)
      throw new InputError(
        `${path}: --replicas and --workers are of experiments, and ${experiment ? "this scenario has none" : "--no-experiment leaves it out"}; several seeds of any scenario: yumasim sweep --help`,
      );
    const strategies = await strategiesOf(path, options, allowCode);
    const scenario = loadAnyScenario(path, { ...options, strategies });
    if (isEconomy(scenario)) {
      if (backend !== "exact" && backend !== "auto")
        throw new InputError(
          `${path}: the epochs of an economy are computed exactly; leave out --backend ${backend}`,
        );
      return showEconomy({ json, quiet, report }, (display) =>
        runEconomy(scenario, {
          ...display,
          outDir: out ?? join("runs", scenario.name),
          force,
          strategies,
          ...(stopAfter !== undefined && { stopAfter }),
        }),
      );
    }
    if (stopAfter !== undefined)
      throw new InputError(
        `${path}: --stop-after is for economies, which can be resumed; fewer epochs: --set epochs=10`,
      );
    const progress = progressLine(quiet || json ? null : process.stderr);
    const stop = stopSignal();
    try {
      const summary = await runScenario(scenario, {
        outDir: out ?? join("runs", scenario.name),
        force,
        backend,
        onChoice: (text) => {
          if (!quiet) process.stderr.write(`${text}\n`);
        },
        signal: stop.signal,
        onProgress: ({ completedEpochs, epochs }) => progress.show("epoch", completedEpochs, epochs),
      });
      progress.clear();
      // From here on Ctrl-C ends the process: the trace is whole.
      stop.release();
      const page = report && summary.completed ? await writeRunReport(summary.directory) : null;
      if (json) process.stdout.write(`${JSON.stringify(summaryJson(summary, page))}\n`);
      else if (!quiet) process.stdout.write(describeSummary(summary, page));
      return summary.completed ? EXIT.good : EXIT.stopped;
    } finally {
      progress.clear();
      stop.release();
    }
  },
});
