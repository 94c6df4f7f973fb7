/** How numbers and names are written in a report: English, with units, the same on every machine. */

/** Digits in groups of three: 1234567 -> "1,234,567". */
export function groupDigits(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A count: 1234 -> "1,234". */
export function formatCount(count: number | bigint): string {
  return groupDigits(String(count));
}

/**
 * A share in [0, 1] as a percentage with about three significant digits; what is not zero is never shown as 0.
 * `null` (undefined share) is a dash.
 */
export function formatPercent(share: number | null): string {
  if (share === null) return "–";
  const percent = Math.abs(share * 100);
  const sign = share < 0 ? "−" : "";
  if (percent === 0) return "0%";
  if (percent < 0.005) return `${sign === "" ? "under" : "above −"} 0.01%`;
  if (percent >= 99.95 && percent < 100) return `${sign}${(Math.floor(percent * 100) / 100).toFixed(2)}%`;
  return `${sign}${trimZeros(formatNumber(percent, percent >= 10 ? 1 : 2))}%`;
}

/** "up 3.2%" of two numbers. */
export function formatChange(before: number, after: number): string {
  if (before === 0) return after === 0 ? "unchanged" : "up from nothing";
  const change = after / before - 1;
  if (Math.abs(change) < 5e-5) return "unchanged";
  return `${change > 0 ? "up" : "down"} ${formatPercent(Math.abs(change))}`;
}

/** A plain number with the given digits after the point, grouped: 1234.5, 2 -> "1,234.50". `null` is a dash. */
export function formatNumber(value: number | null, digits: number): string {
  if (value === null) return "–";
  const [whole, part] = Math.abs(value).toFixed(digits).split(".");
  const negative = value < 0 && Number(value.toFixed(digits)) !== 0;
  return `${negative ? "−" : ""}${groupDigits(whole!)}${part === undefined ? "" : `.${part}`}`;
}

/** A plain number with about four significant digits, grouped, without an exponent where it can be read. `null` is a dash. */
export function formatSignificant(value: number | null): string {
  if (value === null || Number.isNaN(value)) return "–";
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size >= 1e15 || size < 1e-6) return value.toExponential(3).replace("-", "−");
  const digits = Math.max(0, Math.min(12, 3 - Math.floor(Math.log10(size))));
  return trimZeros(formatNumber(value, digits));
}

/** Rao in one token, all nine digits: 1500000000n -> "1.500000000". Exact, for data files. */
export function raoToDecimal(rao: bigint): string {
  const digits = (rao < 0n ? -rao : rao).toString().padStart(10, "0");
  return `${rao < 0n ? "-" : ""}${digits.slice(0, -9)}.${digits.slice(-9)}`;
}

/** Rao as tokens for reading, digits by size: "1,234", "12.35", "0.001235". */
export function formatTokens(rao: bigint): string {
  const size = Math.abs(Number(rao) / 1e9);
  if (size === 0) return "0";
  const digits = size >= 1000 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.01 ? 4 : 9;
  return formatNumber(Number(rao) / 1e9, digits);
}

/** "a", "a and b", "a, b and c". */
export function joinWords(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** The singular or the plural with the count before it: 1 -> "1 miner". */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

function trimZeros(decimal: string): string {
  return decimal.includes(".") ? decimal.replace(/\.?0+$/, "") : decimal;
}
