import { statistics } from "../sweep/statistics.ts";
import type { Estimate, MetricPath } from "../trace/index.ts";
import type { Measured } from "./measure.ts";

/** Digits that results keep: more is rounding of sums, and nobody reads them. */
const DIGITS = 9;

/** A number as results keep it; null where there is none. */
export const stored = (value: number): number | null =>
  Number.isFinite(value) ? Number(value.toPrecision(DIGITS)) : null;

/** Mean of the values that are numbers, with its 95 % interval. */
export function estimate(values: readonly number[]): Estimate {
  const { count, mean, low, high } = statistics(values);
  return { mean: stored(mean), low: stored(low), high: stored(high), count };
}

/** More points than a chart shows are left out. */
const MOST_POINTS = 40;

/** A metric over time for every comparison. @param replicas per comparison, in the order of the seeds */
export function metricPath(
  metric: string,
  replicas: ReadonlyMap<string, readonly Measured[]>,
  perUnit: number,
): MetricPath {
  const [first] = [...replicas.values()][0] ?? [];
  const all = first?.times ?? [];
  const step = Math.max(1, Math.ceil(all.length / MOST_POINTS));
  // Counted from the end, which is always shown.
  const places = all.map((_, at) => at).filter((at) => (all.length - 1 - at) % step === 0);
  return {
    metric,
    times: places.map((at) => Number((all[at]! / perUnit).toPrecision(DIGITS))),
    comparisons: [...replicas].map(([name, runs]) => {
      const of = places.map((at) => statistics(runs.map((run) => run.series[metric]?.[at] ?? Number.NaN)));
      return {
        name,
        mean: of.map(({ mean }) => stored(mean)),
        low: of.map(({ quantiles }) => stored(quantiles[0])),
        high: of.map(({ quantiles }) => stored(quantiles[4])),
      };
    }),
  };
}
