import { dirname } from "node:path";
import { StrategyRegistry } from "../agents/index.ts";
import { extended } from "./economy/extend.ts";
import { loadEconomy } from "./economy/load.ts";
import { modulesOf } from "./economy/modules.ts";
import type { EconomyScenario, StrategyModule } from "./economy/types.ts";
import { scenarioError } from "./error.ts";
import { isEconomyTree } from "./kind.ts";
import {
  checkedSeed,
  overridesOf,
  type ReadScenario,
  type ReadSubnetScenario,
  readSubnetScenario,
  scenarioName,
  toJson,
} from "./load-subnet.ts";
import { readReport } from "./report/load.ts";
import { applyOverride } from "./source/overrides.ts";
import { decodeText, readInputFile } from "./source/read-file.ts";
import { readYaml } from "./source/read-yaml.ts";
import { parseSetOption } from "./source/set-option.ts";
import type { Tree } from "./source/tree.ts";
import { splitStudy } from "./study/members.ts";
import type { ResolvedScenario } from "./types.ts";

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
  const whole = options.tree ?? wholeTree(path, options);
  if (isEconomyTree(whole))
    throw scenarioError(
      whole.place,
      "network",
      "is a scenario of a whole network; one of a single subnet is needed here",
    );
  return readSubnetScenario(path, whole).resolve(options.seed);
}

/**
 * Reads, checks and resolves a scenario of either kind: with the key `network` it is one of a whole economy.
 * @throws {ScenarioError} with file, line and column of everything that is wrong
 */
export function loadAnyScenario(path: string, options: LoadOptions = {}): ResolvedScenario | EconomyScenario {
  return readAnyScenario(path, options).resolve(options.seed);
}

export type ReadEconomy = ReadScenario<EconomyScenario, EconomyScenario>;

/**
 * Reads and checks a scenario of either kind.
 * @throws {ScenarioError} with file, line and column of everything that is wrong
 */
export function readAnyScenario(
  path: string,
  options: Omit<LoadOptions, "seed"> = {},
): ReadSubnetScenario | ReadEconomy {
  const whole = options.tree ?? wholeTree(path, options);
  if (!isEconomyTree(whole)) return readSubnetScenario(path, whole);
  const { scenario: tree } = splitStudy(whole);
  const report = readReport(whole);
  const resolve = (seed?: string): EconomyScenario =>
    loadEconomy({
      name: scenarioName(path),
      tree,
      report,
      seed: checkedSeed(seed),
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
  return { outline: resolve, resolve };
}

/** Modules of strategies that a scenario file names; none in a scenario of one subnet. */
export function strategyModules(path: string, options: LoadOptions): StrategyModule[] {
  const tree = scenarioTree(path, options);
  return isEconomyTree(tree) ? modulesOf(tree) : [];
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
