/** Scenarios of one subnet; nothing here knows of whole economies, whose rules take long to load. */
import { basename, extname } from "node:path";
import type { JsonObject, JsonValue } from "../json.ts";
import { ScenarioError, scenarioError } from "./error.ts";
import { readReport } from "./report/load.ts";
import { readWith } from "./schema/issues.ts";
import { type Scenario, scenario as scenarioSchema } from "./schema/scenario.ts";
import { applyOverride, type Override, parsePath } from "./source/overrides.ts";
import { closest, type Tree } from "./source/tree.ts";
import { splitStudy } from "./study/members.ts";
import { type Seedless, SubnetContext } from "./subnet/context.ts";
import { planSubnet, subnetNeurons } from "./subnet/plan.ts";
import type { ResolvedScenario, ScenarioInput, SubnetPlan, VariantPlan } from "./types.ts";

/** What decides a scenario with its seed, before it has been worked out. */
export type ScenarioOutline = Pick<ResolvedScenario, "canonical" | "inputs" | "epochs"> & {
  readonly comparisons: readonly (Pick<SubnetPlan, "comparison" | "n"> & {
    readonly variant?: Pick<VariantPlan, "choice">;
  })[];
};

/** A scenario that was read, for as many seeds as wanted; without one it is the scenario's own. */
export interface ReadScenario<Outline, Resolved> {
  /**
   * Finds everything that is wrong but for what a draw of this very seed makes wrong, and leaves out what only a run needs.
   * @throws {ScenarioError}
   */
  outline(seed?: string): Outline;
  /** @throws {ScenarioError} for everything that is wrong */
  resolve(seed?: string): Resolved;
}

export type ReadSubnetScenario = ReadScenario<ScenarioOutline, ResolvedScenario>;

/**
 * Reads and checks a scenario of one subnet.
 * @param whole the file, or what of it decides a run
 * @throws {ScenarioError} with file, line and column of everything that is wrong
 */
export function readSubnetScenario(path: string, whole: Tree): ReadSubnetScenario {
  const { scenario: tree } = splitStudy(whole);
  const report = readReport(whole);
  const written = readWith(scenarioSchema, tree);
  const canonical = toJson(written) as JsonObject;
  let varied: readonly (Variation & { readonly seedless: Seedless })[] | undefined;
  const opened = (given: string | undefined) => {
    const seed = checkedSeed(given) ?? written.seed;
    const inputs = new Map<string, ScenarioInput>();
    varied ??= Array.from(variations(tree, written), (variation) => ({
      ...variation,
      seedless: new WeakMap(),
    }));
    const comparisons = Array.from(varied, ({ name, tree: own, scenario, seedless }) => {
      const context = new SubnetContext(seed, own, ["subnets", 0], inputs, seedless);
      const subnet = scenario.subnets[0]!;
      const frame = { comparison: name, variant: scenario.variant ?? undefined };
      return { frame, subnet, parts: subnetNeurons(subnet, scenario.epochs, context) };
    });
    const common = {
      canonical: { ...canonical, seed },
      inputs: [...inputs.values()],
      epochs: written.epochs,
    };
    return { seed, comparisons, common };
  };
  const outlineOf = (given: string | undefined): ScenarioOutline => {
    const { comparisons, common } = opened(given);
    return {
      ...common,
      comparisons: comparisons.map(({ frame: { comparison, variant }, parts }) => ({
        comparison,
        n: parts.neurons.n,
        ...(variant !== undefined && { variant: { choice: variant } }),
      })),
    };
  };
  /** With the scenario's own seed; null = something is wrong, and it may be one of its draws. */
  let own: ScenarioOutline | null | undefined;
  return {
    outline: (given) => {
      const seed = checkedSeed(given);
      if (own === undefined)
        try {
          own = outlineOf(undefined);
        } catch (error) {
          if (!(error instanceof ScenarioError)) throw error;
          own = null;
        }
      if (own === null) return outlineOf(given);
      return seed === undefined ? own : { ...own, canonical: { ...canonical, seed } };
    },
    resolve: (given) => {
      const { seed, comparisons, common } = opened(given);
      return {
        name: scenarioName(path),
        title: written.title,
        description: written.description ?? "",
        seed,
        protocol: written.protocol,
        ...common,
        ...(report !== null && { report }),
        comparisons: Array.from(comparisons, ({ frame, subnet, parts }) => planSubnet(frame, subnet, parts)),
      };
    },
  };
}

/** The seed that replaces a scenario's own. @throws {ScenarioError} when it is empty */
export function checkedSeed(seed: string | undefined): string | undefined {
  if (seed === "") throw scenarioError("--seed", "", "found an empty text; give a seed, for example 7");
  return seed;
}

interface Variation {
  readonly name: string;
  readonly tree: Tree;
  readonly scenario: Scenario;
}

/** The scenario under each set of overrides of `compare:`, or alone. */
function variations(tree: Tree, written: Scenario): Variation[] {
  if (written.compare === undefined) return [{ name: "base", tree, scenario: written }];
  return written.compare.map(({ name }, index) => {
    const own = overridesOf(tree, index).reduce(applyOverride, tree);
    return { name, tree: own, scenario: readWith(scenarioSchema, own) };
  });
}

/** The overrides of one comparison, as the tree has them, so that errors point at their lines. */
export function overridesOf(tree: Tree, index: number): Override[] {
  const set = closest(tree, ["compare", index, "set"]);
  if (set.kind !== "mapping") return [];
  return [...set.members].map(([path, member]) => ({
    path: parsePath(path)!,
    value: member.value,
    place: member.keyPlace,
  }));
}

/** Lower-case words and hyphens of the file's name without its ending. */
export function scenarioName(path: string): string {
  const stem = basename(path, extname(path)).toLowerCase();
  return stem.replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-+|-+$/g, "") || "scenario";
}

/** What was read, as JSON: 64-bit integers as decimal strings, absent members left out. */
export function toJson(value: unknown): JsonValue {
  if (typeof value === "bigint") return String(value);
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  if (Array.isArray(value)) return value.map(toJson);
  const members = Object.entries(value as Record<string, unknown>).filter(
    ([, member]) => member !== undefined,
  );
  return Object.fromEntries(members.map(([key, member]) => [key, toJson(member)]));
}
