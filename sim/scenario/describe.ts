import type { ResolvedScenario, SubnetPlan } from "./types.ts";

/** A short summary of a scenario, in lines, for a person who wants to know whether it says what was meant. */
export function describeScenario(path: string, scenario: ResolvedScenario): string {
  const lines = [
    `${path}: ${scenario.title}`,
    `  ${scenario.protocol}, ${scenario.epochs} epochs, seed ${scenario.seed}`,
    ...scenario.comparisons.map((plan) => `  ${plan.comparison}: ${describePlan(plan)}`),
    ...scenario.inputs.map((input) => `  reads ${input.path}`),
  ];
  return `${lines.join("\n")}\n`;
}

function describePlan(plan: SubnetPlan): string {
  const { hyperparameters, weights } = plan;
  const permits = plan.validatorPermit.reduce((sum, permit) => sum + permit, 0);
  const validators = plan.hotkeys.filter(
    (_, uid) => weights.offsets[uid + 1]! > weights.offsets[uid]!,
  ).length;
  const bonds = hyperparameters.yuma3
    ? hyperparameters.liquidAlpha
      ? "yuma3 with liquid alpha"
      : "yuma3"
    : "no yuma3";
  return [
    `subnet ${plan.netuid}`,
    `${plan.n} neurons`,
    `${permits} permits`,
    `${validators} set ${weights.uids.length} weights`,
    bonds,
    `first epoch at block ${plan.firstEpochBlock}, then every ${hyperparameters.tempo} blocks`,
  ].join(", ");
}
