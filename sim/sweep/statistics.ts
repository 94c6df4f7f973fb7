/** What the values of several replicas come to. */

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

/** 97.5 % quantiles of Student's t for 1 to 10 degrees of freedom. */
const STUDENT = [
  12.706204736174694, 4.302652729749462, 3.182446305283708, 2.776445105197793, 2.570581835636314,
  2.446911848791681, 2.364624251010299, 2.306004135033371, 2.262157162740992, 2.228138851964939,
];

/** The quantile of the normal distribution at 97.5 %. */
const NORMAL = 1.959963984540054;

/** The 97.5 % quantile of Student's t; above 10 degrees of freedom by its expansion, which is right to five digits. */
export function studentQuantile(degrees: number): number {
  const known = STUDENT[degrees - 1];
  if (known !== undefined) return known;
  const z = NORMAL;
  const z2 = z * z;
  const first = (z * (z2 + 1)) / 4;
  const second = (z * ((5 * z2 + 16) * z2 + 3)) / 96;
  const third = (z * (((3 * z2 + 19) * z2 + 17) * z2 - 15)) / 384;
  const fourth = (z * ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945)) / 92_160;
  return z + (first + (second + (third + fourth / degrees) / degrees) / degrees) / degrees;
}
