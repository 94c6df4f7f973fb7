/** `extends:` a scenario that takes over what it does not say itself from another one. */
import { quoted } from "../units.ts";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { ScenarioError, scenarioError } from "../error.ts";
import type { MappingTree, Member, Tree } from "../source/tree.ts";

const LONGEST_CHAIN = 16;

/**
 * The scenario with everything it is based on. Mappings are merged key by key (a key without a value takes it away), anything else
 * is replaced as a whole; each value keeps its own file and line.
 * @param read reads a scenario file
 */
export function extended(path: string, tree: Tree, read: (path: string) => Tree): Tree {
  let result = tree;
  let current = tree;
  let directory = dirname(path);
  const seen = [resolve(path)];
  for (;;) {
    const member = current.kind === "mapping" ? current.members.get("extends") : undefined;
    if (member === undefined) return withoutKey(result, "extends");
    const { value } = member;
    if (value.kind !== "scalar" || typeof value.value !== "string" || value.value === "")
      throw scenarioError(value.place, "extends", "the path of a scenario is needed");
    const base = isAbsolute(value.value) ? value.value : join(directory, value.value);
    if (seen.includes(resolve(base)))
      throw scenarioError(
        value.place,
        "extends",
        `${quoted(value.value)} is based on this scenario again: a circle of ${seen.length} ${seen.length === 1 ? "file" : "files"}`,
      );
    if (seen.length >= LONGEST_CHAIN)
      throw scenarioError(
        value.place,
        "extends",
        `more than ${LONGEST_CHAIN} scenarios are based on one another`,
      );
    seen.push(resolve(base));
    try {
      current = read(base);
    } catch (error) {
      throw placed(error, value.place);
    }
    directory = dirname(base);
    result = merged(current, result);
  }
}

/** What is wrong with a file as a whole is said of the line that names it. */
function placed(error: unknown, place: string): unknown {
  if (!(error instanceof ScenarioError) || error.problems.some((problem) => /:\d+:\d+$/.test(problem.place)))
    return error;
  const [problem] = error.problems;
  const message = problem?.message ?? "cannot be read";
  return scenarioError(place, "extends", message.startsWith("there is no") ? message : `the file ${message}`);
}

function merged(base: Tree, over: Tree): Tree {
  if (base.kind !== "mapping" || over.kind !== "mapping") return over;
  const members = new Map<string, Member>(base.members);
  for (const [key, member] of over.members) {
    if (member.value.kind === "scalar" && member.value.value === null) {
      members.delete(key);
      continue;
    }
    const below = members.get(key);
    members.set(
      key,
      below === undefined ? member : { keyPlace: member.keyPlace, value: merged(below.value, member.value) },
    );
  }
  return { ...over, members };
}

function withoutKey(tree: Tree, key: string): Tree {
  if (tree.kind !== "mapping" || !tree.members.has(key)) return tree;
  const members = new Map(tree.members);
  members.delete(key);
  return { ...tree, members } satisfies MappingTree;
}
