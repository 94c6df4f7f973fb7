/**
 * Section G: what several replicas of a run say together. A replica is a run with another seed; both sides of a
 * comparison have the same seeds, so their differences are taken seed by seed.
 */
import seedrandom from "seedrandom";
import { studentQuantile } from "../../sim/student.ts";
import { median, quantile } from "./quantile.ts";

/** With fewer replicas neither a band nor an interval is given. */
export const FEWEST_REPLICAS = 5;

/** Two ends, in the unit of the values. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** What the values of several replicas come to. */
export interface ReplicaSummary {
  readonly n: number;
  /** `null` without values. */
  readonly mean: number | null;
  /** `null` without values. */
  readonly median: number | null;
  /** The values at 5 and 95 % (type 7): where replicas lie. `null` for fewer than 5. */
  readonly band: Interval | null;
  /** 95 % confidence interval of the mean by Student's t: how well the mean is known. `null` for fewer than 5. */
  readonly interval: Interval | null;
}

/** n, mean, median, 5-95 % band and 95 % t interval of the mean. Values that are not finite are left out. */
export function summarise(values: readonly number[]): ReplicaSummary {
  const finite = values.filter((value) => Number.isFinite(value));
  const n = finite.length;
  if (n === 0) return { n, mean: null, median: null, band: null, interval: null };
  const mean = meanOf(finite);
  const enough = n >= FEWEST_REPLICAS;
  return {
    n,
    mean,
    median: median(finite),
    band: enough ? { low: quantile(finite, 0.05)!, high: quantile(finite, 0.95)! } : null,
    interval: enough ? tInterval(finite, mean) : null,
  };
}

/**
 * Differences of two sides, replica by replica, and what they come to.
 *
 * @param before values of one side, one per seed.
 * @param after of the other, in the same order of seeds.
 * @throws RangeError when the sides have different numbers of replicas
 */
export function pairedDifference(before: readonly number[], after: readonly number[]): ReplicaSummary {
  if (before.length !== after.length)
    throw new RangeError(`paired replicas needed; found ${before.length} and ${after.length}`);
  return summarise(after.map((value, i) => value - before[i]!));
}

/**
 * 95 % bootstrap interval (percentiles) of a statistic: for statistics other than the mean, and for skewed values.
 * Draws come from a stream of a fixed name, so that the same values give the same interval on every machine.
 *
 * @param statistic of a sample; the mean where none is given.
 * @returns `null` for fewer than 5 values.
 */
export function bootstrapInterval(
  values: readonly number[],
  statistic: (sample: readonly number[]) => number = meanOf,
  resamples = 2000,
): Interval | null {
  const n = values.length;
  if (n < FEWEST_REPLICAS) return null;
  const random = seedrandom.tychei("bootstrap");
  const results = Array.from({ length: resamples }, () =>
    // 32 bits times n, shifted: an index with a bias below 2^-24 for n in the hundreds.
    statistic(Array.from({ length: n }, () => values[Math.floor(((random.int32() >>> 0) / 2 ** 32) * n)]!)),
  );
  return { low: quantile(results, 0.025)!, high: quantile(results, 0.975)! };
}

/** One parameter moved alone, and what the outcome did. */
export interface Sensitivity {
  readonly parameter: string;
  readonly from: number;
  readonly to: number;
  readonly outcomeFrom: number;
  readonly outcomeTo: number;
}

/**
 * Elasticity `(dM / M) / (dp / p)`: by how many percent the outcome moves when the parameter moves by one.
 *
 * @returns `null` when the parameter did not move, or it or the outcome starts from 0.
 */
export function elasticity({ from, to, outcomeFrom, outcomeTo }: Sensitivity): number | null {
  if (from === 0 || to === from || outcomeFrom === 0) return null;
  return (outcomeTo - outcomeFrom) / outcomeFrom / ((to - from) / from);
}

/** Sensitivities with their elasticities, the strongest first, those without one last; ties in the order given. */
export function rankSensitivities(
  sensitivities: readonly Sensitivity[],
): { readonly sensitivity: Sensitivity; readonly elasticity: number | null }[] {
  const strength = (value: number | null): number => (value === null ? -1 : Math.abs(value));
  return sensitivities
    .map((sensitivity) => ({ sensitivity, elasticity: elasticity(sensitivity) }))
    .sort((a, b) => strength(b.elasticity) - strength(a.elasticity));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function tInterval(values: readonly number[], mean: number): Interval {
  const n = values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  const margin = studentQuantile(n - 1) * Math.sqrt(squares / (n - 1) / n);
  return { low: mean - margin, high: mean + margin };
}
