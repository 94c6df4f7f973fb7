import type { MetricDefinition } from "./definition.ts";

/**
 * M27, copy penalty: the part of its relative dividend rate that a copier loses by copying late,
 * `1 - G(delay) / G(no delay)`.
 *
 * @returns below 0 when the delay pays; `null` when the fresh copier earns nothing.
 */
export function copyPenalty(delayedRate: number, freshRate: number): number | null {
  return freshRate > 0 ? 1 - delayedRate / freshRate : null;
}

/** A copier with its delay in epochs and its relative dividend rate G (M23). */
export interface DelayedCopier {
  readonly delay: number;
  readonly rate: number;
}

/**
 * M27, the smallest delay with G below `bar`: 1 (copying pays less than work) or 1 - take (never pays).
 *
 * @returns a delay that was tried, or `null` when none is enough.
 */
export function smallestDelayBelow(copiers: readonly DelayedCopier[], bar: number): number | null {
  const delays = copiers.filter(({ rate }) => rate < bar).map(({ delay }) => delay);
  return delays.length === 0 ? null : delays.reduce((least, delay) => Math.min(least, delay));
}

export const COPY_PENALTY: MetricDefinition = {
  id: "M27",
  name: "Copy penalty",
  section: "Consensus quality and attacks",
  text: "The part of its relative dividend rate that a weight copier loses because it sees weights late, and the shortest delay at which copying pays less than honest work, or less than honest work after the take.",
  formula: "1 - G(delay d) / G(delay 0); min d with G < 1; min d with G < 1 - tau",
  units: ["ratio", "epochs", "epochs"],
  edges: "The fresh copier earns nothing: undefined. No delay that was tried is enough: undefined.",
  reference:
    '"Weight Copying in Bittensor" (Opentensor 2024); "Amplifying the Weight-copying Penalty in Bittensor" (Opentensor 2024)',
  inputs: "M23 of the copier in runs that differ in the delay (a sweep)",
  functions: { "copy-penalty.ts": ["copyPenalty", "smallestDelayBelow"] },
};
