import { readMetagraph } from "../metagraph.ts";
import type { Subnet } from "../schema/subnet.ts";
import type { WeightRow } from "../types.ts";
import type { SubnetContext } from "./context.ts";
import { type Neuron, NeuronNames, Neurons } from "./neurons.ts";
import { storedRow } from "./rows.ts";
import { Timeline } from "./timeline.ts";

/** The neurons of a snapshot and the block at which it was taken. */
export interface Imported {
  readonly neurons: Neurons;
  readonly block: bigint;
}

/**
 * Turns a snapshot into neurons. Its stake is TAO: the format's snapshots lie before per-subnet tokens. Nothing is known
 * about registrations, so they count as older than all weights (block 0).
 */
export function importMetagraph(subnet: Subnet, context: SubnetContext): Imported {
  const path = ["import", "metagraph"];
  const { name, bytes } = context.readFile(subnet.import!.metagraph, path);
  const metagraph = readMetagraph(bytes, name);
  const list = metagraph.hotkeys.map((label, uid): Neuron => ({
    label,
    alphaStake: Timeline.constant(0n),
    taoStake: Timeline.constant(metagraph.stake[uid]!),
    weights: Timeline.empty<WeightRow>(),
    refreshes: subnet.set_weights === "every-epoch",
    registeredAt: 0n,
    permit: undefined,
  }));
  const neurons = new Neurons(list, new NeuronNames(metagraph.hotkeys, new Map()));
  for (const { uid, targets } of metagraph.rows)
    list[uid]!.weights = Timeline.constant(context.at(path, () => storedRow(uid, targets, neurons)));
  return { neurons, block: metagraph.block };
}
