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

/** The rows of several validators that the scenario gives one row; those that get the same entries share their arrays. */
export function resolveRows(
  row: WeightRowMap | WeightPairList,
  uids: readonly number[],
  neurons: Neurons,
): WeightRow[] {
  // Only what a mapping says of a group depends on the validator, which does not weigh itself as one of it.
  const groups = "row" in row ? row.row.map(([name]) => name).filter((name) => neurons.isGroup(name)) : [];
  const own = new Set(groups.flatMap((name) => neurons.uids(name)));
  let shared: WeightRow | undefined;
  return uids.map((uid) => {
    if (own.has(uid)) return resolveRow(row, uid, neurons);
    shared ??= resolveRow(row, uid, neurons);
    return { ...shared, uid };
  });
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
  const seen = new Uint8Array(neurons.n);
  const uids = new Uint16Array(targets.length);
  for (let k = 0; k < targets.length; k++) {
    const target = targets[k]![0];
    if (seen[target] === 1)
      throw new Unfit(`uid ${target} (${neurons.list[target]!.label}) stands in the row twice`);
    seen[target] = 1;
    uids[k] = target;
  }
  const submitted = targets.map(([, weight]) => weight);
  return { uid, uids, values: maxUpscale(submitted), submitted };
}

/** Targets of a mapping by ascending uid. A group stands for its neurons but the validator; a single name wins over it. */
function mappedTargets(row: WeightRowMap, uid: number, neurons: Neurons): [uid: number, weight: number][] {
  const weightOf = new Float64Array(neurons.n).fill(NaN);
  const single = new Map<number, number>();
  for (const [name, weight] of row.row) {
    if (neurons.isGroup(name)) {
      for (const target of neurons.uids(name)) if (target !== uid) weightOf[target] = weight;
      continue;
    }
    const target = neurons.uid(name);
    if (single.has(target))
      throw new Unfit(`uid ${target} (${neurons.list[target]!.label}) stands in the row twice`);
    single.set(target, weight);
  }
  for (const [target, weight] of single) weightOf[target] = weight;
  const targets: [uid: number, weight: number][] = [];
  for (let target = 0; target < weightOf.length; target++)
    if (!Number.isNaN(weightOf[target])) targets.push([target, weightOf[target]!]);
  return targets;
}
