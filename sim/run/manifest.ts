import type { ResolvedScenario } from "../scenario/index.ts";
import { RUN_FORMAT, type RunManifest } from "../trace/index.ts";
import { arithmeticOf } from "./arithmetic.ts";
import { jsonDigest } from "./canonical-json.ts";
import { planRecord } from "./variants.ts";
import { engineVersion } from "./version.ts";

/** What `run.json` says of a run before its first epoch. */
export function describeRun(
  scenario: ResolvedScenario,
  { arithmetic, kernelSha256 }: Pick<RunManifest, "arithmetic" | "kernelSha256">,
): Omit<RunManifest, "completedEpochs" | "tables"> {
  const variants = scenario.comparisons.flatMap((plan) =>
    plan.variant === undefined ? [] : [[plan.comparison, planRecord(plan, plan.variant.choice)] as const],
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
    arithmetic: arithmeticOf(scenario, arithmetic),
    ...(variants.length > 0 && { variants: Object.fromEntries(variants) }),
    engineVersion: engineVersion(),
    kernelSha256,
    inputs: scenario.inputs,
    ...(scenario.report && { report: scenario.report }),
    comparisons: scenario.comparisons.map((plan) => plan.comparison),
    epochs: scenario.epochs,
  };
}
