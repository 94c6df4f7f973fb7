/** Numbers or exact integers, one per entity. */
export type Column = ArrayLike<number> | ArrayLike<bigint>;

/**
 * Pearson's correlation coefficient.
 *
 * @returns a number in [-1, 1], or `null` for fewer than two entities or when one of the two does not vary.
 * @throws RangeError when the lengths differ
 */
export function pearson(a: Column, b: Column): number | null {
  if (a.length !== b.length) throw new RangeError(`columns of ${a.length} and ${b.length} entities`);
  if (a.length < 2) return null;
  const [da, db] = [deviations(a), deviations(b)];
  if (da === null || db === null) return null;
  let covariance = 0;
  let varianceA = 0;
  let varianceB = 0;
  for (let i = 0; i < da.length; i++) {
    covariance += da[i]! * db[i]!;
    varianceA += da[i]! * da[i]!;
    varianceB += db[i]! * db[i]!;
  }
  return Math.max(-1, Math.min(1, covariance / Math.sqrt(varianceA * varianceB)));
}

/**
 * Spearman's rank correlation: Pearson's coefficient of the ranks. Equal values share the mean of their ranks: an order
 * by uid would make a correlation of its own among the many zeros of incentives and dividends.
 *
 * @returns as `pearson`.
 */
export function spearman(a: Column, b: Column): number | null {
  return pearson(meanRanks(a), meanRanks(b));
}

/** Ranks from 1, smallest value first; equal values get the mean of the ranks that they take. */
export function meanRanks(values: Column): Float64Array {
  const order = Array.from({ length: values.length }, (_, i) => i).sort((i, j) => {
    const [x, y] = [values[i]!, values[j]!];
    return x < y ? -1 : x > y ? 1 : i - j;
  });
  const ranks = new Float64Array(values.length);
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let k = from; k < to; k++) ranks[order[k]!] = (from + 1 + to) / 2;
  }
  return ranks;
}

/** Differences from the mean over the largest of them, so that no square is lost or too large; `null` when all are equal. */
function deviations(values: Column): Float64Array | null {
  const n = values.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += Number(values[i]) / n;
  let largest = 0;
  let isConstant = true;
  for (let i = 0; i < n; i++) {
    largest = Math.max(largest, Math.abs(Number(values[i]) - mean));
    if (values[i] !== values[0]) isConstant = false;
  }
  if (isConstant || largest === 0) return null;
  return Float64Array.from({ length: n }, (_, i) => (Number(values[i]) - mean) / largest);
}
