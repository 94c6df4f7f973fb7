import type { Panel, PanelSpec, Row } from "./chart.ts";
import type { AxisRange } from "./scale.ts";

/** One neuron of a dot plot. */
export interface DotRow {
  /** Unique in the chart. */
  readonly label: string;
  /** One value per series; `null` where it is undefined. */
  readonly values: readonly (number | null)[];
  /** An interval per series, drawn instead of the line that joins the dots. */
  readonly intervals?: readonly ({ readonly low: number; readonly high: number } | null)[];
  /** Values that a dot is the mean of, per series, where they are too few for an interval; drawn as rings. */
  readonly singles?: readonly (readonly number[])[];
  readonly tip: string;
}

/** A dot plot: a line per neuron, a dot per series, joined when there are several. */
export interface NeuronDots {
  readonly rows: readonly DotRow[];
  /** Names of the series; one series has no legend. */
  readonly series: readonly string[];
  readonly range: AxisRange;
  readonly xTitle: string;
  readonly xFormat: string;
  /** A vertical line that the dots are read against, with its name. */
  readonly reference: { readonly value: number; readonly label: string } | null;
}

const ROW_HEIGHT = 20;
const SHAPES = ["circle", "diamond", "square", "triangle-up", "cross", "triangle-down"];

/** The panel of a dot plot, one line of text per neuron. */
export function neuronDotsPanel(chart: NeuronDots): Panel {
  const hasSingles = chart.rows.some(({ singles = [] }) => singles.some((values) => values.length > 0));
  return {
    title: null,
    height: Math.max(3, chart.rows.length) * ROW_HEIGHT,
    labelRoom: 16,
    datasets: {
      dots: chart.rows.flatMap((row) =>
        row.values.map((value, i): Row => ({
          neuron: row.label,
          series: chart.series[i]!,
          value,
          tip: row.tip,
        })),
      ),
      spans: chart.rows.flatMap((row): Row[] => {
        if (row.intervals !== undefined)
          return row.intervals.flatMap((interval) =>
            interval === null ? [] : [{ neuron: row.label, low: interval.low, high: interval.high }],
          );
        const values = row.values.filter((value) => value !== null);
        return values.length < 2
          ? []
          : [{ neuron: row.label, low: Math.min(...values), high: Math.max(...values) }];
      }),
      ...(hasSingles && {
        singles: chart.rows.flatMap((row) =>
          (row.singles ?? []).flatMap((values, i) =>
            values.map((value): Row => ({ neuron: row.label, series: chart.series[i]!, value })),
          ),
        ),
      }),
      reference:
        chart.reference === null ? [] : [{ value: chart.reference.value, label: chart.reference.label }],
    },
    spec: ({ theme, data }): PanelSpec => {
      const y = {
        field: "neuron",
        type: "nominal" as const,
        title: null,
        scale: { domain: chart.rows.map((row) => row.label) },
        axis: { ticks: false, domain: false, grid: true, labelColor: theme.foreground, labelLimit: 150 },
      };
      const x = {
        type: "quantitative" as const,
        title: chart.xTitle,
        scale: { domain: [chart.range.low, chart.range.high], nice: false, zero: false },
        axis: { format: chart.xFormat, values: [...chart.range.ticks], domain: false, labelFlush: false },
      };
      const legend =
        chart.series.length > 1
          ? { title: null, orient: "top" as const, direction: "horizontal" as const }
          : null;
      const reference =
        chart.reference === null
          ? []
          : [
              {
                data: data("reference"),
                mark: { type: "rule" as const, strokeDash: [4, 3], color: theme.muted, tooltip: null },
                encoding: { x: { ...x, field: "value" } },
              },
            ];
      const color = {
        field: "series",
        type: "nominal" as const,
        scale: {
          domain: [...chart.series],
          range: chart.series.map((_, i) => theme.categorical[i % theme.categorical.length]!),
        },
        legend,
      };
      return {
        layer: [
          ...reference,
          {
            data: data("spans"),
            mark: { type: "rule" as const, strokeWidth: 2, color: theme.axis, tooltip: null },
            encoding: { y, x: { ...x, field: "low" }, x2: { field: "high" } },
          },
          ...(hasSingles
            ? [
                {
                  data: data("singles"),
                  mark: { type: "point" as const, size: 22, strokeWidth: 1, opacity: 0.7, tooltip: null },
                  encoding: { y, x: { ...x, field: "value" }, color },
                },
              ]
            : []),
          {
            data: data("dots"),
            mark: { type: "point" as const, filled: true, size: 75, opacity: 1 },
            encoding: {
              y,
              x: { ...x, field: "value" },
              color,
              shape: {
                field: "series",
                type: "nominal" as const,
                scale: {
                  domain: [...chart.series],
                  range: chart.series.map((_, i) => SHAPES[i % SHAPES.length]!),
                },
                legend,
              },
              tooltip: { field: "tip", type: "nominal" as const },
            },
          },
        ],
      };
    },
  };
}
