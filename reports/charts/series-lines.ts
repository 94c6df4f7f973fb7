import type { AxisRange } from "./scale.ts";
import { endLabels } from "./end-labels.ts";
import { LABEL_SIZE, labelRoom, spreadLabels } from "./label-placement.ts";
import type { Panel, PanelSpec, Row } from "./chart.ts";

/** A named line. */
export interface LineSeries {
  readonly label: string;
  /** Index of its colour. */
  readonly color: number;
  /** One value per point of the x axis; `null` where it is undefined. */
  readonly values: readonly (number | null)[];
  readonly dashed?: boolean;
  /** Ends of an interval around every value. */
  readonly interval?: BandSeries;
}

/** The x axis of lines that are not over epochs. */
export interface LinesAxis {
  readonly title: string;
  /** d3-format of its labels. */
  readonly format: string;
  readonly log?: boolean;
}

/** A level that lines are read against. */
export interface ReferenceLine {
  readonly value: number;
  readonly label: string;
}

/** A moment at which something happened. */
export interface MarkedMoment {
  /** In the unit of the x axis. */
  readonly at: number;
  /** What happened, for the tooltip. */
  readonly tip: string;
}

/** What is not named, drawn as the range that it covers. */
export interface BandSeries {
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

/** Lines over epochs or another axis, each with its name at its end, above a grey band of the rest. */
export interface SeriesLines {
  readonly title: string | null;
  /** Points of the x axis: epochs, unless `x` says otherwise. */
  readonly epochs: readonly number[];
  readonly x?: LinesAxis;
  readonly lines: readonly LineSeries[];
  readonly band: BandSeries | null;
  /** Text of the tooltip at each epoch. */
  readonly tips: readonly string[];
  readonly range: AxisRange;
  readonly yTitle: string;
  /** d3-format of the labels of the y axis. */
  readonly yFormat: string;
  /** A logarithmic y axis; `range` must be above 0. */
  readonly log?: boolean;
  readonly references?: readonly ReferenceLine[];
  readonly moments?: readonly MarkedMoment[];
  /** Values hold until the next point, instead of changing evenly. */
  readonly steps?: boolean;
  /** Height of the plot in pixels. */
  readonly height?: number;
}

const HEIGHT = 260;
const DASHES = [5, 3];

/** The panel of lines. */
export function seriesLinesPanel(chart: SeriesLines): Panel {
  const height = chart.height ?? HEIGHT;
  const { range, log = false, references = [], moments = [] } = chart;
  const ends = chart.lines.map((line) => lastKnown(line.values) ?? range.low);
  // Labels keep their distance in pixels, which are logarithms on a logarithmic axis.
  const scaled = log ? Math.log10 : (value: number): number => value;
  const unscaled = log ? (value: number): number => 10 ** value : (value: number): number => value;
  const places = spreadLabels(ends.map(scaled), {
    low: scaled(range.low),
    high: scaled(range.high),
    height,
    gap: LABEL_SIZE + 3,
  }).map(unscaled);
  const lastEpoch = chart.epochs.at(-1)!;
  const dashed = chart.lines.some((line) => line.dashed === true);
  const intervals = chart.lines.filter((line) => line.interval !== undefined);
  return {
    title: chart.title,
    height,
    labelRoom: labelRoom(chart.lines.map((line) => line.label)),
    datasets: {
      lines: chart.lines.flatMap((line) =>
        chart.epochs.map((epoch, i): Row => ({
          epoch,
          series: line.color,
          ...(dashed && { dashed: line.dashed === true }),
          value: line.values[i] ?? null,
        })),
      ),
      band:
        chart.band === null
          ? []
          : chart.epochs.map((epoch, i): Row => ({
              epoch,
              low: chart.band!.low[i]!,
              high: chart.band!.high[i]!,
            })),
      ...(intervals.length > 0 && {
        intervals: intervals.flatMap((line) =>
          chart.epochs.flatMap((epoch, i): Row[] => {
            const [low, high] = [line.interval!.low[i] ?? null, line.interval!.high[i] ?? null];
            return low === null || high === null ? [] : [{ epoch, series: line.color, low, high }];
          }),
        ),
      }),
      ...(references.length > 0 && {
        references: references.map(({ value, label }): Row => ({ value, label, epoch: chart.epochs[0]! })),
      }),
      ...(moments.length > 0 && {
        moments: moments.map(({ at, tip }): Row => ({ epoch: at, tip })),
      }),
      labels: chart.lines.flatMap((line, i): Row[] =>
        line.label === ""
          ? []
          : [
              {
                epoch: lastEpoch,
                series: line.color,
                value: ends[i]!,
                place: places[i]!,
                label: line.label,
              },
            ],
      ),
      epochs: chart.epochs.map((epoch, i): Row => ({ epoch, tip: chart.tips[i]! })),
    },
    spec: (context): PanelSpec => {
      const { theme, interactive, data } = context;
      const colors = [...new Set(chart.lines.map((line) => line.color))];
      const logX = chart.x?.log === true;
      const x = {
        field: "epoch",
        type: "quantitative" as const,
        title: chart.x?.title ?? "Epoch",
        scale: {
          domain: [
            chart.epochs[0]!,
            logX ? lastEpoch : Math.max(lastEpoch, chart.epochs[0]! + (chart.x ? 1e-6 : 1)),
          ],
          nice: false,
          ...(logX && { type: "log" as const }),
        },
        axis: {
          format: chart.x?.format ?? "d",
          ...(chart.x === undefined && { tickMinStep: 1 }),
          labelFlush: true,
          // Low panels stand beside each other and are narrow.
          tickCount: height < 190 ? 3 : 6,
        },
      };
      const scale = {
        domain: [range.low, range.high],
        nice: false,
        ...(log ? { type: "log" as const } : { zero: false }),
      };
      const y = {
        type: "quantitative" as const,
        title: chart.yTitle,
        scale,
        axis: { format: chart.yFormat, values: [...range.ticks] },
      };
      const color = {
        field: "series",
        type: "nominal" as const,
        legend: null,
        scale: {
          domain: colors,
          range: colors.map((index) => theme.categorical[index % theme.categorical.length]!),
        },
      };
      const dash = dashed
        ? {
            strokeDash: {
              field: "dashed",
              type: "nominal" as const,
              legend: null,
              scale: { domain: [false, true], range: [[1, 0], DASHES] },
            },
            detail: { field: "series", type: "nominal" as const },
          }
        : {};
      const band =
        chart.band === null
          ? []
          : [
              {
                data: data("band"),
                mark: { type: "area" as const, color: theme.band, tooltip: null },
                encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" } },
              },
            ];
      const around =
        intervals.length === 0
          ? []
          : [
              {
                data: data("intervals"),
                mark: { type: "area" as const, opacity: 0.22, tooltip: null },
                encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" }, color },
              },
            ];
      const levels =
        references.length === 0
          ? []
          : [
              {
                data: data("references"),
                mark: { type: "rule" as const, strokeDash: [4, 3], color: theme.muted, tooltip: null },
                encoding: { y: { ...y, field: "value" } },
              },
              {
                data: data("references"),
                mark: {
                  type: "text" as const,
                  align: "left" as const,
                  baseline: "bottom" as const,
                  dx: 4,
                  dy: -2,
                  fontSize: LABEL_SIZE,
                  color: theme.muted,
                  tooltip: null,
                },
                encoding: {
                  x,
                  y: { ...y, field: "value" },
                  text: { field: "label", type: "nominal" as const },
                },
              },
            ];
      const marked =
        moments.length === 0
          ? []
          : [
              {
                data: data("moments"),
                mark: {
                  type: "rule" as const,
                  strokeDash: [2, 3],
                  color: theme.muted,
                  strokeWidth: 1,
                  tooltip: null,
                },
                encoding: { x },
              },
            ];
      return {
        layer: [
          ...band,
          ...around,
          ...levels,
          ...marked,
          {
            data: data("lines"),
            mark: {
              type: "line" as const,
              strokeWidth: 2,
              strokeCap: "round",
              tooltip: null,
              ...(chart.steps === true && { interpolate: "step-after" as const }),
            },
            encoding: { x, y: { ...y, field: "value" }, color, ...dash },
          },
          ...endLabels(context, { x, y, color }),
          {
            data: data("epochs"),
            ...(interactive
              ? {
                  params: [
                    {
                      name: "hover",
                      select: {
                        type: "point" as const,
                        fields: ["epoch"],
                        nearest: true,
                        on: "pointerover",
                        clear: "pointerout",
                      },
                    },
                  ],
                }
              : {}),
            mark: { type: "rule" as const, color: theme.muted, strokeWidth: 1 },
            encoding: {
              x,
              tooltip: { field: "tip", type: "nominal" as const },
              opacity: interactive
                ? { value: 0, condition: { param: "hover", empty: false, value: 0.9 } }
                : { value: 0 },
            },
          },
        ],
      };
    },
  };
}

/** The last value that is defined; `null` where none is. */
function lastKnown(values: readonly (number | null)[]): number | null {
  return values.findLast((value) => value !== null) ?? null;
}
