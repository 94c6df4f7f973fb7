/**
 * A scenario as it was written: values that know where they stand. Overrides replace parts of the tree, and an error
 * about any part finds its line, whether it came from the file or from the command line.
 */

/** Where text came from. */
export interface Source {
  /** The file as the user named it, or `--set path=value`. */
  readonly name: string;
  /** The directory that relative paths written in it start from. */
  readonly directory: string;
}

interface Spot {
  readonly source: Source;
  /** `file:line:column`, or the source's name. */
  readonly place: string;
}

export interface ScalarTree extends Spot {
  readonly kind: "scalar";
  readonly value: null | boolean | number | bigint | string;
}

export interface ListTree extends Spot {
  readonly kind: "list";
  readonly items: readonly Tree[];
}

export interface MappingTree extends Spot {
  readonly kind: "mapping";
  readonly members: ReadonlyMap<string, Member>;
}

export interface Member {
  readonly keyPlace: string;
  readonly value: Tree;
}

/** Parts that were written once and used by alias are shared, not copied. */
export type Tree = ScalarTree | ListTree | MappingTree;

/** The member or item of `tree` under one step of a path. */
export function child(tree: Tree, step: PropertyKey): Tree | undefined {
  if (tree.kind === "mapping") return tree.members.get(String(step))?.value;
  if (tree.kind === "list") return typeof step === "number" ? tree.items[step] : undefined;
  return undefined;
}

/** The deepest part of `tree` that lies on `path`. */
export function closest(tree: Tree, path: readonly PropertyKey[]): Tree {
  let part = tree;
  for (const step of path) {
    const next = child(part, step);
    if (next === undefined) return part;
    part = next;
  }
  return part;
}

/** Where the key `key` of the mapping at `path` is written. */
export function keyPlace(tree: Tree, path: readonly PropertyKey[], key: string): string {
  const parent = closest(tree, path);
  const member = parent.kind === "mapping" ? parent.members.get(key) : undefined;
  return member?.keyPlace ?? parent.place;
}

/** The plain value: objects, arrays, and integers as bigint. */
export function plainValue(tree: Tree): unknown {
  if (tree.kind === "scalar") return tree.value;
  if (tree.kind === "list") return tree.items.map(plainValue);
  return Object.fromEntries([...tree.members].map(([key, member]) => [key, plainValue(member.value)]));
}
