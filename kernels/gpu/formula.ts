import type { EpochHyperparameters } from "../epoch.ts";

/** Which bonds a compiled pipeline computes. spec/epoch.md 7.3 to 7.6. */
export type Formula =
  /** Yuma3 off. */
  | "original"
  /** Yuma3 with the fixed moving average. */
  | "fixed"
  /** Yuma3 with liquid alpha. */
  | "liquid";

/** The formula that a network's switches ask for. */
export function formulaOf({ yuma3, liquidAlpha }: EpochHyperparameters): Formula {
  if (!yuma3) return "original";
  return liquidAlpha ? "liquid" : "fixed";
}
