import type { ReportChart } from "../../../sim/report-settings.ts";
import { tableSchema, type Trace } from "../../../sim/trace/index.ts";
import { type ColumnSeries, hasEpochs, readColumnSeries, usualStatistic } from "../../data/column-series.ts";
import { sampleIndices } from "../../data/selection.ts";
import { numberColumn, textColumn } from "../../data/table.ts";
import { countOf, formatSignificant, joinWords } from "../../text/format.ts";
import { displayProse, displayText } from "../../text/labels.ts";
import type { Chart } from "../chart.ts";
import { logRange, rangeOf } from "../scale.ts";
import { seriesLinesPanel } from "../series-lines.ts";

const BLOCKS_PER_DAY = 7_200;
const MOST_POINTS = 150;
const MOST_LINES = 6;

/** A run whose trace is read. */
export interface OwnChartRun {
  readonly trace: Trace;
  readonly label: string | null;
}

/** A line that a scenario asks for. */
interface OwnLine {
  readonly label: string;
  readonly moments: readonly number[];
  readonly values: readonly number[];
}

/** A chart that the scenario asks for: metrics over time, or a column of the trace in groups. */
export async function ownChart(
  id: string,
  settings: ReportChart,
  runs: readonly OwnChartRun[],
): Promise<Chart> {
  const networks = (await Promise.all(runs.map((run) => readNetworks(settings, run)))).flat();
  const lines = networks.flatMap(({ label, series }) =>
    series.map(({ group, moments, values }): OwnLine => ({
      label: [
        ...(networks.length > 1 || group === null ? [label] : []),
        ...(group === null ? [] : [groupLabel(settings, group)]),
      ].join(": "),
      moments,
      values,
    })),
  );
  const named = [...lines]
    .filter(({ values }) => values.length > 0)
    .sort((a, b) => Math.abs(b.values.at(-1)!) - Math.abs(a.values.at(-1)!))
    .slice(0, MOST_LINES);
  const epochs = settings.kind === "column" && hasEpochs(settings.table);
  const { name, unit } = quantityOf(settings);
  const title = displayText(settings.title ?? defaultTitle(name, named), 300);
  const hidden = lines.length - named.length;
  const about = [
    ...(settings.text === "" ? [] : [displayProse(settings.text)]),
    definitionOf(settings),
    ...(hidden > 0
      ? [
          `The ${countOf(named.length, "line")} with the largest value at the end; ${countOf(hidden, "other")} in the data.`,
        ]
      : []),
  ];
  return {
    id,
    title,
    description: about.join(" "),
    panels: [linesPanel(named, epochs, settings.scale === "log", unit)],
    table: {
      columns: [
        textColumn("line", "Line"),
        numberColumn(epochs ? "epoch" : "day", epochs ? "Epoch" : "Day", formatSignificant),
        numberColumn("value", unit === "" ? name : `${name}, ${unit}`, formatSignificant),
      ],
      rows: lines.flatMap(({ label, moments, values }) =>
        moments.map((moment, i) => [label, moment, values[i]!]),
      ),
    },
  };
}

function linesPanel(lines: readonly OwnLine[], epochs: boolean, log: boolean, unit: string) {
  const moments = [...new Set(lines.flatMap((line) => line.moments))].sort((a, b) => a - b);
  const shown = sampleIndices(moments.length, MOST_POINTS).map((index) => moments[index]!);
  const points = shown.length > 0 ? shown : [0];
  const largest = lines.reduce(
    (most, { values }) => values.reduce((a, b) => Math.max(a, Math.abs(b)), most),
    0,
  );
  const series = lines.map((line, color) => {
    const known = new Map(line.moments.map((moment, i) => [moment, withoutNoise(line.values[i]!, largest)]));
    // A logarithmic axis has no place for what is not above zero.
    const value = (moment: number): number | null => {
      const found = known.get(moment) ?? null;
      return found !== null && log && found <= 0 ? null : found;
    };
    return { label: line.label, color, values: points.map(value) };
  });
  const all = series.flatMap(({ values }) => values.filter((value) => value !== null));
  const range = log ? logRange(all) : rangeOf(all);
  return seriesLinesPanel({
    title: null,
    epochs: points,
    ...(!epochs && { x: { title: "Day", format: ",~r" } }),
    lines: series,
    band: null,
    tips: points.map((moment, i) =>
      [
        epochs ? `Epoch ${moment}` : `Day ${formatSignificant(moment)}`,
        ...series.map(({ label, values }) => `${label}: ${formatSignificant(values[i]!)} ${unit}`.trim()),
      ].join("\n"),
    ),
    range,
    log,
    yTitle: unit === "" ? "Value" : unit,
    yFormat: log ? ",~r" : range.numberFormat,
  });
}

/** A name as it is; a number with what it numbers. */
function groupLabel(settings: ReportChart, group: string): string {
  const plain = displayText(group, 24);
  return settings.kind === "column" && /^\d+$/.test(plain) ? `${settings.by} ${plain}` : plain;
}

/** A difference of two sums can be a billionth of a billionth where it is nothing. */
const withoutNoise = (value: number, largest: number): number =>
  Math.abs(value) < 1e-12 * largest ? 0 : value;

interface NetworkLines {
  readonly label: string;
  readonly series: readonly ColumnSeries[];
}

async function readNetworks(settings: ReportChart, { trace, label }: OwnChartRun): Promise<NetworkLines[]> {
  const series = await seriesOf(settings, trace);
  const starts = new Map(
    trace.manifest?.economy?.plans.map(({ comparison, startBlock }) => [comparison, startBlock]),
  );
  const blocks = settings.kind === "metrics" || !hasEpochs(settings.table);
  const comparisons = [...new Set(series.map(({ comparison }) => comparison))];
  return comparisons.map((comparison) => {
    const start = starts.get(comparison) ?? 0;
    return {
      label: [...(label === null ? [] : [label]), displayText(comparison, 24)].join(" / "),
      series: series
        .filter((one) => one.comparison === comparison)
        .map((one) =>
          blocks ? { ...one, moments: one.moments.map((block) => (block - start) / BLOCKS_PER_DAY) } : one,
        ),
    };
  });
}

async function seriesOf(settings: ReportChart, trace: Trace): Promise<ColumnSeries[]> {
  if (settings.kind === "column") return await readColumnSeries(trace, settings);
  const { metrics } = settings;
  const all = await readColumnSeries(trace, {
    ...settings,
    kind: "column",
    table: "metrics",
    column: "value",
    by: "metric",
    rows: null,
  });
  return all.filter(({ group }) => group !== null && metrics.includes(group));
}

/** What is drawn, and its unit for readers. */
function quantityOf(settings: ReportChart): { readonly name: string; readonly unit: string } {
  const own = settings.unit === null ? null : displayText(settings.unit, 60);
  if (settings.kind === "metrics") return { name: joinWords(settings.metrics), unit: own ?? "" };
  const { unit } = tableSchema(settings.table).columns.find(({ name }) => name === settings.column)!;
  const usual = unit === "none" ? "" : unit === "rao" ? "10⁹ rao" : unit;
  return { name: `${settings.table}.${settings.column}`, unit: own ?? usual };
}

function definitionOf(settings: ReportChart): string {
  if (settings.kind === "metrics") return `Metrics of the scenario: ${joinWords(settings.metrics)}.`;
  const { description, unit } = tableSchema(settings.table).columns.find(
    ({ name }) => name === settings.column,
  )!;
  const statistic = settings.rows ?? usualStatistic(unit);
  const group = settings.by === null ? "" : ` for every ${settings.by}`;
  return `${settings.table}.${settings.column}: ${description}; the ${statistic} of the rows of one moment${group}.`;
}

function defaultTitle(name: string, lines: readonly OwnLine[]): string {
  const [first] = lines;
  if (first === undefined) return `${name}: the trace has no values`;
  const largest = Math.max(...lines.map(({ values }) => Math.abs(values.at(-1)!)));
  const text = (value: number): string => formatSignificant(withoutNoise(value, largest));
  const ends = lines
    .slice(0, 2)
    .map(({ label, values }) =>
      lines.length === 1
        ? `from ${text(values[0]!)} to ${text(values.at(-1)!)}`
        : `${label} from ${text(values[0]!)} to ${text(values.at(-1)!)}`,
    );
  return `${name}: ${ends.join("; ")}`;
}
