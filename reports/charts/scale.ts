/** A range for an axis with round ends, and how its labels are written. */
export interface AxisRange {
  readonly low: number;
  readonly high: number;
  /** Where the labels are: every step from `low` to `high`. */
  readonly ticks: readonly number[];
  /** d3-format of a share on this axis, as percentage with the digits that the steps need. */
  readonly percentFormat: string;
  /** d3-format of a plain number on this axis. */
  readonly numberFormat: string;
}

/** From 0 to a round number at or above the largest value: for bars, areas and shares. */
export function rangeFromZero(largest: number): AxisRange {
  return roundRange(0, largest > 0 ? largest : 1);
}

/** Round numbers around shares, within 0 and 1: for dots and lines whose level says less than their differences. */
export function rangeAround(values: readonly number[], least: number): AxisRange {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const middle = (low + high) / 2;
  const half = Math.max((high - low) * 0.55, least / 2);
  const range = roundRange(Math.max(0, middle - half), Math.min(1, middle + half));
  const [from, to] = [Math.max(0, range.low), Math.min(1, range.high)];
  return { ...range, low: from, high: to, ticks: range.ticks.filter((tick) => tick >= from && tick <= to) };
}

/** Round numbers around any values: for lines whose level says less than their differences, of either sign. */
export function rangeOf(values: readonly number[]): AxisRange {
  const largest = Math.max(...values.map(Math.abs));
  // The difference of two sums can be a billionth of a billionth where it is nothing.
  const clean = (value: number): number => (Math.abs(value) < 1e-12 * largest ? 0 : value);
  const [low, high] = [clean(Math.min(...values)), clean(Math.max(...values))];
  if (!Number.isFinite(low) || !Number.isFinite(high) || (low === 0 && high === 0)) return roundRange(0, 1);
  // Zero is shown where it is near: an axis that leaves it out by little misleads.
  const from = low > 0 && low < 0.4 * high ? 0 : low;
  const to = high < 0 && high > 0.4 * low ? 0 : high;
  const room = to === from ? Math.abs(to) * 0.1 : (to - from) * 0.02;
  return roundRange(
    from === 0 ? 0 : low > 0 ? Math.max(0, from - room) : from - room,
    to === 0 ? 0 : high < 0 ? Math.min(0, to + room) : to + room,
  );
}

/** From a round number below the smallest value above zero to one above the largest, for a logarithmic axis. */
export function logRange(values: readonly number[]): AxisRange {
  const positive = values.filter((value) => value >= SMALLEST && value <= LARGEST);
  const low = positive.length === 0 ? 0.1 : Math.min(...positive);
  const high = positive.length === 0 ? 1 : Math.max(...positive);
  const [first, last] = [logStepBelow(low), logStepAbove(high)];
  const top = last > first ? last : first * 10;
  const ticks: number[] = [];
  const decades = Math.log10(top / first);
  const factors = decades > 6 ? [1] : decades > 2.5 ? [1, 3] : [1, 2, 5];
  for (let power = Math.floor(Math.log10(first) + 1e-9); power <= Math.log10(top) + 1e-9; power++)
    for (const factor of factors) {
      const tick = cleanNumber(factor * 10 ** power);
      if (tick >= first * (1 - 1e-9) && tick <= top * (1 + 1e-9)) ticks.push(tick);
    }
  return { low: first, high: top, ticks, percentFormat: "~g", numberFormat: "~g" };
}

const LOG_STEPS = [1, 2, 5, 10];

/** Beyond these, steps of a logarithmic axis would be 0 or no numbers. */
const [SMALLEST, LARGEST] = [1e-300, 1e300];

/** The same tolerance for the power and for its steps: what is just below a power of ten by noise counts as it. */
function logStepBelow(value: number): number {
  const reached = value * (1 + 1e-9);
  const power = 10 ** Math.floor(Math.log10(reached));
  return cleanNumber(power * (LOG_STEPS.findLast((step) => step * power <= reached) ?? 1));
}

function logStepAbove(value: number): number {
  const needed = value * (1 - 1e-9);
  const power = 10 ** Math.floor(Math.log10(needed));
  return cleanNumber(power * (LOG_STEPS.find((step) => step * power >= needed) ?? 10));
}

/** Round numbers within two ends, for an axis that ends where its values do. */
export function ticksWithin(low: number, high: number): Pick<AxisRange, "ticks" | "numberFormat"> {
  const step = roundStep((high - low) / 6);
  const [first, last] = [Math.ceil(low / step - 1e-9), Math.floor(high / step + 1e-9)];
  return {
    ticks: Array.from({ length: last - first + 1 }, (_, i) => cleanNumber((first + i) * step)),
    numberFormat: `,.${Math.max(0, -Math.floor(Math.log10(step) + 1e-9))}f`,
  };
}

/** Values for the ticks of a square-root axis from 0 to `high`, far enough apart to be read. */
export function squareRootTicks(high: number): number[] {
  const candidates = [
    1, 0.75, 0.5, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005, 0.0001, 0.00001,
  ];
  const ticks: number[] = [];
  let last = Infinity;
  for (const value of [...candidates.filter((candidate) => candidate <= high), 0]) {
    const place = Math.sqrt(value / high);
    if (value !== 0 && (last - place < 0.08 || place < 0.08)) continue;
    ticks.push(value);
    last = place;
  }
  return ticks.reverse();
}

function roundRange(low: number, high: number): AxisRange {
  const step = roundStep((high - low) / 4);
  const digits = Math.max(0, -Math.floor(Math.log10(step * 100) + 1e-9));
  const [first, last] = [Math.floor(low / step + 1e-9), Math.ceil(high / step - 1e-9)];
  return {
    low: cleanNumber(first * step),
    high: cleanNumber(last * step),
    ticks: Array.from({ length: last - first + 1 }, (_, i) => cleanNumber((first + i) * step)),
    percentFormat: `.${digits}%`,
    numberFormat: `,.${Math.max(0, -Math.floor(Math.log10(step) + 1e-9))}f`,
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
