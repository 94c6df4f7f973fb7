import type { EvalFamily } from "../family.ts";

/** What the list of families shows, and how one is loaded. A new family is one file and one entry here. */
export interface FamilyEntry {
  readonly name: string;
  readonly description: string;
  load(): Promise<EvalFamily>;
}

/** All families by name, in the order in which help lists them. */
export const FAMILIES: readonly FamilyEntry[] = [
  {
    name: "epoch",
    description: "one epoch of one subnet (golden/epoch.md)",
    load: async () => (await import("./epoch.ts")).EPOCH_FAMILY,
  },
  {
    name: "variant",
    description: "a case of stakes and weights under one Yuma formula (golden/yuma-simulation.md)",
    load: async () => (await import("./variant.ts")).VARIANT_FAMILY,
  },
];
