/** Cells that take more than epochs of a subnet: economies, and runs whose traces are kept. Loaded when there are any. */
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import {
  type EpochBackend,
  measureEconomy,
  type MetricValues,
  readMetrics,
  runEconomy,
  runScenariosOn,
} from "../run/index.ts";
import { type EconomyScenario, isEconomy, type ResolvedScenario } from "../scenario/index.ts";
import { openTrace, type RunManifest } from "../trace/index.ts";
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
  { directory, definitions, metrics, strategies }: CellContext,
  backend: EpochBackend,
  group: readonly LoadedCell[],
  folder: string,
): Promise<Results[]> {
  const targets = group.map(({ id, scenario }) => ({ id, scenario, outDir: join(folder, id) }));
  const manifests: (RunManifest | null)[] = [];
  const studies: { scenario: ResolvedScenario; outDir: string }[] = [];
  for (const { scenario, outDir } of targets) {
    await rm(outDir, { recursive: true, force: true });
    await mkdir(outDir, { recursive: true });
    if (isEconomy(scenario))
      manifests.push((await runEconomy(scenario, { outDir, ...(strategies && { strategies }) })).manifest);
    else studies.push({ scenario, outDir });
  }
  if (studies.length > 0)
    manifests.push(...(await runScenariosOn(backend, studies)).map(({ manifest }) => manifest));
  const results: Results[] = [];
  for (const [k, { id, outDir }] of targets.entries()) {
    const manifest = manifests[k];
    if (!manifest) throw new Error(`the run in ${outDir} ended without a manifest`);
    const values = await readMetrics(await openTrace(outDir), manifest.comparisons, definitions, metrics);
    const target = sweepLayout(directory).trace(id);
    await mkdir(join(target, ".."), { recursive: true });
    // A trace without a record is what a killed process left behind.
    if (existsSync(target)) await rm(target, { recursive: true });
    await rename(outDir, target);
    results.push({ values, tables: manifest.tables });
  }
  return results;
}
