import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { WASM_SHA256 } from "../../../kernels/exact/wasm.generated.ts";
import { StrategyRegistry } from "../../agents/index.ts";
import { InputError } from "../../errors.ts";
import { runLoop } from "../../engine/run-loop.ts";
import type { EconomyScenario, Expectation } from "../../scenario/index.ts";
import {
  type BackendRecord,
  ENVIRONMENT_FILE,
  type ExpectationResult,
  finishTables,
  RUN_FILE,
  RUN_FORMAT,
  type RunManifest,
  TraceWriter,
} from "../../trace/index.ts";
import { jsonDigest } from "../canonical-json.ts";
import { observeEnvironment } from "../environment.ts";
import { prepareDirectory } from "../output-directory.ts";
import { choiceRecord } from "../variants.ts";
import { engineVersion } from "../version.ts";
import { type Checkpoint, readCheckpoint, removeCheckpoint, writeCheckpoint } from "./checkpoint-file.ts";
import { MetricScope } from "./metrics.ts";
import { EconomySimulation, type SavedSimulation } from "./simulation.ts";
import { economyLabels, tablesOf, Tracer } from "./tracer.ts";

/** How far a run is, all comparisons together. */
export interface EconomyProgress {
  readonly completedBlocks: number;
  readonly blocks: number;
}

/** Where a run of an economy goes, and when it stops. */
export interface EconomyRunOptions {
  /** The run directory; created if it is not there. */
  readonly outDir: string;
  /** Replace another run that the directory holds. */
  readonly force?: boolean;
  readonly onProgress?: (progress: EconomyProgress) => void;
  /** Stops the run at the next good moment; a checkpoint is left. */
  readonly signal?: AbortSignal;
  /** Stops the run after so many blocks in all, leaving a checkpoint. */
  readonly stopAfter?: number;
  /** Blocks between two checkpoints. Default one day, 7,200. */
  readonly checkpointEvery?: number;
  /** Strategies that the scenario can name; without it the built-in ones. */
  readonly strategies?: StrategyRegistry;
}

/** What came out of a run. */
export interface EconomySummary {
  readonly directory: string;
  /** False when the run was stopped; then a checkpoint is there to resume from. */
  readonly completed: boolean;
  readonly completedBlocks: number;
  readonly blocks: number;
  /** Null when the run was stopped. */
  readonly manifest: RunManifest | null;
  /** Of the comparisons that have ended. */
  readonly expectations: readonly ExpectationResult[];
  readonly wallSeconds: number;
}

const BACKEND: BackendRecord = {
  asked: "exact",
  ran: "exact",
  adapter: null,
  driver: null,
  executor: "wasm",
  fallback: null,
};
const CHECKPOINT_EVERY = 7_200;
/**
 * Batches end only at blocks that are multiples of this, so that where a run was interrupted cannot be seen in its tables.
 * The loop pauses at these blocks in any case.
 */
const BATCH_GRID = 100;

/**
 * Runs a scenario of a whole economy and writes the run directory.
 * @throws InputError when the directory holds something that would be lost, or a strategy misbehaves
 */
export async function runEconomy(
  scenario: EconomyScenario,
  options: EconomyRunOptions,
): Promise<EconomySummary> {
  const manifest = describeEconomy(scenario);
  prepareDirectory(options.outDir, manifest, options.force ?? false);
  const trace = await TraceWriter.create(options.outDir, traceOptions(scenario, manifest));
  return new EconomyRun(scenario, manifest, trace, options).run(null);
}

/** Goes on with a run that was stopped or killed; ends in the same bytes as one that was not. */
export async function resumeEconomy(
  directory: string,
  options: Omit<EconomyRunOptions, "outDir" | "force">,
): Promise<EconomySummary> {
  const checkpoint = await readCheckpoint(directory);
  const { scenario, manifest } = checkpoint;
  const run = (trace: TraceWriter | null): EconomyRun =>
    new EconomyRun(scenario, manifest, trace, { ...options, outDir: directory });
  const streams = tablesOf(scenario).every(({ name }) => existsSync(join(directory, `${name}.arrows`)));
  // Killed while the streams became files, which begins when all of them are whole.
  if (!streams && checkpoint.comparison === scenario.plans.length)
    return run(null).finish(checkpoint.expectations);
  if (!streams)
    throw new InputError(`${directory}: tables of the run are missing; run the scenario again with --force`);
  const trace = await TraceWriter.resume(directory, traceOptions(scenario, manifest), checkpoint.trace);
  return run(trace).run(checkpoint);
}

function describeEconomy(scenario: EconomyScenario): Omit<RunManifest, "tables" | "economy"> {
  const variants = scenario.plans.flatMap(({ comparison, variant }) =>
    variant === null ? [] : [[comparison, choiceRecord(variant)] as const],
  );
  return {
    format: RUN_FORMAT,
    name: scenario.name,
    title: scenario.title,
    description: scenario.description,
    scenario: scenario.canonical,
    scenarioHash: jsonDigest(scenario.canonical),
    seed: scenario.seed,
    protocol: scenario.protocol,
    arithmetic: variants.length > 0 ? "float64" : "exact",
    ...(variants.length > 0 && { variants: Object.fromEntries(variants) }),
    engineVersion: engineVersion(),
    kernelSha256: WASM_SHA256,
    inputs: scenario.inputs,
    ...(scenario.report && { report: scenario.report }),
    comparisons: scenario.plans.map((plan) => plan.comparison),
    epochs: 0,
    completedEpochs: 0,
  };
}

function traceOptions(scenario: EconomyScenario, manifest: Omit<RunManifest, "tables" | "economy">) {
  return {
    tables: tablesOf(scenario),
    metadata: new Map([
      ["scenario_hash", manifest.scenarioHash],
      ["seed", manifest.seed],
      ["engine_version", manifest.engineVersion],
      ["protocol", manifest.protocol],
      ["arithmetic", manifest.arithmetic],
    ]),
    labels: economyLabels(scenario),
  };
}

/** One run on its way. */
class EconomyRun {
  readonly #scenario: EconomyScenario;
  readonly #manifest: Omit<RunManifest, "tables" | "economy">;
  readonly #trace: TraceWriter | null;
  readonly #options: EconomyRunOptions;
  readonly #strategies: StrategyRegistry;
  readonly #environment = observeEnvironment();
  readonly #blocks: number;
  #expectations: readonly ExpectationResult[] = [];
  #completedBlocks = 0;

  constructor(
    scenario: EconomyScenario,
    manifest: Omit<RunManifest, "tables" | "economy">,
    trace: TraceWriter | null,
    options: EconomyRunOptions,
  ) {
    this.#scenario = scenario;
    this.#manifest = manifest;
    this.#trace = trace;
    this.#options = options;
    this.#strategies = options.strategies ?? new StrategyRegistry();
    this.#blocks = scenario.plans.reduce((sum, { blocks }) => sum + blocks, 0);
  }

  /** Runs every comparison from a checkpoint, or from the beginning. */
  async run(checkpoint: Checkpoint | null): Promise<EconomySummary> {
    const { plans } = this.#scenario;
    const trace = this.#openTrace();
    this.#expectations = checkpoint?.expectations ?? [];
    const first = checkpoint?.comparison ?? 0;
    this.#completedBlocks = plans.slice(0, first).reduce((sum, { blocks }) => sum + blocks, 0);
    let saved = checkpoint?.simulation ?? null;
    try {
      for (let comparison = first; comparison < plans.length; comparison++) {
        const ended = await this.#runPlan(comparison, saved);
        if (!ended) {
          await trace.abandon();
          return this.#summary(null);
        }
        saved = null;
      }
    } catch (error) {
      await trace.abandon();
      throw error;
    }
    await this.#checkpoint(plans.length, null);
    await trace.close();
    return this.finish(this.#expectations);
  }

  /** Turns the streams into files and writes the manifest. */
  async finish(expectations: readonly ExpectationResult[]): Promise<EconomySummary> {
    const { outDir } = this.#options;
    this.#expectations = expectations;
    this.#completedBlocks = this.#blocks;
    const tables = await finishTables(
      outDir,
      tablesOf(this.#scenario).map(({ name }) => name),
    );
    const manifest: RunManifest = {
      ...this.#manifest,
      economy: {
        plans: this.#scenario.plans.map(({ comparison, startBlock, blocks, subnets, agents }) => ({
          comparison,
          startBlock,
          blocks,
          subnets: subnets.length,
          agents: agents.length,
        })),
        expectations,
      },
      tables,
    };
    await writeJson(join(outDir, RUN_FILE), manifest);
    await writeJson(join(outDir, ENVIRONMENT_FILE), this.#environment(BACKEND));
    await removeCheckpoint(outDir);
    return this.#summary(manifest);
  }

  /** @returns whether the plan came to its end */
  async #runPlan(comparison: number, saved: SavedSimulation | null): Promise<boolean> {
    const { onProgress, signal, stopAfter = Infinity, checkpointEvery = CHECKPOINT_EVERY } = this.#options;
    const plan = this.#scenario.plans[comparison]!;
    const trace = this.#openTrace();
    const tracer = new Tracer(trace, this.#scenario, comparison);
    const simulation = new EconomySimulation(plan, this.#strategies, tracer, saved);
    tracer.watch(simulation);
    const before = this.#completedBlocks;
    const done = (): number => simulation.block - plan.startBlock;
    if (saved === null) {
      const scope = new MetricScope(simulation);
      // What cannot be computed at the end cannot be computed now: better said before hours of work.
      for (const metric of [...plan.metrics, ...plan.expectations.map((one) => one.metric)])
        scope.value(metric);
      // The state before the first block: changes are counted from it.
      tracer.sample(plan.startBlock);
      await this.#checkpoint(comparison, simulation);
    }
    let nextCheckpoint = done() + checkpointEvery;
    while (simulation.block < simulation.end) {
      const last = Math.min(simulation.end, plan.startBlock + stopAfter - before);
      runLoop(simulation, last, (block) => block % BATCH_GRID === 0);
      if (simulation.block % BATCH_GRID === 0) await trace.endEpoch();
      this.#completedBlocks = before + done();
      onProgress?.({ completedBlocks: this.#completedBlocks, blocks: this.#blocks });
      // Lets timers and signals in.
      await setImmediate();
      if (simulation.block === simulation.end) break;
      const stopped = signal?.aborted === true || this.#completedBlocks >= stopAfter;
      if (stopped || done() >= nextCheckpoint) {
        await this.#checkpoint(comparison, simulation);
        nextCheckpoint = done() + checkpointEvery;
      }
      if (stopped) return false;
    }
    const scope = new MetricScope(simulation);
    this.#expectations = [
      ...this.#expectations,
      ...plan.expectations.map((one) => judge(plan.comparison, one, scope.value(one.metric))),
    ];
    return true;
  }

  #openTrace(): TraceWriter {
    if (this.#trace === null) throw new Error("the trace of this run is closed");
    return this.#trace;
  }

  async #checkpoint(comparison: number, simulation: EconomySimulation | null): Promise<void> {
    await writeCheckpoint(this.#options.outDir, {
      engineVersion: engineVersion(),
      scenario: this.#scenario,
      manifest: this.#manifest,
      comparison,
      simulation: simulation?.save() ?? null,
      trace: this.#openTrace().save(),
      expectations: this.#expectations,
    });
  }

  #summary(manifest: RunManifest | null): EconomySummary {
    return {
      directory: this.#options.outDir,
      completed: manifest !== null,
      completedBlocks: this.#completedBlocks,
      blocks: this.#blocks,
      manifest,
      expectations: this.#expectations,
      wallSeconds: this.#environment(BACKEND).wallSeconds,
    };
  }
}

const HOLDS: Readonly<Record<Expectation["operator"], (found: number, value: number) => boolean>> = {
  "<": (found, value) => found < value,
  "<=": (found, value) => found <= value,
  ">": (found, value) => found > value,
  ">=": (found, value) => found >= value,
  "==": (found, value) => found === value,
};

function judge(
  comparison: string,
  { metric, operator, value }: Expectation,
  found: number,
): ExpectationResult {
  return { comparison, metric: metric.name, operator, value, found, met: HOLDS[operator](found, value) };
}

async function writeJson(path: string, value: object): Promise<void> {
  await writeFile(path, `${JSON.stringify(value, null, 2)}\n`);
}
