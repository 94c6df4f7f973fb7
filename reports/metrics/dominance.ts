import { ratioOf } from "./amounts.ts";
import type { MetricDefinition } from "./definition.ts";

/**
 * M10, dominance: the part that an operator has of all stake, or a subnet's own stake of that subnet.
 *
 * @param own rao, part of `whole`.
 * @param whole rao.
 * @returns a number in [0, 1], or `null` when there is no stake.
 * @throws RangeError when the part is negative or larger than the whole
 */
export function dominance(own: bigint, whole: bigint): number | null {
  if (own < 0n || own > whole) throw new RangeError(`a part must be in 0 .. ${whole}; found ${own}`);
  return whole === 0n ? null : ratioOf(own, whole);
}

export const DOMINANCE: MetricDefinition = {
  id: "M10",
  name: "Dominance",
  section: "Concentration and decentralisation",
  text: "The stake of one operator as a part of all stake, over the whole network or in one subnet.",
  formula: "stake of the operator / all stake; own-subnet stake / stake of the subnet",
  units: ["ratio"],
  edges: "No stake at all: undefined. A part above the whole is refused.",
  reference: "taostats documentation",
  inputs:
    "`stakes.alpha` by `stakes.hotkey`; `pools.staked_alpha`, `neurons.alpha_stake`, `blocks.total_stake`",
  functions: { "dominance.ts": ["dominance"] },
};
