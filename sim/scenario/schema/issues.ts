import type { z } from "zod";
import { formatPath, type Problem, ScenarioError } from "../error.ts";
import { didYouMean } from "../../nearest.ts";
import { closest, keyPlace, plainValue, type Tree } from "../source/tree.ts";
import { found } from "../units.ts";

/** Reads `tree` with `schema`; throws a ScenarioError with every problem and its line. */
export function readWith<T>(schema: z.ZodType<T>, tree: Tree): T {
  const result = schema.safeParse(plainValue(tree));
  if (result.success) return result.data;
  const problems = result.error.issues.flatMap((issue) => problemsOf(issue, tree));
  throw new ScenarioError(problems.sort(byPlace));
}

/** A file with more unknown keys than this has another problem than typing, and comparing them all takes seconds. */
const SUGGESTIONS = 100;

/** The order in which a reader of the file meets the problems; those of the command line keep theirs. */
function byPlace(a: Problem, b: Problem): number {
  const [first, second] = [a, b].map(({ place }) => /:(\d+):(\d+)$/.exec(place));
  if (!first || !second) return Number(Boolean(first)) - Number(Boolean(second));
  return Number(first[1]) - Number(second[1]) || Number(first[2]) - Number(second[2]);
}

function problemsOf(issue: z.core.$ZodIssue, tree: Tree): Problem[] {
  const { path } = issue;
  const place = closest(tree, path).place;
  if (issue.code === "unrecognized_keys") {
    // The message of this issue is the list of known keys: see mapping() in leaf.ts.
    const known = issue.message.split(", ");
    return issue.keys.map((key, index) => ({
      place: keyPlace(tree, path, key),
      path: formatPath([...path, key]),
      message: `unknown key; allowed here: ${issue.message}${index < SUGGESTIONS ? didYouMean(key, known) : ""}`,
    }));
  }
  if (issue.code === "invalid_key") {
    const key = String(path.at(-1));
    const reason = issue.issues[0]?.message ?? "wrong key";
    return [{ place: keyPlace(tree, path.slice(0, -1), key), path: formatPath(path), message: reason }];
  }
  return [{ place, path: formatPath(path), message: describe(issue, valueAt(tree, path)) }];
}

function describe(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.code === "invalid_type")
    return `${found(value)}; ${NEEDED[issue.expected] ?? issue.expected} is needed`;
  if (issue.code === "invalid_value")
    return `${found(value)}; allowed: ${issue.values.map(String).join(", ")}`;
  if (issue.code === "too_small") return "is empty; at least one entry is needed";
  return issue.message;
}

const NEEDED: Readonly<Record<string, string>> = {
  object: "a mapping (key: value)",
  record: "a mapping (key: value)",
  array: "a list",
  tuple: "a pair [target, weight]",
  string: "a text",
};

function valueAt(tree: Tree, path: readonly PropertyKey[]): unknown {
  let part: Tree | undefined = tree;
  for (const step of path) {
    if (part.kind === "mapping") part = part.members.get(String(step))?.value;
    else if (part.kind === "list") part = part.items[step as number];
    else return undefined;
    if (part === undefined) return undefined;
  }
  return plainValue(part);
}
