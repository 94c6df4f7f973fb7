import type { SubnetRun } from "./subnet-run.ts";

/** Subnet runs that a chart shows once, because what it shows is the same in all of them. */
export interface SubnetGroup {
  /** "base", or "yuma3-off and yuma3-on". */
  readonly label: string;
  readonly subnets: readonly SubnetRun[];
  /** The first of them: any would do. */
  readonly subnet: SubnetRun;
}

/**
 * Groups runs whose values are equal to the bit, in the order of their first member, so that a chart does not draw
 * the same picture twice and says that it is the same.
 */
export function groupEqual(
  subnets: readonly SubnetRun[],
  values: (subnet: SubnetRun) => readonly (ArrayLike<bigint> | ArrayLike<number>)[],
): SubnetGroup[] {
  const groups: SubnetRun[][] = [];
  for (const subnet of subnets) {
    const same = groups.find(
      (group) => sameHotkeys(group[0]!, subnet) && equalColumns(values(group[0]!), values(subnet)),
    );
    if (same) same.push(subnet);
    else groups.push([subnet]);
  }
  return groups.map((group) => ({
    label: joinLabels(group.map((subnet) => subnet.label)),
    subnets: group,
    subnet: group[0]!,
  }));
}

/** Indices of at most `limit` epochs, evenly spread, the first and the last among them. */
export function sampleIndices(count: number, limit: number): number[] {
  if (count <= limit) return Array.from({ length: count }, (_, i) => i);
  return Array.from({ length: limit }, (_, i) => Math.round((i * (count - 1)) / (limit - 1)));
}

/** The `limit` uids with the largest score, largest first; ties by uid. Uids with score 0 are left out. */
export function topUids(uids: readonly number[], score: (uid: number) => number, limit: number): number[] {
  return [...uids]
    .filter((uid) => score(uid) > 0)
    .sort((a, b) => score(b) - score(a) || a - b)
    .slice(0, limit);
}

function joinLabels(labels: readonly string[]): string {
  if (labels.length < 3) return labels.join(" and ");
  return `${labels.slice(0, -1).join(", ")} and ${labels.at(-1)}`;
}

function sameHotkeys(a: SubnetRun, b: SubnetRun): boolean {
  return (
    a.epochs.length === b.epochs.length &&
    a.hotkeys.length === b.hotkeys.length &&
    a.hotkeys.every((hotkey, uid) => hotkey === b.hotkeys[uid])
  );
}

function equalColumns(
  a: readonly (ArrayLike<bigint> | ArrayLike<number>)[],
  b: readonly (ArrayLike<bigint> | ArrayLike<number>)[],
): boolean {
  return a.every((column, i) => equalValues(column, b[i]!));
}

function equalValues(a: ArrayLike<bigint | number>, b: ArrayLike<bigint | number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
