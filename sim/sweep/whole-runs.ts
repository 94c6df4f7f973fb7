/** Cells that take more than epochs of a subnet: economies, and runs whose traces are kept. Loaded when there are any. */
import { mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  type EpochBackend,
  measureEconomy,
  type MetricValues,
  readMetrics,
  runEconomy,
  runScenariosOn,
} from "../run/index.ts";
import { type EconomyScenario, isEconomy, type ResolvedScenario } from "../scenario/index.ts";
import { MetricSink } from "../run/metric-sink.ts";
import { traceLabels } from "../run/step-epochs.ts";
import { openTrace } from "../trace/index.ts";
import type { CellContext, LoadedCell, Results } from "./cell.ts";
import { sweepLayout } from "../trace/sweep.ts";

/** Values at the end of each comparison. */
export function economyValues(
  { metrics: names, strategies }: CellContext,
  { plans }: EconomyScenario,
): MetricValues {
  return Object.fromEntries(
    plans.map((plan) => {
      const metrics = plan.metrics.filter(({ name }) => names.includes(name));
      return [plan.comparison, measureEconomy(plan, metrics, strategies).values];
    }),
  );
}

/** Runs with their traces, which move to their places when all are whole. */
export async function keptRuns(
  context: CellContext,
  backend: EpochBackend,
  group: readonly LoadedCell[],
  folder: string,
): Promise<Results[]> {
  const results: Results[] = [];
  const studies: StudyRun[] = [];
  for (const { id, scenario } of group) {
    const outDir = join(folder, id);
    rmSync(outDir, { recursive: true, force: true });
    mkdirSync(outDir, { recursive: true });
    if (isEconomy(scenario)) results.push(await economyRun(context, scenario, outDir));
    else studies.push({ scenario, outDir, listener: listenerOf(context, scenario) });
  }
  const summaries = await runScenariosOn(backend, studies);
  for (const [k, { manifest }] of summaries.entries())
    results.push({ values: studies[k]!.listener.values(manifest.comparisons), tables: manifest.tables });
  const layout = sweepLayout(context.directory);
  for (const { id } of group) moveTrace(join(folder, id), layout.trace(id));
  return results;
}

/** The run of a scenario of one subnet, whose metrics are taken while it goes on. */
interface StudyRun {
  readonly scenario: ResolvedScenario;
  readonly outDir: string;
  readonly listener: MetricSink;
}

function listenerOf({ definitions, metrics }: CellContext, scenario: ResolvedScenario): MetricSink {
  return new MetricSink(definitions, metrics, traceLabels(scenario), scenario.epochs);
}

async function economyRun(
  { definitions, metrics, strategies }: CellContext,
  scenario: EconomyScenario,
  outDir: string,
): Promise<Results> {
  const { manifest } = await runEconomy(scenario, { outDir, ...(strategies && { strategies }) });
  if (manifest === null) throw new Error(`the run in ${outDir} ended without a manifest`);
  const values = await readMetrics(await openTrace(outDir), manifest.comparisons, definitions, metrics);
  return { values, tables: manifest.tables };
}

function moveTrace(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  // A trace without a record is what a killed process left behind.
  rmSync(to, { recursive: true, force: true });
  renameSync(from, to);
}
