/** How results of experiments are written: numbers of any size and unit, with their intervals. */
import type { Estimate } from "../../sim/trace/index.ts";
import { groupDigits } from "./format.ts";

/** Significant digits of a figure: as many as are read at a glance, and as many as tell close ones apart. */
const USUAL_DIGITS = 4;
const MOST_DIGITS = 6;

/**
 * Four significant digits, grouped; a power of ten beyond ordinary sizes. Null is a dash.
 * @param decimals digits after the point that have to be seen, within six significant ones
 */
export function formatFigure(value: number | null, decimals = -Infinity): string {
  if (value === null) return "–";
  if (value === 0) return "0";
  const sign = value < 0 ? "−" : "";
  const size = Math.abs(value);
  const power = powerOf(size);
  const digits = Math.min(MOST_DIGITS, Math.max(USUAL_DIGITS, power + 1 + decimals));
  if (size >= 1e9 || size < 1e-4) {
    const [mantissa, rounded] = size.toExponential(digits - 2).split("e");
    return `${sign}${mantissa}×10${superscript(Number(rounded))}`;
  }
  const [whole, part] = size
    .toFixed(Math.max(0, digits - 1 - powerOf(Number(size.toPrecision(digits)))))
    .split(".");
  const shown = part?.replace(/0+$/, "") ?? "";
  return `${sign}${groupDigits(whole!)}${shown === "" ? "" : `.${shown}`}`;
}

/** Figures that are read beside each other: with the digits that tell them apart, two of their largest difference. */
export function formatFigures(values: readonly (number | null)[]): string[] {
  const known = values.filter((value) => value !== null);
  const spread = Math.max(...known) - Math.min(...known);
  if (!(spread > 0)) return values.map((value) => formatFigure(value));
  const decimals = 1 - powerOf(spread);
  return values.map((value) => formatFigure(value, decimals));
}

/** The mean and its interval: `0.95 [0.94, 0.96]`. */
export function formatEstimate({ mean, low, high }: Estimate): string {
  if (mean === null) return "undefined";
  if (low === null || high === null || low === high) return formatFigure(mean);
  const [middle, from, to] = formatFigures([mean, low, high]);
  return from === to ? middle! : `${middle} [${from}, ${to}]`;
}

/** The power of ten of a positive number's first digit. */
const powerOf = (size: number): number => Number(size.toExponential().split("e")[1]);

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

const superscript = (power: number): string =>
  `${power < 0 ? "⁻" : ""}${Array.from(String(Math.abs(power)), (digit) => SUPERSCRIPTS[Number(digit)]).join("")}`;
