import type { WeightPairList, WeightRowMap } from "../schema/weights.ts";
import type { WeightRow } from "../types.ts";
import { Unfit } from "../units.ts";
import { maxUpscale } from "../upscale.ts";
import type { Neurons } from "./neurons.ts";

/** Turns a row as the scenario writes it into the row that the chain stores for validator `uid`. */
export function resolveRow(row: WeightRowMap | WeightPairList, uid: number, neurons: Neurons): WeightRow {
  return "row" in row
    ? storedRow(uid, mappedTargets(row, uid, neurons), neurons)
    : storedRow(
        uid,
        row.pairs.map(([target, weight]) => [neurons.uid(target), weight]),
        neurons,
      );
}

/** Scales targets and weights in the order given; refuses what the chain refuses (spec/weights.md 1, checks 4, 10, 11). */
export function storedRow(
  uid: number,
  targets: readonly (readonly [uid: number, weight: number])[],
  neurons: Neurons,
): WeightRow {
  if (targets.length > neurons.n)
    throw new Unfit(
      `the row has ${targets.length} entries; the subnet has ${neurons.n} neurons, so at most ${neurons.n}`,
    );
  const seen = new Set<number>();
  for (const [target] of targets) {
    if (seen.has(target))
      throw new Unfit(`uid ${target} (${neurons.list[target]!.label}) stands in the row twice`);
    seen.add(target);
  }
  return {
    uid,
    uids: Uint16Array.from(targets, ([target]) => target),
    values: maxUpscale(targets.map(([, weight]) => weight)),
    submitted: targets.map(([, weight]) => weight),
  };
}

/** Targets of a mapping by ascending uid. A group stands for its neurons but the validator; a single name wins over it. */
function mappedTargets(row: WeightRowMap, uid: number, neurons: Neurons): [uid: number, weight: number][] {
  const byGroup = new Map<number, number>();
  const single = new Map<number, number>();
  for (const [name, weight] of row.row) {
    if (neurons.isGroup(name)) {
      for (const target of neurons.uids(name)) if (target !== uid) byGroup.set(target, weight);
      continue;
    }
    const target = neurons.uid(name);
    if (single.has(target))
      throw new Unfit(`uid ${target} (${neurons.list[target]!.label}) stands in the row twice`);
    single.set(target, weight);
  }
  return [...new Map([...byGroup, ...single])].sort((a, b) => a[0] - b[0]);
}
