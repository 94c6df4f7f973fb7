/** What `run` does with an experiment: the pair with its trace, all replicas, the result. */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { InputError } from "../errors.ts";
import { experimentText, loadExperiment, runExperiment, writeExperiment } from "../experiment/index.ts";
import { runEconomy, runScenario } from "../run/index.ts";
import { isEconomy, loadAnyScenario } from "../scenario/index.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { progressLine } from "./progress.ts";
import { writeRunReport } from "./run-report.ts";
import { stopSignal } from "./stop-signal.ts";
import { timeLeft } from "./time-left.ts";

export interface ExperimentDisplay {
  readonly set: readonly string[];
  readonly seed?: string;
  readonly out: string | undefined;
  readonly force: boolean;
  readonly replicas: number | undefined;
  readonly workers: number | undefined;
  readonly backend: string;
  readonly report: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
}

const whole = (name: string, value: number | undefined): void => {
  if (value !== undefined && (!Number.isInteger(value) || value < 1 || value > 10_000))
    throw new InputError(`--${name} ${value}: a whole number from 1 to 10000 is needed`);
};

export async function showExperiment(
  path: string,
  { set, seed, out, force, replicas, workers, backend, report, json, quiet }: ExperimentDisplay,
): Promise<ExitCode> {
  whole("replicas", replicas);
  whole("workers", workers);
  if (backend !== "exact")
    throw new InputError(
      `--backend ${backend}: an experiment runs on the exact kernel; add --no-experiment to run its comparisons once`,
    );
  const experiment = loadExperiment(path, { set, ...(seed !== undefined && { seed }) });
  const directory = out ?? join("runs", experiment.name);
  const progress = progressLine(quiet || json ? null : process.stderr);
  const stop = stopSignal();
  try {
    const first = loadAnyScenario(path, { tree: experiment.tree, seed: `${experiment.seed}/0` });
    const options = { outDir: directory, force, signal: stop.signal };
    const pair = isEconomy(first)
      ? await runEconomy(first, {
          ...options,
          onProgress: ({ completedBlocks, blocks }) => progress.show("pair: block", completedBlocks, blocks),
        })
      : await runScenario(first, {
          ...options,
          onProgress: ({ completedEpochs, epochs }) => progress.show("pair: epoch", completedEpochs, epochs),
        });
    if (!pair.completed) return stopped(progress, directory, quiet);
    const left = timeLeft();
    const run = await runExperiment(experiment, {
      workers: workers ?? availableParallelism(),
      ...(replicas !== undefined && { replicas }),
      signal: stop.signal,
      onProgress: (done, total) => progress.show("run", done, total, left(done, total - done)),
    }).catch((error: unknown) => {
      if (stop.signal.aborted) return null;
      throw error;
    });
    if (run === null) return stopped(progress, directory, quiet);
    progress.clear();
    stop.release();
    await writeExperiment(directory, experiment, run);
    const page = report ? await writeRunReport(directory) : null;
    if (json) process.stdout.write(`${JSON.stringify({ directory, report: page, ...run.result })}\n`);
    else if (!quiet)
      process.stdout.write(
        `${experimentText(run.result)}\nTrace:  ${directory}\n${page === null ? "" : `Report: ${page}\n`}`,
      );
    const expected = "expectations" in pair ? pair.expectations : [];
    for (const { comparison, metric, operator, value, found, met } of expected)
      if (!met && !json)
        process.stdout.write(`FAILS   ${comparison}: ${metric} ${operator} ${value} (found ${found})\n`);
    return run.result.passed && expected.every(({ met }) => met) ? EXIT.good : EXIT.no;
  } finally {
    progress.clear();
    stop.release();
  }
}

function stopped(progress: { clear(): void }, directory: string, quiet: boolean): ExitCode {
  progress.clear();
  if (!quiet)
    process.stdout.write(
      `Stopped before all replicas had run; what is in ${directory} is the trace of the first one.\n`,
    );
  return EXIT.stopped;
}
