/** In which arithmetic a scenario is computed. */
import { InputError } from "../errors.ts";
import type { EconomyScenario, ResolvedScenario, ScenarioOutline } from "../scenario/index.ts";
import { isEconomy } from "../scenario/kind.ts";
import type { RunManifest } from "../trace/index.ts";
import type { RunBackend } from "./backend-names.ts";

/** What computes a scenario on a backend: a Yuma variant is computed in doubles wherever the others run. */
export function arithmeticOf(
  scenario: ResolvedScenario | EconomyScenario,
  backend: RunManifest["arithmetic"],
): RunManifest["arithmetic"] {
  const hasVariant = isEconomy(scenario)
    ? scenario.plans.some(({ variant }) => variant !== null)
    : scenario.comparisons.some(({ variant }) => variant !== undefined);
  return hasVariant ? "float64" : backend;
}

/**
 * A variant is computed in float64 whatever the backend; a run beside others in float32 would compare two arithmetics.
 * @throws InputError when one was named
 */
export function backendFor(
  { comparisons }: Pick<ScenarioOutline, "comparisons">,
  asked: RunBackend,
): RunBackend {
  const plan = comparisons.find(({ variant }) => variant !== undefined);
  if (plan?.variant === undefined || asked === "exact") return asked;
  if (asked === "auto") return "exact";
  throw new InputError(
    `--backend ${asked}: ${plan.comparison} runs the variant ${plan.variant.choice.formula}, which is computed in float64; leave --backend out`,
  );
}
