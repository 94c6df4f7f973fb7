import type { MetricDefinition } from "./definition.ts";

/** M75, where issued TAO can be, rao. */
export interface TaoBooks {
  readonly issued: bigint;
  /** In the pools of subnets. */
  readonly pools: bigint;
  /** Staked on root. */
  readonly root: bigint;
  /** Free and reserved balances of all accounts that are no pool. */
  readonly free: bigint;
  /** Taken out of circulation, where `issued` still counts it. */
  readonly recycled: bigint;
}

/** M75, solvency: issued TAO less all the places where it can be, rao. Anything but 0 is a fault; it is printed. */
export function solvencyResidual({ issued, pools, root, free, recycled }: TaoBooks): bigint {
  return issued - pools - root - free - recycled;
}

/** M75, the residual with the largest absolute value, the first of several; 0n without any. */
export function largestResidual(residuals: readonly bigint[]): bigint {
  const size = (amount: bigint): bigint => (amount < 0n ? -amount : amount);
  return residuals.reduce((worst, residual) => (size(residual) > size(worst) ? residual : worst), 0n);
}

export const SOLVENCY: MetricDefinition = {
  id: "M75",
  name: "Solvency",
  section: "Macro and health",
  text: "All TAO that was issued, less the TAO in pools, on root and in accounts and what was recycled. The difference must be 0 at every block, and it is printed.",
  formula: "issued - pools - root - free - recycled = 0; the largest over blocks",
  units: ["rao"],
  edges: "Exact: a difference of one rao shows.",
  reference: "the chain's books",
  inputs: "`blocks.conservation`, `blocks.balances`, `blocks.subnet_accounts`, `blocks.issuance`",
  functions: { "solvency.ts": ["solvencyResidual", "largestResidual"] },
};
