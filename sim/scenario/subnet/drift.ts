import { stableExp } from "../../../kernels/stable-math.ts";
import { drawNormal } from "../../engine/normal.ts";
import { openStream } from "../../engine/random.ts";
import { scaledRow } from "../draws/weights.ts";
import type { Subnet } from "../schema/subnet.ts";
import type { WeightRow } from "../types.ts";
import type { SubnetContext } from "./context.ts";
import type { Neuron, Neurons } from "./neurons.ts";
import { Timeline } from "./timeline.ts";

/** Weights that a drift may write for one subnet; more would not fit in memory. */
const MOST_WEIGHTS = 20_000_000;

/**
 * Lets all weights walk: before every epoch but the first, each is multiplied by exp(z), z being a normal draw of its
 * neuron, the same in all rows, and one of its own. The draws add up over the epochs. Every neuron and every validator
 * has a stream of its own, so what others weigh changes nobody's walk.
 */
export function driftWeights(
  { drift, netuid }: Subnet,
  neurons: Neurons,
  epochs: number,
  context: SubnetContext,
): void {
  if (drift === undefined) return;
  const validators = neurons.list.filter(({ weights }) => weights.first !== undefined);
  const targets = validators.reduce(
    (sum, { weights }) => sum + (weights.setAt(weights.first!)?.uids.length ?? 0),
    0,
  );
  if (targets * epochs > MOST_WEIGHTS)
    throw context.error(
      ["drift"],
      `moves ${targets} weights in ${epochs} epochs, ${targets * epochs} in all; at most ${MOST_WEIGHTS} are drawn`,
    );
  const stream = (label: string, purpose: string) =>
    openStream(context.seed, `subnet-${netuid}/${label}`, purpose);
  const shared = neurons.list.map(({ label }) =>
    walk(epochs, drift.shared, stream(label, "weights/drift/shared")),
  );
  for (const neuron of validators) {
    const own = new Map<number, Float64Array>();
    const ownWalk = (uid: number): Float64Array => {
      const known = own.get(uid);
      if (known !== undefined) return known;
      const purpose = `weights/drift/own/${neurons.list[uid]!.label}`;
      const fresh = walk(epochs, drift.own, stream(neuron.label, purpose));
      own.set(uid, fresh);
      return fresh;
    };
    neuron.weights = Timeline.of(
      drifted(neuron, epochs, (uid, epoch) => shared[uid]![epoch]! + ownWalk(uid)[epoch]!),
    );
  }
}

/** Sums of normal draws, one more per epoch; 0 in the first. */
function walk(epochs: number, deviation: number, stream: ReturnType<typeof openStream>): Float64Array {
  const sums = new Float64Array(epochs);
  if (deviation === 0) return sums;
  for (let epoch = 1; epoch < epochs; epoch++)
    sums[epoch] = sums[epoch - 1]! + deviation * drawNormal(stream);
  return sums;
}

/** A row for every epoch from the first on. @param logFactor of a weight on a uid in an epoch */
function drifted(
  { weights }: Neuron,
  epochs: number,
  logFactor: (uid: number, epoch: number) => number,
): Map<number, WeightRow> {
  const rows = new Map<number, WeightRow>();
  for (let epoch = weights.first!; epoch < epochs; epoch++) {
    const row = weights.inForce(epoch)!;
    const moved = row.submitted.map((weight, k) => weight * stableExp(logFactor(row.uids[k]!, epoch)));
    rows.set(epoch, epoch === 0 ? row : scaledRow(row.uid, [...row.uids], moved));
  }
  return rows;
}
