import type { Amounts } from "./amounts.ts";
import type { MetricDefinition } from "./definition.ts";

/**
 * M74, margin of each miner: the TAO value of its incentive less its cost, rao.
 *
 * @param income TAO value in rao per miner; spot or exit, as the caller says.
 * @param costs rao per miner; same length.
 */
export function minerMargins(income: Amounts, costs: Amounts): bigint[] {
  return Array.from(income, (earned, j) => earned - costs[j]!);
}

/** M74, miners below cost: those with a margin below 0. */
export function minersBelowCost(margins: readonly bigint[]): number {
  return margins.filter((margin) => margin < 0n).length;
}

export const MINER_MARGIN: MetricDefinition = {
  id: "M74",
  name: "Miner margin",
  section: "Macro and health",
  text: "The TAO value of a miner's incentive less what it costs to run, and the number of miners that do not cover their cost.",
  formula: "TAO value of incentive - cost; count below 0",
  units: ["rao", "count"],
  edges: "Exactly 0 is not below cost. Spot or exit value as the caption says.",
  reference: "CADLabs/ethereum-economic-model (revenue and profit)",
  inputs: "`neurons.server_emission`, `pools.price`; costs of the scenario, no column",
  functions: { "miner-margin.ts": ["minerMargins", "minersBelowCost"] },
};
