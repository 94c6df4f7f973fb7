import type { MetricDefinition } from "./definition.ts";
import { churn } from "./mobility.ts";
import { median } from "./quantile.ts";
import { BLOCKS_PER_DAY, DAYS_PER_YEAR } from "./time.ts";

/** A subnet that is there. */
export interface SubnetAge {
  readonly netuid: number;
  readonly registeredAt: number;
  /** Whether it had emission in the last window. */
  readonly active: boolean;
}

/** M71, number of active subnets. */
export function activeSubnets(subnets: readonly SubnetAge[]): number {
  return subnets.filter(({ active }) => active).length;
}

/** M71, median age of subnets at a block, in blocks; `null` without subnets. */
export function medianSubnetAge(subnets: readonly SubnetAge[], block: number): number | null {
  return median(subnets.map(({ registeredAt }) => block - registeredAt));
}

/**
 * M71, turnover of slots: entries and exits between two samples over the slots, scaled to a year. A slot that went to
 * another subnet counts as both.
 *
 * @param before subnets by netuid and block of registration, so that a slot that changed hands differs.
 * @returns per year, or `null` without slots or time.
 */
export function slotTurnover(
  before: readonly SubnetAge[],
  after: readonly SubnetAge[],
  slots: number,
  blocks: number,
): number | null {
  const names = (subnets: readonly SubnetAge[]): Set<string> =>
    new Set(subnets.map(({ netuid, registeredAt }) => `${netuid}@${registeredAt}`));
  const moved = churn(names(before), names(after), slots);
  return moved === null || !(blocks > 0) ? null : (moved * DAYS_PER_YEAR * BLOCKS_PER_DAY) / blocks;
}

export const SUBNET_TURNOVER: MetricDefinition = {
  id: "M71",
  name: "Active subnets and turnover of slots",
  section: "Macro and health",
  text: "The subnets with emission, how often slots change hands in a year, and the median age of the subnets. The price of a new subnet (lock price) is shown as a line beside it.",
  formula:
    "count of active; (entries + exits) / slots per year; median of block - registration; lock price over time",
  units: ["count", "ratio per year", "blocks", "TAO"],
  edges:
    "No subnets, no slots or no time: undefined. A slot that another subnet took counts as an exit and an entry.",
  reference: "own definition",
  inputs: "`emission.tao_injected`, `events.event`, `events.netuid`, `blocks.lock_cost`",
  functions: { "subnet-turnover.ts": ["activeSubnets", "slotTurnover", "medianSubnetAge"] },
};
