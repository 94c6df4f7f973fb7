/** What the values of several replicas come to. */
import { studentQuantile } from "../student.ts";

export interface Statistics {
  readonly count: number;
  readonly mean: number;
  /** Of the sample, with n - 1; NaN for fewer than two values. */
  readonly deviation: number;
  /** 95 % confidence interval of the mean by Student's t; NaN for fewer than two values. */
  readonly low: number;
  readonly high: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Values at 5, 25, 50, 75 and 95 %, with linear interpolation between neighbours. */
  readonly quantiles: readonly [number, number, number, number, number];
}

const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/** Statistics of the values that are numbers. */
export function statistics(values: readonly number[]): Statistics {
  const sorted = values.filter((value) => Number.isFinite(value)).sort((a, b) => a - b);
  const count = sorted.length;
  const mean = sorted.reduce((sum, value) => sum + value, 0) / count;
  const squares = sorted.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  const deviation = count < 2 ? NaN : Math.sqrt(squares / (count - 1));
  const margin = count < 2 ? NaN : (studentQuantile(count - 1) * deviation) / Math.sqrt(count);
  return {
    count,
    mean,
    deviation,
    low: mean - margin,
    high: mean + margin,
    minimum: sorted[0] ?? NaN,
    maximum: sorted.at(-1) ?? NaN,
    quantiles: QUANTILES.map((share) => quantile(sorted, share)) as unknown as Statistics["quantiles"],
  };
}

/** The value at a share of a sorted list (Hyndman and Fan's type 7). */
function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (below === undefined || above === undefined) return NaN;
  return below + (above - below) * (place - Math.floor(place));
}
