/**
 * Quantile by linear interpolation between order statistics (type 7, the default of numpy and R).
 *
 * @param values any order; left alone.
 * @param q in [0, 1].
 * @returns the quantile, or `null` when there are no values.
 */
export function quantile(values: readonly number[], q: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const position = q * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (position - below);
}

/** The quantile at 0.5. */
export function median(values: readonly number[]): number | null {
  return quantile(values, 0.5);
}
