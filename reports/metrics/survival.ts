import type { Amounts } from "./amounts.ts";
import type { MetricDefinition } from "./definition.ts";

/** M32, one registration of a UID. */
export interface Lifetime {
  /** Blocks from registration to deregistration, or to the end of the run. */
  readonly blocks: number;
  /** Whether it was deregistered; false when the run ended first (censored). */
  readonly ended: boolean;
}

/** A step of the survival curve: from `blocks` on, `survival` of all are still registered. */
export interface SurvivalStep {
  readonly blocks: number;
  readonly survival: number;
  /** Registered just before the step. */
  readonly atRisk: number;
  /** Deregistered at the step. */
  readonly ended: number;
}

/**
 * M32, Kaplan-Meier survival: `S(t) = prod over t_i <= t of (1 - d_i / n_i)`. A registration that is censored at a
 * step was at risk there.
 *
 * @returns a step per time at which some were deregistered, ascending.
 */
export function survivalCurve(lifetimes: readonly Lifetime[]): SurvivalStep[] {
  const sorted = [...lifetimes].sort((a, b) => a.blocks - b.blocks);
  const steps: SurvivalStep[] = [];
  let survival = 1;
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    const { blocks } = sorted[from]!;
    let ended = 0;
    for (; to < sorted.length && sorted[to]!.blocks === blocks; to++) if (sorted[to]!.ended) ended++;
    if (ended === 0) continue;
    const atRisk = sorted.length - from;
    survival *= 1 - ended / atRisk;
    steps.push({ blocks, survival, atRisk, ended });
  }
  return steps;
}

/** M32, median survival in blocks: the first step at or below one half; `null` when the curve does not come to it. */
export function medianSurvival(steps: readonly SurvivalStep[]): number | null {
  return steps.find(({ survival }) => survival <= 0.5)?.blocks ?? null;
}

/**
 * M32, hazard just after immunity: of those that were registered when immunity ended, the part that was deregistered in
 * the `window` blocks after it.
 *
 * @returns a number in [0, 1], or `null` when nobody reached the end of immunity.
 */
export function hazardAfter(lifetimes: readonly Lifetime[], immunity: number, window: number): number | null {
  const atRisk = lifetimes.filter(({ blocks }) => blocks >= immunity);
  if (atRisk.length === 0) return null;
  return atRisk.filter(({ blocks, ended }) => ended && blocks < immunity + window).length / atRisk.length;
}

/** M32, share never paid: registrations without any emission over all; `null` when there are none. */
export function shareNeverPaid(paid: Amounts): number | null {
  if (paid.length === 0) return null;
  let never = 0;
  for (let i = 0; i < paid.length; i++) if (paid[i] === 0n) never++;
  return never / paid.length;
}

export const SURVIVAL: MetricDefinition = {
  id: "M32",
  name: "Miner life table",
  section: "Consensus quality and attacks",
  text: "How long miners keep their UID: the part that is still registered so many blocks after registration, the median, the part that falls just after immunity ends, and the part that was never paid. Registrations that outlive the run are counted as at risk until its end.",
  formula:
    "S(t) = prod_{t_i <= t} (1 - d_i / n_i); first t with S <= 1/2; ended in [immunity, immunity + window) / registered at immunity; registrations without emission / all",
  units: ["ratio", "blocks", "ratio", "ratio"],
  edges:
    "No registrations: undefined. The curve does not come to one half: no median. No one reached immunity: no hazard.",
  reference: "Kaplan and Meier 1958",
  inputs:
    "a UID's `neurons.hotkey` changes from one epoch to the next when it goes to another miner (of subnets that `trace: neurons` names); `neurons.emission`",
  functions: { "survival.ts": ["survivalCurve", "medianSurvival", "hazardAfter", "shareNeverPaid"] },
};
