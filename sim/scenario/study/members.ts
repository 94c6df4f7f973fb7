import { child, type MappingTree, type Tree } from "../source/tree.ts";

/** What a scenario file says about its report. */
export const REPORT_MEMBER = "report";

/** What a scenario file says about families of runs; a single run does not depend on it. */
export const STUDY_MEMBERS = ["sweep", "optimise", "check", "experiment"] as const;

/** The same for a scenario of one subnet, whose metrics are read from its trace. */
export const SUBNET_STUDY_MEMBERS = [...STUDY_MEMBERS, "metrics", "expect"] as const;

/** A scenario file in two parts. */
export interface SplitTree {
  /** What decides a run. */
  readonly scenario: Tree;
  /** What is said about many runs. */
  readonly study: Tree;
}

/** Takes the members about families of runs out of a scenario. */
export function splitStudy(tree: Tree): SplitTree {
  if (tree.kind !== "mapping")
    return { scenario: tree, study: { ...tree, kind: "mapping", members: new Map() } };
  const isEconomy = child(tree, "network") !== undefined;
  const names: ReadonlySet<string> = new Set(isEconomy ? STUDY_MEMBERS : SUBNET_STUDY_MEMBERS);
  return {
    // How a run is shown does not decide it, either.
    scenario: only(tree, (name) => !names.has(name) && name !== REPORT_MEMBER),
    study: only(tree, (name) => names.has(name)),
  };
}

function only(tree: MappingTree, wanted: (name: string) => boolean): MappingTree {
  return { ...tree, members: new Map([...tree.members].filter(([name]) => wanted(name))) };
}
