import { scenarioError } from "../error.ts";
import { type LoadOptions, wholeTree } from "../load.ts";
import { readWith } from "../schema/issues.ts";
import { child, type Tree } from "../source/tree.ts";
import { splitStudy } from "./members.ts";
import { study, type StudyText } from "./schema.ts";

/** A scenario file as the base of many runs. */
export interface StudySource {
  readonly text: StudyText;
  /** The members that `text` was read from, for their places. */
  readonly tree: Tree;
  /** What is varied: the scenario itself. */
  readonly scenario: Tree;
  /** Names of the metrics that the scenario has. */
  readonly metrics: readonly string[];
}

/** An economy has its metrics in the scenario itself, a scenario of one subnet among the members of the study. */
function metricNames(tree: Tree): string[] {
  const metrics = child(tree, "metrics");
  return metrics?.kind === "mapping" ? [...metrics.members.keys()] : [];
}

/**
 * Reads what a scenario file says about families of runs; the scenario itself is not looked at.
 * @throws {ScenarioError} with file, line and column of everything that is wrong
 */
export function loadStudy(path: string, options: LoadOptions = {}): StudySource {
  const tree = wholeTree(path, options);
  if (tree.kind !== "mapping") throw scenarioError(tree.place, "", "is no mapping (key: value)");
  const parts = splitStudy(tree);
  const metrics = metricNames(tree);
  return {
    text: readWith(study(metrics), parts.study),
    tree: parts.study,
    scenario: parts.scenario,
    metrics,
  };
}
