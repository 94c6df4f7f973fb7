import type { StrategyRegistry } from "../../agents/index.ts";
import type { ReportSettings } from "../../report-settings.ts";
import { ScenarioError } from "../error.ts";
import type { Tree } from "../source/tree.ts";
import { readWith } from "../schema/issues.ts";
import { SubnetContext } from "../subnet/context.ts";
import type { ScenarioInput } from "../types.ts";
import { moduleInputs, modulesOf } from "./modules.ts";
import { planEconomy } from "./plan.ts";
import { economyScenario, type EconomyText } from "./schema.ts";
import type { EconomyScenario } from "./types.ts";

/** What the parts that all scenarios share give to this one. */
export interface EconomySource {
  readonly name: string;
  readonly tree: Tree;
  /** Replaces the scenario's seed. */
  readonly seed: string | undefined;
  readonly registry: StrategyRegistry;
  readonly report: ReportSettings | null;
  /** The tree under each set of overrides of `compare:`. */
  readonly variations: (written: EconomyText) => readonly { readonly name: string; readonly tree: Tree }[];
  readonly toJson: (value: unknown) => EconomyScenario["canonical"];
}

/** Resolves a scenario of a whole network. @throws {ScenarioError} with everything that is wrong */
export function loadEconomy({
  name,
  tree,
  seed: own,
  registry,
  report,
  variations,
  toJson,
}: EconomySource): EconomyScenario {
  const written = readWith(economyScenario, tree);
  const seed = own ?? written.seed;
  const inputs = new Map<string, ScenarioInput>();
  const plans = variations(written).map((variation) => {
    try {
      return planEconomy(
        variation.name,
        readWith(economyScenario, variation.tree),
        seed,
        new SubnetContext(seed, variation.tree, [], inputs),
        registry,
      );
    } catch (error) {
      throw written.compare === undefined ? error : inComparison(error, variation.name);
    }
  });
  const modules = modulesOf(tree);
  return {
    kind: "economy",
    name,
    title: written.title,
    description: written.description ?? "",
    seed,
    protocol: written.protocol,
    canonical: toJson({ ...written, seed }),
    inputs: [...inputs.values(), ...moduleInputs(modules)],
    modules,
    ...(report !== null && { report }),
    plans,
  };
}

/** What is wrong may stand on a line that is right without the comparison's overrides. */
function inComparison(error: unknown, name: string): unknown {
  if (!(error instanceof ScenarioError)) return error;
  return new ScenarioError(
    error.problems.map((problem) => ({ ...problem, message: `${problem.message} (in comparison ${name})` })),
  );
}
