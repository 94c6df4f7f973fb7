import { StrategyRegistry } from "../agents/index.ts";
import { type EconomyScenario, isEconomy, type ResolvedScenario } from "../scenario/index.ts";
import type { RunManifest } from "../trace/index.ts";
import { runEconomy } from "./economy/run-economy.ts";
import { runScenario } from "./run-scenario.ts";

/**
 * Runs a scenario of either kind to its end, exactly, into an empty directory.
 * @param strategies those that an economy was loaded with
 */
export async function runAnyScenario(
  scenario: ResolvedScenario | EconomyScenario,
  outDir: string,
  strategies = new StrategyRegistry(),
): Promise<RunManifest> {
  const { manifest } = isEconomy(scenario)
    ? await runEconomy(scenario, { outDir, strategies })
    : await runScenario(scenario, { outDir });
  if (!manifest) throw new Error(`the run in ${outDir} ended without a manifest`);
  return manifest;
}
