/** A range for an axis with round ends, and how its labels are written. */
export interface AxisRange {
  readonly low: number;
  readonly high: number;
  /** d3-format of a share on this axis, as percentage with the digits that the steps need. */
  readonly percentFormat: string;
}

/** From 0 to a round number at or above the largest value: for bars, areas and shares. */
export function rangeFromZero(largest: number): AxisRange {
  return roundRange(0, largest > 0 ? largest : 1);
}

/** Round numbers around the values: for lines whose level says less than their movement. */
export function rangeAround(values: readonly number[], least: number): AxisRange {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const middle = (low + high) / 2;
  const half = Math.max((high - low) * 0.6, least / 2);
  return roundRange(Math.max(0, middle - half), middle + half);
}

function roundRange(low: number, high: number): AxisRange {
  const step = roundStep((high - low) / 4);
  const digits = Math.max(0, -Math.floor(Math.log10(step * 100) + 1e-9));
  return {
    low: cleanNumber(Math.floor(low / step + 1e-9) * step),
    high: cleanNumber(Math.ceil(high / step - 1e-9) * step),
    percentFormat: `.${digits}%`,
  };
}

/** The next of 1, 2, 5 times a power of ten at or above a step. */
function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= step * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** Takes away the noise of binary fractions: 0.30000000000000004 -> 0.3. */
function cleanNumber(value: number): number {
  return Number(value.toPrecision(12));
}
