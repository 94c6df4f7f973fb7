/** How unequally something is held: amounts of any unit, in any order. */

/** 0 = all equal, near 1 = one has everything; 0 where there is nothing. */
export function gini(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const total = sorted.reduce((sum, value) => sum + value, 0);
  if (total === 0) return 0;
  const weighted = sorted.reduce((sum, value, at) => sum + (2 * (at + 1) - sorted.length - 1) * value, 0);
  return weighted / (sorted.length * total);
}

/** Part of the whole that the largest `count` values have. */
export function largestShare(values: readonly number[], count: number): number {
  const sorted = [...values].sort((a, b) => b - a);
  const total = sorted.reduce((sum, value) => sum + value, 0);
  return total === 0 ? 0 : sorted.slice(0, count).reduce((sum, value) => sum + value, 0) / total;
}

/** Part of the whole that the richest part of the values has, at least one of them. */
export const topShare = (values: readonly number[], part: number): number =>
  largestShare(values, Math.max(1, Math.round(values.length * part)));

/** How many equal values are as concentrated as these: 1 over the sum of the squared shares; 0 where there is nothing. */
export function effectiveNumber(values: readonly number[]): number {
  const total = values.reduce((sum, value) => sum + value, 0);
  return total === 0 ? 0 : 1 / values.reduce((sum, value) => sum + (value / total) * (value / total), 0);
}

/** The value below which a part of all lies (type 7, between order statistics); Infinity where there are none. @param part 0 to 1 */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * part;
  const low = sorted[Math.floor(place)] ?? Number.POSITIVE_INFINITY;
  const high = sorted[Math.ceil(place)] ?? low;
  return low === high ? low : low + (high - low) * (place - Math.floor(place));
}

/** The fewest values that together are more than a part of the whole; 0 where there is nothing. @param part 0 to 1, not 1 */
export function coalition(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => b - a);
  const total = sorted.reduce((sum, value) => sum + value, 0);
  let held = 0;
  for (const [at, value] of sorted.entries()) {
    held += value;
    if (held > part * total) return at + 1;
  }
  return 0;
}
