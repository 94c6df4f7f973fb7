import type { AxisRange } from "./scale.ts";
import { LABEL_SIZE, LEADER_LENGTH, labelRoom, spreadLabels } from "./label-placement.ts";
import type { Panel, PanelSpec, Row } from "./chart.ts";

/** A named line. */
export interface LineSeries {
  readonly label: string;
  /** Index of its colour. */
  readonly color: number;
  /** One value per point of the x axis; `null` where it is undefined. */
  readonly values: readonly (number | null)[];
}

/** What is not named, drawn as the range that it covers. */
export interface BandSeries {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** Lines over epochs, each with its name at its end, above a grey band of the rest. */
export interface SeriesLines {
  readonly title: string | null;
  readonly epochs: readonly number[];
  readonly lines: readonly LineSeries[];
  readonly band: BandSeries | null;
  /** Text of the tooltip at each epoch. */
  readonly tips: readonly string[];
  readonly range: AxisRange;
  readonly yTitle: string;
  /** d3-format of the labels of the y axis. */
  readonly yFormat: string;
}

const HEIGHT = 260;

/** The panel of lines over epochs. */
export function seriesLinesPanel(chart: SeriesLines): Panel {
  const ends = chart.lines.map((line) => line.values.at(-1) ?? chart.range.low);
  const places = spreadLabels(ends, { ...chart.range, height: HEIGHT, gap: LABEL_SIZE + 3 });
  const lastEpoch = chart.epochs.at(-1)!;
  return {
    title: chart.title,
    height: HEIGHT,
    labelRoom: labelRoom(chart.lines.map((line) => line.label)),
    datasets: {
      lines: chart.lines.flatMap((line) =>
        chart.epochs.map((epoch, i): Row => ({ epoch, series: line.color, value: line.values[i] ?? null })),
      ),
      band:
        chart.band === null
          ? []
          : chart.epochs.map((epoch, i): Row => ({
              epoch,
              low: chart.band!.low[i]!,
              high: chart.band!.high[i]!,
            })),
      labels: chart.lines.map((line, i): Row => ({
        epoch: lastEpoch,
        series: line.color,
        value: ends[i]!,
        place: places[i]!,
        label: line.label,
      })),
      epochs: chart.epochs.map((epoch, i): Row => ({ epoch, tip: chart.tips[i]! })),
    },
    spec: ({ theme, interactive, data }): PanelSpec => {
      const colors = chart.lines.map((line) => line.color);
      const x = {
        field: "epoch",
        type: "quantitative" as const,
        title: "Epoch",
        scale: { domain: [chart.epochs[0]!, Math.max(lastEpoch, chart.epochs[0]! + 1)], nice: false },
        axis: { format: "d", tickMinStep: 1, labelFlush: true, tickCount: 6 },
      };
      const scale = { domain: [chart.range.low, chart.range.high], nice: false, zero: false };
      const y = {
        type: "quantitative" as const,
        title: chart.yTitle,
        scale,
        axis: { format: chart.yFormat, values: [...chart.range.ticks] },
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
      return {
        layer: [
          ...band,
          {
            data: data("lines"),
            mark: { type: "line" as const, strokeWidth: 2, strokeCap: "round", tooltip: null },
            encoding: { x, y: { ...y, field: "value" }, color },
          },
          {
            data: data("labels"),
            mark: {
              type: "rule" as const,
              strokeWidth: 1.5,
              xOffset: 2,
              x2Offset: LEADER_LENGTH - 3,
              clip: false,
              tooltip: null,
            },
            encoding: {
              x,
              x2: { field: "epoch" },
              y: { ...y, field: "value" },
              y2: { field: "place" },
              color,
            },
          },
          {
            data: data("labels"),
            mark: {
              type: "text" as const,
              align: "left",
              baseline: "middle",
              dx: LEADER_LENGTH,
              fontSize: LABEL_SIZE,
              color: theme.foreground,
              tooltip: null,
            },
            encoding: { x, y: { ...y, field: "place" }, text: { field: "label", type: "nominal" as const } },
          },
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
