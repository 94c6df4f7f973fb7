/** Which of the two kinds a scenario is. */
import type { EconomyScenario } from "./economy/types.ts";
import { child, type Tree } from "./source/tree.ts";

/** Whether what is written is a scenario of a whole network. */
export const isEconomyTree = (tree: Tree): boolean => child(tree, "network") !== undefined;

/** Whether a scenario is one of a whole economy rather than of one subnet. */
export const isEconomy = (scenario: object): scenario is EconomyScenario => "kind" in scenario;
