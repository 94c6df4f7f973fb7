/** How results of experiments are written: numbers of any size and unit, with their intervals. */
import type { Estimate } from "../../sim/trace/index.ts";
import { groupDigits } from "./format.ts";

/** Four significant digits, grouped; a power of ten beyond ordinary sizes. Null is a dash. */
export function formatFigure(value: number | null): string {
  if (value === null) return "–";
  if (value === 0) return "0";
  const sign = value < 0 ? "−" : "";
  const size = Math.abs(value);
  if (size >= 1e9 || size < 1e-4) {
    const [mantissa, power] = size.toExponential(2).split("e");
    return `${sign}${mantissa}·10^${Number(power)}`;
  }
  if (size >= 999.95) return `${sign}${groupDigits(size.toFixed(0))}`;
  const text = size.toPrecision(4);
  return `${sign}${text.includes(".") ? text.replace(/\.?0+$/, "") : text}`;
}

/** The mean and its interval: `0.95 [0.94, 0.96]`. */
export function formatEstimate({ mean, low, high }: Estimate): string {
  if (mean === null) return "undefined";
  if (low === null || high === null || low === high) return formatFigure(mean);
  return `${formatFigure(mean)} [${formatFigure(low)}, ${formatFigure(high)}]`;
}
