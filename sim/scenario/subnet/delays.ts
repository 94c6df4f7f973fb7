import type { Subnet } from "../schema/subnet.ts";
import type { WeightRow } from "../types.ts";
import type { SubnetContext } from "./context.ts";
import type { Neurons } from "./neurons.ts";
import { Timeline } from "./timeline.ts";

/** Lets validators set late what they mean to set; their first row they set in time. */
export function delayWeights(
  { delays = {} }: Subnet,
  neurons: Neurons,
  epochs: number,
  context: SubnetContext,
): void {
  for (const [name, delay] of Object.entries(delays))
    for (const uid of context.at(["delays", name], () => neurons.uids(name))) {
      const neuron = neurons.list[uid]!;
      const { weights } = neuron;
      const { first } = weights;
      if (first === undefined || delay === 0) continue;
      const late = new Map<number, WeightRow>([[first, weights.setAt(first)!]]);
      for (let epoch = first + 1; epoch + delay < epochs; epoch++) {
        const row = weights.setAt(epoch);
        if (row !== undefined) late.set(epoch + delay, row);
      }
      neuron.weights = Timeline.of(late);
    }
}
