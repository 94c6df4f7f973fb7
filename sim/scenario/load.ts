import { basename, dirname, extname } from "node:path";
import { StrategyRegistry } from "../agents/index.ts";
import type { JsonValue } from "../json.ts";
import { extended } from "./economy/extend.ts";
import { isEconomyTree, loadEconomy } from "./economy/load.ts";
import { modulesOf } from "./economy/modules.ts";
import type { EconomyScenario, StrategyModule } from "./economy/types.ts";
import { scenarioError } from "./error.ts";
import type { ReportSettings } from "../report-settings.ts";
import { readReport } from "./report/load.ts";
import { readWith } from "./schema/issues.ts";
import { type Scenario, scenario as scenarioSchema } from "./schema/scenario.ts";
import { applyOverride, type Override, parsePath, parseSetOption } from "./source/overrides.ts";
import { decodeText, readInputFile } from "./source/read-file.ts";
import { readYaml } from "./source/read-yaml.ts";
import { closest, type Tree } from "./source/tree.ts";
import { splitStudy } from "./study/members.ts";
import { SubnetContext } from "./subnet/context.ts";
import { planSubnet } from "./subnet/plan.ts";
import type { ResolvedScenario, ScenarioInput } from "./types.ts";

/** A scenario is written by hand; tables belong into files beside it. */
const LARGEST_SCENARIO = 2 * 1024 * 1024;

/** How a scenario is read. */
export interface LoadOptions {
  /** Replaces the scenario's seed. */
  readonly seed?: string;
  /** Overrides `path=value`, applied in this order; values are YAML. */
  readonly set?: readonly string[];
  /** The scenario, already read, instead of the file; `set` has no effect on it. */
  readonly tree?: Tree;
  /** Strategies that economy scenarios can name; without it the built-in ones. */
  readonly strategies?: StrategyRegistry;
}

/**
 * Reads, checks and resolves a scenario of one subnet. All randomness is drawn here, from streams named after the seed.
 * @param path the scenario file
 * @throws {ScenarioError} with file, line and column of everything that is wrong
 */
export function loadScenario(path: string, options: LoadOptions = {}): ResolvedScenario {
  const { tree, report } = partsOf(path, options);
  if (isEconomyTree(tree))
    throw scenarioError(
      tree.place,
      "network",
      "is a scenario of a whole network; one of a single subnet is needed here",
    );
  return loadSubnetScenario(path, tree, report, options);
}

/**
 * Reads, checks and resolves a scenario of either kind: with the key `network` it is one of a whole economy.
 * @throws {ScenarioError} with file, line and column of everything that is wrong
 */
export function loadAnyScenario(path: string, options: LoadOptions = {}): ResolvedScenario | EconomyScenario {
  const { tree, report } = partsOf(path, options);
  if (!isEconomyTree(tree)) return loadSubnetScenario(path, tree, report, options);
  return loadEconomy({
    name: scenarioName(path),
    tree,
    report,
    seed: checkedSeed(options.seed),
    registry: options.strategies ?? new StrategyRegistry(),
    variations: ({ compare }) =>
      compare === undefined
        ? [{ name: "base", tree }]
        : compare.map(({ name }, index) => ({
            name,
            tree: overridesOf(tree, index).reduce(applyOverride, tree),
          })),
    toJson,
  });
}

/** Modules of strategies that a scenario file names; none in a scenario of one subnet. */
export function strategyModules(path: string, options: LoadOptions): StrategyModule[] {
  const tree = scenarioTree(path, options);
  return isEconomyTree(tree) ? modulesOf(tree) : [];
}

/** Whether a scenario is one of a whole economy. */
export const isEconomy = (scenario: ResolvedScenario | EconomyScenario): scenario is EconomyScenario =>
  "kind" in scenario;

/** What decides a run, and what is said about its report. */
function partsOf(
  path: string,
  options: LoadOptions,
): { readonly tree: Tree; readonly report: ReportSettings | null } {
  const whole = options.tree ?? wholeTree(path, options);
  return { tree: splitStudy(whole).scenario, report: readReport(whole) };
}

/** What decides a run: a scenario file without what it says about families of runs. */
export function scenarioTree(path: string, options: LoadOptions): Tree {
  return options.tree ?? splitStudy(wholeTree(path, options)).scenario;
}

/** A scenario file with everything that it extends, under the overrides of the options. */
export function wholeTree(path: string, { set = [] }: LoadOptions): Tree {
  const tree = extended(path, readScenarioFile(path), readScenarioFile);
  return set.map(parseSetOption).reduce(applyOverride, tree);
}

function checkedSeed(seed: string | undefined): string | undefined {
  if (seed === "") throw scenarioError("--seed", "", "found an empty text; give a seed, for example 7");
  return seed;
}

function loadSubnetScenario(
  path: string,
  tree: Tree,
  report: ReportSettings | null,
  options: LoadOptions,
): ResolvedScenario {
  const written = readWith(scenarioSchema, tree);
  const seed = checkedSeed(options.seed) ?? written.seed;
  const inputs = new Map<string, ScenarioInput>();
  const comparisons = variations(tree, written).map(({ name, tree: own, scenario }) =>
    planSubnet(
      { comparison: name, epochs: scenario.epochs, variant: scenario.variant ?? undefined },
      scenario.subnets[0]!,
      new SubnetContext(seed, own, ["subnets", 0], inputs),
    ),
  );
  return {
    name: scenarioName(path),
    title: written.title,
    description: written.description ?? "",
    seed,
    protocol: written.protocol,
    epochs: written.epochs,
    canonical: toJson({ ...written, seed }),
    inputs: [...inputs.values()],
    ...(report !== null && { report }),
    comparisons,
  };
}

/** Reads one scenario file, without what it extends. */
export function readScenarioFile(path: string): Tree {
  const { bytes } = readInputFile(
    path,
    path,
    "",
    LARGEST_SCENARIO,
    "; put large tables into files beside it",
  );
  const text = decodeText(bytes);
  if (text === undefined) throw scenarioError(path, "", "is no UTF-8 text");
  const tree = readYaml(text, { name: path, directory: dirname(path) }, true);
  if (tree.kind === "scalar" && tree.value === null)
    throw scenarioError(path, "", "is empty; `yumasim init` writes a scenario to start from");
  return tree;
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
function overridesOf(tree: Tree, index: number): Override[] {
  const set = closest(tree, ["compare", index, "set"]);
  if (set.kind !== "mapping") return [];
  return [...set.members].map(([path, member]) => ({
    path: parsePath(path)!,
    value: member.value,
    place: member.keyPlace,
  }));
}

/** Lower-case words and hyphens of the file's name without its ending. */
function scenarioName(path: string): string {
  const stem = basename(path, extname(path)).toLowerCase();
  return stem.replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-+|-+$/g, "") || "scenario";
}

/** What was read, as JSON: 64-bit integers as decimal strings, absent members left out. */
function toJson(value: unknown): JsonValue {
  if (typeof value === "bigint") return String(value);
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  if (Array.isArray(value)) return value.map(toJson);
  const members = Object.entries(value as Record<string, unknown>).filter(
    ([, member]) => member !== undefined,
  );
  return Object.fromEntries(members.map(([key, member]) => [key, toJson(member)]));
}
