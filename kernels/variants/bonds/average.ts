import type { Matrix } from "../matrix.ts";

/** B_ij := a_ij n_ij + (1 - a_ij) B_ij: the weight a is that of the new bond. */
export function averageBonds(fresh: Matrix, rates: Matrix, bonds: Matrix): void {
  for (let at = 0; at < bonds.values.length; at++) {
    const rate = rates.values[at]!;
    bonds.values[at] = rate * fresh.values[at]! + (1 - rate) * bonds.values[at]!;
  }
}
