/** How strongly an outcome of a sweep follows what is varied. */
import { spearman } from "../../metrics/correlation.ts";
import {
  elasticity,
  FEWEST_REPLICAS,
  type Interval,
  pairedDifference,
  type Sensitivity,
} from "../../metrics/uncertainty.ts";
import { type Axis, centreOf, type Outcome, pointAt, type SweepStudy } from "./study.ts";

/** What the outcome does when one axis moves from the centre to the next value, all others staying. */
export interface Step extends Sensitivity {
  /** `(dM / M) / (dp / p)`; null where either starts from 0. */
  readonly elasticity: number | null;
  /** 95 % interval of the elasticity, from the differences seed by seed; null below five replicas. */
  readonly interval: Interval | null;
}

/** The steps down and up of one axis from the centre. */
export interface AxisSensitivity {
  readonly axis: Axis;
  readonly down: Step | null;
  readonly up: Step | null;
}

/** One-at-a-time elasticities around the centre, the strongest axis first; axes of labels have none. */
export function elasticities(study: SweepStudy, outcome: Outcome): AxisSensitivity[] {
  const centre = centreOf(study);
  const from = pointAt(study, centre);
  if (from === null) return [];
  const step = (position: number, side: -1 | 1): Step | null => {
    const { levels, label } = study.axes[position]!;
    const level = centre[position]! + side;
    const to = pointAt(
      study,
      centre.map((own, k) => (k === position ? level : own)),
    );
    const [start, end] = [levels[centre[position]!]?.number, levels[level]?.number];
    if (to === null || typeof start !== "number" || typeof end !== "number") return null;
    const [before, after] = [outcome.summaries[from]!.mean, outcome.summaries[to]!.mean];
    if (before === null || after === null) return null;
    const sensitivity = { parameter: label, from: start, to: end, outcomeFrom: before, outcomeTo: after };
    const strength = elasticity(sensitivity);
    const { interval } = pairedDifference(outcome.values[from]!, outcome.values[to]!);
    const scale = 1 / before / ((end - start) / start);
    const ends = interval && [interval.low * scale, interval.high * scale];
    return {
      ...sensitivity,
      elasticity: strength,
      interval:
        strength === null || ends === null ? null : { low: Math.min(...ends), high: Math.max(...ends) },
    };
  };
  return study.axes
    .map((axis, position) => ({ axis, down: step(position, -1), up: step(position, 1) }))
    .filter(({ axis }) => axis.kind === "numbers")
    .sort((a, b) => strengthOf(b) - strengthOf(a));
}

/** The larger of the two elasticities, without its sign; below 0 where there is none. */
export function strengthOf({ down, up }: AxisSensitivity): number {
  return Math.max(
    ...[down, up].map((step) => (step === null || step.elasticity === null ? -1 : Math.abs(step.elasticity))),
  );
}

/** Spearman's rank correlation of an outcome with a parameter over all points. */
export interface RankCorrelation {
  readonly axis: Axis;
  /** Points that have both. */
  readonly points: number;
  /** Null where one of them does not vary. */
  readonly correlation: number | null;
  /** 95 % interval by Fisher's z with the standard error of Bonett and Wright (2000); null below five points. */
  readonly interval: Interval | null;
}

/** Rank correlations, the strongest first; axes of labels have none. */
export function rankCorrelations({ axes }: SweepStudy, { summaries }: Outcome): RankCorrelation[] {
  return axes
    .filter(({ kind }) => kind === "numbers")
    .map((axis) => {
      const pairs = summaries.flatMap(({ mean }, point) =>
        mean === null ? [] : [[axis.levels[axis.levelOf[point]!]!.number!, mean] as const],
      );
      const correlation = spearman(
        pairs.map(([x]) => x),
        pairs.map(([, y]) => y),
      );
      return { axis, points: pairs.length, correlation, interval: fisherInterval(correlation, pairs.length) };
    })
    .sort((a, b) => Math.abs(b.correlation ?? 0) - Math.abs(a.correlation ?? 0));
}

/** The quantile of the normal distribution at 97.5 %. */
const NORMAL = 1.959963984540054;

function fisherInterval(correlation: number | null, n: number): Interval | null {
  if (correlation === null || n < FEWEST_REPLICAS || Math.abs(correlation) === 1) return null;
  const centre = Math.atanh(correlation);
  const margin = NORMAL * Math.sqrt((1 + (correlation * correlation) / 2) / (n - 3));
  return { low: Math.tanh(centre - margin), high: Math.tanh(centre + margin) };
}

/** Means of the outcome over points with neighbouring values of a parameter. */
export interface Bin {
  /** Mean of the parameter over the points. */
  readonly x: number;
  readonly mean: number;
  /** 95 % interval of the mean; null below five points. */
  readonly interval: Interval | null;
  readonly points: number;
}

/** Parts of equally many points, by ascending x. */
export function binnedMeans(
  pairs: readonly (readonly [number, number])[],
  summary: (values: readonly number[]) => {
    readonly mean: number | null;
    readonly interval: Interval | null;
  },
): Bin[] {
  const sorted = [...pairs].sort(([a], [b]) => a - b);
  const bins = Math.max(1, Math.min(10, Math.floor(sorted.length / 8)));
  return Array.from({ length: bins }, (_, k) => {
    const part = sorted.slice(
      Math.round((k * sorted.length) / bins),
      Math.round(((k + 1) * sorted.length) / bins),
    );
    const { mean, interval } = summary(part.map(([, y]) => y));
    return {
      x: part.reduce((sum, [x]) => sum + x, 0) / part.length,
      mean: mean ?? NaN,
      interval,
      points: part.length,
    };
  }).filter(({ points }) => points > 0);
}
