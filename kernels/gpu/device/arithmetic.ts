/**
 * Helpers that device functions call. They use only operations whose f32 results are rounded the same way on every
 * backend, where that can be had: no built-in exponential, powers of two as factors.
 */

/**
 * Drops what I32F32 cannot hold. Above 2^24 raw an f32 has no such bits, so only small values change, and those are
 * the ones where the chain's floors show after a normalisation.
 */
export function floorRaw(ratio: number): number {
  return Math.floor(ratio * 4294967296) * 2.3283064365386963e-10;
}

/** `part / whole` as the chain's safe division: 0 for an empty whole, and exactly 1 for all of it. */
export function shareOf(part: number, whole: number): number {
  let share = 0;
  if (whole > 0) {
    share = 1;
    // A device may be an ulp off in a division, even in x / x.
    if (part < whole) share = Math.min(part / whole, 1);
  }
  return share;
}

/** The u16 proportion of a ratio: floor(ratio * 65535), at most 65535. spec/numbers.md 4. */
export function proportion(ratio: number): number {
  return Math.min(Math.floor(ratio * 65535), 65535);
}

/**
 * The ratio of a u16 proportion, floor(x * 2^32 / 65535) raw, rounded once: the raw value is x * 65537, plus 1 at 65535.
 */
export function ratioOf(proportion: number): number {
  let ratio = 1;
  if (proportion < 65535) ratio = proportion * 65537 * 2.3283064365386963e-10;
  return ratio;
}

/** A stored entry is its u16 plus 1, negative when the liquid alpha walk cannot see it; 0 is no entry. */
export function entryProportion(entry: number): number {
  return Math.max(Math.abs(entry) - 1, 0);
}

/** The stake-weighted vote of an entry after the masks, or -1 when a mask removes it. spec/epoch.md 5. */
export function maskedEntry(
  entry: number,
  column: number,
  ownColumn: number,
  counts: number,
  mayWeighItself: number,
  newest: number,
  registration: number,
): number {
  let kept = entry;
  if (counts < 0.5) kept = -1;
  if (Math.abs(column - ownColumn) < 0.5 && mayWeighItself < 0.5) kept = -1;
  if (registration > newest) kept = -1;
  return kept;
}

/** 1 / (1 + e^x) for x clamped to -20..20. */
export function falling(x: number): number {
  const magnitude = Math.min(Math.abs(x), 20);
  // e^-magnitude = 2^-halvings * e^rest with |rest| below 0.43; ln 2 in two parts, the first with few bits.
  const halvings = Math.floor(magnitude * 1.4375 + 0.5);
  const rest = halvings * 0.693359375 - magnitude - halvings * 0.00021219444005469057;
  let series = 1 + rest * 0.14285714285714285;
  series = 1 + rest * series * 0.16666666666666666;
  series = 1 + rest * series * 0.2;
  series = 1 + rest * series * 0.25;
  series = 1 + rest * series * 0.3333333333333333;
  series = 1 + rest * series * 0.5;
  series = 1 + rest * series;
  let left = halvings;
  let power = series;
  if (left > 15.5) {
    power = power * 0.0000152587890625;
    left = left - 16;
  }
  if (left > 7.5) {
    power = power * 0.00390625;
    left = left - 8;
  }
  if (left > 3.5) {
    power = power * 0.0625;
    left = left - 4;
  }
  if (left > 1.5) {
    power = power * 0.25;
    left = left - 2;
  }
  if (left > 0.5) power = power * 0.5;
  let value = 1 / (1 + power);
  if (x > 0) value = power / (1 + power);
  return value;
}
