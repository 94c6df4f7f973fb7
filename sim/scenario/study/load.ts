import { scenarioError } from "../error.ts";
import { type LoadOptions, wholeTree } from "../load.ts";
import { readWith } from "../schema/issues.ts";
import type { Tree } from "../source/tree.ts";
import { splitStudy } from "./members.ts";
import { study, type StudyText } from "./schema.ts";

/** A scenario file as the base of many runs. */
export interface StudySource {
  readonly text: StudyText;
  /** The members that `text` was read from, for their places. */
  readonly tree: Tree;
  /** What is varied: the scenario itself. */
  readonly scenario: Tree;
}

/**
 * Reads what a scenario file says about families of runs; the scenario itself is not looked at.
 * @throws {ScenarioError} with file, line and column of everything that is wrong
 */
export function loadStudy(path: string, options: LoadOptions = {}): StudySource {
  const tree = wholeTree(path, options);
  if (tree.kind !== "mapping") throw scenarioError(tree.place, "", "is no mapping (key: value)");
  const parts = splitStudy(tree);
  return { text: readWith(study, parts.study), tree: parts.study, scenario: parts.scenario };
}
