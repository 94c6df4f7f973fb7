/** How the numbers of one epoch, one per row, become one number. */
import { stableLog } from "../../kernels/stable-math.ts";
import type { MetricText } from "../scenario/index.ts";
import { largestShare } from "./economy/concentration.ts";

type RowStatistic = MetricText["rows"];

/** @param others numbers of the same rows in a second column; empty unless the statistic is about two */
export type RowsToNumber = (list: readonly number[], others: readonly number[]) => number;

/** The function of a statistic. */
export function rowsToNumber(statistic: RowStatistic): RowsToNumber {
  if (typeof statistic === "string") return BY_NAME[statistic];
  if ("correlation" in statistic) return correlation;
  return (list) => (total(list) === 0 ? NaN : largestShare(list, statistic.top));
}

export const total = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0);
export const mean = (list: readonly number[]): number => total(list) / list.length;
export const least = (list: readonly number[]): number => list.reduce((a, b) => (b < a ? b : a), Infinity);
export const greatest = (list: readonly number[]): number =>
  list.reduce((a, b) => (b > a ? b : a), -Infinity);

/** Mean absolute difference of all pairs over twice the mean; NaN where all are 0. */
function gini(list: readonly number[]): number {
  const sorted = [...list].sort((a, b) => a - b);
  const weighted = sorted.reduce((sum, value, index) => sum + (2 * index + 1 - sorted.length) * value, 0);
  return weighted / (sorted.length * total(sorted));
}

/** Shannon entropy of the shares over its largest value, ln n; NaN where all are 0 or there is only one. */
function entropy(list: readonly number[]): number {
  const sum = total(list);
  if (sum === 0 || list.length < 2) return NaN;
  const nats = list.reduce((nats, value) => {
    const share = value / sum;
    return share > 0 ? nats - share * stableLog(share) : nats;
  }, 0);
  return Math.max(0, Math.min(1, nats / stableLog(list.length)));
}

/** Which of the rows has the most, from 0, the first of equals; -1 where none is above 0. */
function leader(list: readonly number[]): number {
  const most = greatest(list);
  return most > 0 ? list.indexOf(most) : -1;
}

/** Pearson's coefficient of two columns; NaN where one of them does not vary. */
function correlation(list: readonly number[], others: readonly number[]): number {
  if ([list, others].some((column) => column.every((value) => value === column[0]))) return NaN;
  const [x, y] = [deviations(list), deviations(others)];
  const product = (a: readonly number[], b: readonly number[]): number =>
    total(a.map((value, row) => value * b[row]!));
  return Math.max(-1, Math.min(1, product(x, y) / Math.sqrt(product(x, x) * product(y, y))));
}

/** Differences from the mean over the largest of them, so that no square is lost or too large. */
function deviations(list: readonly number[]): number[] {
  const middle = mean(list);
  const differences = list.map((value) => value - middle);
  const largest = greatest(differences.map(Math.abs));
  return differences.map((value) => value / largest);
}

const BY_NAME: Readonly<Record<Extract<RowStatistic, string>, RowsToNumber>> = {
  sum: total,
  mean,
  min: least,
  max: greatest,
  count: (list) => list.filter((value) => value !== 0).length,
  gini,
  entropy,
  leader,
};
