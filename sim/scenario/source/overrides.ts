import { scenarioError } from "../error.ts";
import type { MappingTree, Member, Tree } from "./tree.ts";

/** A value and where in the scenario it goes. */
export interface Override {
  readonly path: readonly (string | number)[];
  readonly value: Tree;
  /** Where the override is written, for errors about its path. */
  readonly place: string;
}

/** Reads `subnets[0].hyperparameters.kappa`; undefined if that is no path. */
export function parsePath(text: string): readonly (string | number)[] | undefined {
  if (!/^[A-Za-z_][\w-]*(\[\d{1,9}\])*(\.[\w-]+(\[\d{1,9}\])*)*$/.test(text)) return undefined;
  return [...text.matchAll(/\[(\d+)\]|[\w-]+/g)].map((match) =>
    match[1] === undefined ? match[0] : Number(match[1]),
  );
}

/** Two members that say the same thing in two ways: setting one takes the other away. */
const RIVALS: readonly (readonly [string, string])[] = [
  ["import", "neurons"],
  ["neurons", "import"],
];

/** The tree with one part set; mappings on the way that do not exist yet are made. */
export function applyOverride(tree: Tree, { path, value, place }: Override): Tree {
  return set(tree, path, 0, value, place);
}

function set(
  tree: Tree,
  path: readonly (string | number)[],
  depth: number,
  value: Tree,
  place: string,
): Tree {
  const step = path[depth];
  if (step === undefined) return value;
  const shown = pathText(path.slice(0, depth));
  if (tree.kind === "list") {
    const item = typeof step === "number" ? tree.items[step] : undefined;
    if (item === undefined)
      throw scenarioError(
        place,
        pathText(path),
        `${shown} is a list of ${tree.items.length}; ${tree.items.length === 0 ? "set it whole" : `give an index, ${shown}[0] to ${shown}[${tree.items.length - 1}]`}`,
      );
    const items = tree.items.with(step as number, set(item, path, depth + 1, value, place));
    return { ...tree, items };
  }
  if (tree.kind === "scalar" && tree.value !== null)
    throw scenarioError(place, pathText(path), `${shown} is a single value and has no part ${String(step)}`);
  const key = String(step);
  const members = new Map(tree.kind === "mapping" ? tree.members : []);
  for (const [given, rival] of RIVALS) if (key === given) members.delete(rival);
  const old = members.get(key)?.value ?? emptyMapping(value, place);
  const member: Member = { keyPlace: place, value: set(old, path, depth + 1, value, place) };
  members.set(key, member);
  const { source, place: own } = tree;
  return { kind: "mapping", members, source, place: own };
}

function emptyMapping(value: Tree, place: string): MappingTree {
  return { kind: "mapping", members: new Map(), source: value.source, place };
}

function pathText(path: readonly (string | number)[]): string {
  return path
    .map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join("");
}
