/** A column of a trace table over time, in groups. */
import type { ReportChart, RowStatistic } from "../../sim/report-settings.ts";
import { type Trace, tableSchema } from "../../sim/trace/index.ts";
import { quantile } from "../metrics/quantile.ts";

/** One line: a group of rows of one comparison. */
export interface ColumnSeries {
  readonly comparison: string;
  /** Value of the column that groups; null without one. */
  readonly group: string | null;
  /** Epochs, or blocks where the table has no epochs; ascending. */
  readonly moments: readonly number[];
  readonly values: readonly number[];
}

const RAO = 1e9;

/** What the rows of one moment come to: amounts and counts add up, anything else is averaged. */
export function usualStatistic(unit: string): RowStatistic {
  return unit === "rao" || unit === "count" ? "sum" : "mean";
}

/** Whether the moments of a table are epochs; else they are blocks. */
export const hasEpochs = (table: string): boolean =>
  tableSchema(table).columns.some(({ name }) => name === "epoch");

/** Reads a column batch by batch; amounts in rao become tokens. */
export async function readColumnSeries(
  trace: Trace,
  { table, column, by, rows }: Extract<ReportChart, { kind: "column" }>,
): Promise<ColumnSeries[]> {
  if (!trace.has(table)) return [];
  const { columns } = tableSchema(table);
  const schema = columns.find(({ name }) => name === column)!;
  const keyIsLabel = by !== null && columns.find(({ name }) => name === by)?.type === "label";
  const statistic = rows ?? usualStatistic(schema.unit);
  const moment = hasEpochs(table) ? "epoch" : "block";
  const scale = schema.unit === "rao" ? RAO : 1;
  const series = new Map<
    string,
    { comparison: string; group: string | null; moments: number[]; values: number[] }
  >();
  const open = new Map<string, { at: number; values: (number | bigint)[] }>();
  const close = (key: string): void => {
    const last = open.get(key);
    const line = series.get(key);
    if (last === undefined || line === undefined) return;
    line.moments.push(last.at);
    line.values.push(reduced(last.values, statistic) / scale);
  };
  for await (const batch of trace.batches(table)) {
    const comparisons = batch.labels("comparison");
    const comparison = batch.column("comparison") as ArrayLike<number>;
    const at = batch.column(moment) as ArrayLike<number | bigint>;
    const values = batch.column(column) as ArrayLike<number | bigint>;
    const keys = by === null ? null : (batch.column(by) as ArrayLike<number | bigint>);
    const labels = keyIsLabel ? batch.labels(by) : [];
    for (let row = 0; row < batch.rows; row++) {
      const name = comparisons[comparison[row]!]!;
      const group = keys === null ? null : keyIsLabel ? labels[Number(keys[row]!)]! : String(keys[row]!);
      const key = JSON.stringify([name, group]);
      const now = Number(at[row]!);
      if (!series.has(key)) series.set(key, { comparison: name, group, moments: [], values: [] });
      const current = open.get(key);
      if (current === undefined || current.at !== now) {
        close(key);
        open.set(key, { at: now, values: [values[row]!] });
      } else current.values.push(values[row]!);
    }
  }
  for (const key of series.keys()) close(key);
  return [...series.values()];
}

function reduced(values: readonly (number | bigint)[], statistic: RowStatistic): number {
  if (statistic === "sum" || statistic === "mean") {
    // Whole numbers are added up exactly.
    const sum = values.every((value) => typeof value === "bigint")
      ? Number(values.reduce((all, value) => all + value, 0n))
      : values.reduce((all: number, value) => all + Number(value), 0);
    return statistic === "sum" ? sum : sum / values.length;
  }
  const numbers = values.map(Number);
  if (statistic === "min") return Math.min(...numbers);
  if (statistic === "max") return Math.max(...numbers);
  return quantile(numbers, 0.5)!;
}
