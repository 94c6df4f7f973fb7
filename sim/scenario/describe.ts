import type { EconomyPlan, EconomyScenario } from "./economy/types.ts";
import type { ResolvedScenario, SubnetPlan } from "./types.ts";

/** A short summary of a scenario, in lines, for a person who wants to know whether it says what was meant. */
export function describeScenario(path: string, scenario: ResolvedScenario | EconomyScenario): string {
  if ("kind" in scenario) return describeEconomy(path, scenario);
  const lines = [
    `${path}: ${scenario.title}`,
    `  ${scenario.protocol}, ${scenario.epochs} epochs, seed ${scenario.seed}`,
    ...scenario.comparisons.map((plan) => `  ${plan.comparison}: ${describePlan(plan)}`),
    ...scenario.inputs.map((input) => `  reads ${input.path}`),
  ];
  return `${lines.join("\n")}\n`;
}

const BLOCKS_PER_DAY = 7_200;

function describeEconomy(path: string, scenario: EconomyScenario): string {
  const lines = [
    `${path}: ${scenario.title}`,
    `  ${scenario.protocol}, seed ${scenario.seed}`,
    ...scenario.plans.flatMap(describeNetwork),
    ...scenario.inputs.map((input) => `  reads ${input.path}`),
  ];
  return `${lines.join("\n")}\n`;
}

function describeNetwork(plan: EconomyPlan): string[] {
  const { comparison, startBlock, blocks, subnets, agents, populations, shocks, expectations } = plan;
  const start = [
    ...(plan.variant === null ? [] : [`variant ${plan.variant.formula} in float64`]),
    `${blocks} blocks (${blocks / BLOCKS_PER_DAY} days) after block ${startBlock}`,
    `${subnets.length} subnets`,
    `${agents.length} agents`,
    `${shocks.length} shocks`,
    `${expectations.length} expectations`,
  ].join(", ");
  return [
    `  ${comparison}: ${start}`,
    ...populations.map((name) => {
      const members = agents.filter(({ population }) => population === name);
      const later = members.filter(({ arrivesAt }) => arrivesAt > 0).length;
      const { role, strategy } = members[0] ?? { role: "nobody", strategy: "" };
      return `    ${name}: ${members.length - later} ${role}s, ${strategy}${later > 0 ? `, ${later} more come` : ""}`;
    }),
  ];
}

function describePlan(plan: SubnetPlan): string {
  const { hyperparameters, weights, variant } = plan;
  const permits = plan.validatorPermit.reduce((sum, permit) => sum + permit, 0);
  const validators = plan.hotkeys.filter(
    (_, uid) => weights.offsets[uid + 1]! > weights.offsets[uid]!,
  ).length;
  const chainBonds = hyperparameters.yuma3
    ? hyperparameters.liquidAlpha
      ? "yuma3 with liquid alpha"
      : "yuma3"
    : "no yuma3";
  const bonds = variant === undefined ? chainBonds : `variant ${variant.choice.formula} in float64`;
  return [
    `subnet ${plan.netuid}`,
    `${plan.n} neurons`,
    `${permits} permits`,
    `${validators} set ${weights.uids.length} weights`,
    bonds,
    `first epoch at block ${plan.firstEpochBlock}, then every ${hyperparameters.tempo} blocks`,
  ].join(", ");
}
