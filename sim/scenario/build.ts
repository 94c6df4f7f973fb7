/** Scenarios that a program puts together instead of reading a file. */
import { join } from "node:path";
import { scenarioError } from "./error.ts";
import { extended } from "./economy/extend.ts";
import { loadAnyScenario, type LoadOptions, readScenarioFile } from "./load.ts";
import { applyOverride } from "./source/overrides.ts";
import { parseSetOption } from "./source/set-option.ts";
import type { Source, Tree } from "./source/tree.ts";
import { splitStudy } from "./study/members.ts";
import type { EconomyScenario } from "./economy/types.ts";
import type { ResolvedScenario } from "./types.ts";

/** How a scenario is built; `set` and `seed` as for one that is read. */
export interface BuildOptions extends Omit<LoadOptions, "tree"> {
  /** Name of the run, and of the place in errors. Default `scenario`. */
  readonly name?: string;
  /** Directory that relative paths in it start from. Default the current one. */
  readonly directory?: string;
}

/**
 * Checks and resolves a scenario that is given as a plain object with the members that a scenario file has.
 * @param value plain data: objects, lists, texts, numbers, bigints, booleans, null
 * @throws {ScenarioError} with the path of everything that is wrong
 */
export function buildScenario(
  value: object,
  { name = "scenario", directory = ".", set = [], ...options }: BuildOptions = {},
): ResolvedScenario | EconomyScenario {
  const given = treeOf(value, { name, directory }, "", new Set());
  const whole = extended(join(directory, name), given, readScenarioFile);
  const tree = set.map(parseSetOption).reduce(applyOverride, whole);
  return loadAnyScenario(`${name}.yaml`, { ...options, tree: splitStudy(tree).scenario });
}

function treeOf(value: unknown, source: Source, path: string, above: ReadonlySet<object>): Tree {
  const spot = { source, place: source.name };
  if (value === null || typeof value === "boolean" || typeof value === "bigint" || typeof value === "string")
    return { kind: "scalar", value, ...spot };
  // Whole numbers are exact, as in a file.
  if (typeof value === "number")
    return { kind: "scalar", value: Number.isSafeInteger(value) ? BigInt(value) : value, ...spot };
  if (typeof value !== "object")
    throw scenarioError(source.name, path, `found a ${typeof value}, which is no plain data`);
  if (above.has(value)) throw scenarioError(source.name, path, "holds itself");
  const inside = new Set([...above, value]);
  if (Array.isArray(value)) {
    const items = value.map((item, at) => treeOf(item, source, `${path}[${at}]`, inside));
    return { kind: "list", items, ...spot };
  }
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => {
      const inner = treeOf(member, source, path === "" ? key : `${path}.${key}`, inside);
      return [key, { keyPlace: source.name, value: inner }] as const;
    });
  return { kind: "mapping", members: new Map(members), ...spot };
}
