import type { Amounts } from "./amounts.ts";
import type { MetricDefinition } from "./definition.ts";

/** M72, validators with a permit by the age of their weights. */
export interface Liveness {
  readonly active: number;
  /** Weights older than the cutoff. */
  readonly stale: number;
}

/**
 * M72, liveness: a validator is active when its last weights are at most `cutoff` blocks old.
 *
 * @param lastUpdates block in which each validator with a permit last set weights.
 */
export function liveness(lastUpdates: ArrayLike<number>, block: number, cutoff: number): Liveness {
  let active = 0;
  for (let i = 0; i < lastUpdates.length; i++) if (block - lastUpdates[i]! <= cutoff) active++;
  return { active, stale: lastUpdates.length - active };
}

/** M72, epochs in which no miner had any incentive. @param incentive of all miners together, per epoch */
export function epochsWithoutIncentive(incentive: Amounts): number {
  let count = 0;
  for (let t = 0; t < incentive.length; t++) if (incentive[t] === 0n) count++;
  return count;
}

export const LIVENESS: MetricDefinition = {
  id: "M72",
  name: "Liveness",
  section: "Macro and health",
  text: "The validators that set weights within the activity cutoff, those whose weights are older, and the epochs in which no miner earned any incentive.",
  formula: "count of block - last update <= cutoff; the others; epochs with sum of incentive = 0",
  units: ["count", "count", "epochs"],
  edges: "Exactly at the cutoff is active.",
  reference: "the chain's activity cutoff",
  inputs:
    "`subnets.active_validators`, `subnets.validator_permits`, `pools.validators`, `neurons.active`, `subnets.server_emission`",
  functions: { "liveness.ts": ["liveness", "epochsWithoutIncentive"] },
};
