import type { Panel, PanelSpec, Row } from "./chart.ts";
import { endLabels } from "./end-labels.ts";
import { LABEL_SIZE, labelRoom, spreadLabels } from "./label-placement.ts";
import { type AxisRange, rangeFromZero } from "./scale.ts";
import type { Theme } from "./theme.ts";

/** One layer of a stack. */
export interface StackedSeries {
  readonly label: string;
  readonly color: (theme: Theme) => string;
  /** Not below 0, one per stretch. */
  readonly values: readonly number[];
}

/** Amounts over stretches of time, stacked: bars side by side, or areas through their middles. */
export interface StackedChart {
  readonly title: string | null;
  readonly mark: "bar" | "area";
  /** Ends of the stretches, in days; ascending. */
  readonly from: readonly number[];
  readonly to: readonly number[];
  /** Bottom layer first. */
  readonly series: readonly StackedSeries[];
  /** Text of the tooltip of each stretch. */
  readonly tips: readonly string[];
  readonly yTitle: string;
  /** Shares end at 1 and are written in percent. */
  readonly share?: boolean;
  readonly range?: AxisRange;
  readonly height?: number;
  /** Labels beside the last stretch; left out where another panel of the chart has them. */
  readonly labels?: boolean;
}

const HEIGHT = 260;

/** The panel of a stack. */
export function stackedPanel(chart: StackedChart): Panel {
  const { mark, from, to, tips, yTitle, share = false, labels = true } = chart;
  const height = chart.height ?? HEIGHT;
  const most = Math.max(...chart.series.flatMap(({ values }) => values), 0);
  // A layer of some rao has no place in a picture of tokens.
  const series = chart.series.filter(({ values }) => values.some((value) => value > 1e-6 * most));
  const layers = stack(series, to.length);
  const totals = to.map((_, i) => layers.at(-1)?.[i]?.high ?? 0);
  const range = chart.range ?? rangeFromZero(share ? 1 : Math.max(0, ...totals));
  const middle = (i: number): number => (from[i]! + to[i]!) / 2;
  // Areas reach from edge to edge: the first and the last stretch are drawn at their outer ends.
  const areaX = (i: number): number => (i === 0 ? from[0]! : i === to.length - 1 ? to[i]! : middle(i));
  const last = to.length - 1;
  const ends = layers.map((layer) => (layer[last]!.low + layer[last]!.high) / 2);
  const places = spreadLabels(ends, { low: range.low, high: range.high, height, gap: LABEL_SIZE + 3 });
  return {
    title: chart.title,
    height,
    labelRoom: labels ? labelRoom(series.map(({ label }) => label)) : 16,
    datasets: {
      stack: series.flatMap((_, s) =>
        to.map((end, i): Row => ({
          series: s,
          ...(mark === "bar" ? { from: from[i]!, to: end } : { at: areaX(i) }),
          ...layers[s]![i]!,
        })),
      ),
      labels: labels
        ? series.map(({ label }, s): Row => ({
            series: s,
            at: to[last]!,
            value: ends[s]!,
            place: places[s]!,
            label,
          }))
        : [],
      stretches: to.map((_, i): Row => ({ at: middle(i), tip: tips[i]! })),
    },
    spec: (context): PanelSpec => {
      const { theme, interactive, data } = context;
      const x = {
        type: "quantitative" as const,
        title: "Day",
        scale: { domain: [from[0] ?? 0, to[last] ?? 1], nice: false },
        axis: { format: ",~r", labelFlush: true, tickCount: 6 },
      };
      const y = {
        type: "quantitative" as const,
        title: yTitle,
        scale: { domain: [range.low, range.high], nice: false },
        axis: { format: share ? range.percentFormat : range.numberFormat, values: [...range.ticks] },
      };
      const color = {
        field: "series",
        type: "nominal" as const,
        legend: null,
        scale: { domain: series.map((_, s) => s), range: series.map((one) => one.color(theme)) },
      };
      const body =
        mark === "bar"
          ? {
              data: data("stack"),
              mark: { type: "rect" as const, stroke: theme.background, strokeWidth: 0.5, tooltip: null },
              encoding: {
                x: { ...x, field: "from" },
                x2: { field: "to" },
                y: { ...y, field: "low" },
                y2: { field: "high" },
                color,
              },
            }
          : {
              data: data("stack"),
              mark: { type: "area" as const, stroke: theme.background, strokeWidth: 0.5, tooltip: null },
              encoding: { x: { ...x, field: "at" }, y: { ...y, field: "low" }, y2: { field: "high" }, color },
            };
      return {
        layer: [
          body,
          ...endLabels(context, { x: { ...x, field: "at" }, y, color }),
          {
            data: data("stretches"),
            ...(interactive
              ? {
                  params: [
                    {
                      name: "hover",
                      select: {
                        type: "point" as const,
                        fields: ["at"],
                        nearest: true,
                        on: "pointerover",
                        clear: "pointerout",
                      },
                    },
                  ],
                }
              : {}),
            mark: { type: "rule" as const, color: theme.foreground, strokeWidth: 1 },
            encoding: {
              x: { ...x, field: "at" },
              tooltip: { field: "tip", type: "nominal" as const },
              opacity: interactive
                ? { value: 0, condition: { param: "hover", empty: false, value: 0.7 } }
                : { value: 0 },
            },
          },
        ],
      };
    },
  };
}

function stack(series: readonly StackedSeries[], length: number): { low: number; high: number }[][] {
  const heights = Array.from({ length }, () => 0);
  return series.map(({ values }) =>
    heights.map((low, i) => {
      const high = low + (values[i] ?? 0);
      heights[i] = high;
      return { low, high };
    }),
  );
}

/** Every stretch as parts of its whole; 0 where there is nothing. */
export function asShares(series: readonly StackedSeries[]): StackedSeries[] {
  const length = series[0]?.values.length ?? 0;
  const totals = Array.from({ length }, (_, i) => series.reduce((sum, { values }) => sum + values[i]!, 0));
  return series.map((one) => ({
    ...one,
    values: one.values.map((value, i) => (totals[i]! > 0 ? value / totals[i]! : 0)),
  }));
}
