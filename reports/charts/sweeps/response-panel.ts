import { crossingsOf } from "../../data/sweeps/crossings.ts";
import { extentOf } from "../../data/sweeps/study.ts";
import type { ReplicaSummary } from "../../metrics/uncertainty.ts";
import { formatFigure } from "../../text/figures.ts";
import { formatSignificant } from "../../text/format.ts";
import type { Panel, PanelSpec, Row } from "../chart.ts";
import { endLabels } from "../end-labels.ts";
import { LABEL_SIZE, labelRoom, spreadLabels } from "../label-placement.ts";
import type { AxisRange } from "../scale.ts";
import { scaleOver, thinned } from "./axis.ts";

/** One place of a response. */
export interface ResponsePoint {
  readonly x: number;
  /** For tooltips: the values of everything that varies. */
  readonly text: string;
  readonly summary: ReplicaSummary;
  readonly values: readonly number[];
}

/** A line: what an outcome is over one axis, everything else held. */
export interface ResponseLine {
  /** Null for the only one. */
  readonly label: string | null;
  readonly points: readonly ResponsePoint[];
}

export interface Response {
  readonly title: string | null;
  readonly height: number;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly xScale: "linear" | "log";
  readonly xTicks: { readonly values: readonly number[]; readonly format: string };
  readonly range: AxisRange;
  readonly lines: readonly ResponseLine[];
  /** Value that the lines are read against, for example 0 for a profit; their crossings are marked. */
  readonly level: number | null;
  /** What the scenario itself says. */
  readonly own: number | null;
}

/** More would be more than the pixels of a plot show. */
const MOST_PLACES = 400;

/** Values of single replicas that are drawn where they are too few for an interval. */
const MOST_DOTS = 600;

/** Crossings that are named; of more the picture says enough. */
const MOST_CROSSINGS = 4;

/** Over how many pixels the texts at crossings need to be apart is not known here: they stand in turns above each other. */
const CROSSING_STEP = 14;

/** The panel of an outcome over one axis: means, their intervals where they are known, all values where replicas are few. */
export function responsePanel(chart: Response): Panel {
  const lines = chart.lines.map((line) => ({ ...line, points: thinned(line.points, MOST_PLACES) }));
  const isNamed = lines.some(({ label }) => label !== null);
  const known = lines.map(({ points }) => points.filter(({ summary }) => summary.mean !== null));
  const ends = known.map((points) => points.at(-1)?.summary.mean ?? chart.range.low);
  const places = spreadLabels(ends, {
    low: chart.range.low,
    high: chart.range.high,
    height: chart.height,
    gap: LABEL_SIZE + 3,
  });
  const xs = lines.flatMap(({ points }) => points.map(({ x }) => x));
  const [least, most] = extentOf(xs);
  const names = lines.map(({ label }) => label ?? "");
  const crossings =
    chart.level === null
      ? []
      : lines.flatMap(({ points }) =>
          crossingsOf(
            points.map(({ x, summary }) => ({ x, y: summary.mean })),
            chart.level!,
            chart.xScale,
          ),
        );
  return {
    title: chart.title,
    height: chart.height,
    labelRoom: isNamed ? labelRoom(names) : 16,
    datasets: {
      lines: lines.flatMap(({ points }, series) =>
        points.map(({ x, text, summary }): Row => ({
          x,
          series,
          mean: summary.mean,
          low: summary.interval?.low ?? null,
          high: summary.interval?.high ?? null,
          tip: tipOf(chart, names[series]!, text, summary),
        })),
      ),
      dots: thinned(
        lines.flatMap(({ points }, series) =>
          points.flatMap(({ x, summary, values }) =>
            summary.n < 2 || summary.interval !== null
              ? []
              : values.filter((value) => Number.isFinite(value)).map((value): Row => ({ x, series, value })),
          ),
        ),
        MOST_DOTS,
      ),
      labels: isNamed
        ? lines.flatMap(({ label }, series): Row[] =>
            known[series]!.length === 0
              ? []
              : [{ x: most, series, value: ends[series]!, place: places[series]!, label: label ?? "" }],
          )
        : [],
      level: chart.level === null ? [] : [{ value: chart.level }],
      crossings:
        chart.level === null || crossings.length > MOST_CROSSINGS
          ? []
          : crossings.map(({ at, low, high }): Row => ({
              x: at,
              value: chart.level!,
              label: formatFigure(at),
              tip: `${chart.yTitle}: ${formatFigure(chart.level)} at ${chart.xTitle} ${formatFigure(at)}\nbetween ${formatFigure(low)} and ${formatFigure(high)}`,
            })),
      own:
        chart.own === null
          ? []
          : [{ x: chart.own, tip: `The scenario itself: ${formatSignificant(chart.own)}` }],
    },
    spec: (context): PanelSpec => {
      const { theme, data } = context;
      const x = {
        field: "x",
        type: "quantitative" as const,
        title: chart.xTitle,
        scale: scaleOver(chart.xScale, [least, most]),
        axis: { values: [...chart.xTicks.values], format: chart.xTicks.format, labelFlush: false },
      };
      const y = {
        type: "quantitative" as const,
        title: chart.yTitle,
        scale: { domain: [chart.range.low, chart.range.high], nice: false, zero: false },
        axis: { values: [...chart.range.ticks], format: chart.range.numberFormat },
      };
      const color = {
        field: "series",
        type: "nominal" as const,
        legend: null,
        scale: {
          domain: lines.map((_, series) => series),
          range: lines.map((_, series) => theme.categorical[series % theme.categorical.length]!),
        },
      };
      const tooltip = { field: "tip", type: "nominal" as const };
      return {
        layer: [
          {
            data: data("own"),
            mark: { type: "rule" as const, color: theme.axis, strokeDash: [2, 3], tooltip: null },
            encoding: { x },
          },
          {
            data: data("level"),
            mark: { type: "rule" as const, strokeDash: [5, 3], color: theme.muted, tooltip: null },
            encoding: { y: { ...y, field: "value" } },
          },
          {
            data: data("lines"),
            mark: { type: "area" as const, opacity: 0.18, tooltip: null },
            encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" }, color },
          },
          {
            data: data("lines"),
            mark: { type: "line" as const, strokeWidth: 2, strokeCap: "round" as const, tooltip: null },
            encoding: { x, y: { ...y, field: "mean" }, color },
          },
          {
            data: data("dots"),
            mark: { type: "point" as const, size: 22, strokeWidth: 1, opacity: 0.7, tooltip: null },
            encoding: { x, y: { ...y, field: "value" }, color },
          },
          {
            data: data("lines"),
            mark: { type: "point" as const, filled: true, size: 34, opacity: 1 },
            encoding: { x, y: { ...y, field: "mean" }, color, tooltip },
          },
          {
            data: data("crossings"),
            mark: {
              type: "point" as const,
              shape: "diamond",
              filled: true,
              size: 90,
              opacity: 1,
              color: theme.foreground,
            },
            encoding: { x, y: { ...y, field: "value" }, tooltip },
          },
          ...[true, false].map((halo) => ({
            data: data("crossings"),
            mark: {
              type: "text" as const,
              dy: -CROSSING_STEP,
              fontSize: LABEL_SIZE,
              ...(halo
                ? { stroke: theme.background, strokeWidth: 4, strokeJoin: "round" as const }
                : { color: theme.foreground }),
              tooltip: null,
            },
            encoding: { x, y: { ...y, field: "value" }, text: { field: "label", type: "nominal" as const } },
          })),
          ...(isNamed ? endLabels(context, { x, y, color }) : []),
        ],
      };
    },
  };
}

function tipOf(
  { yTitle }: Response,
  name: string,
  text: string,
  { n, mean, interval }: ReplicaSummary,
): string {
  const spread =
    interval === null ? "" : `, 95% interval ${formatFigure(interval.low)} to ${formatFigure(interval.high)}`;
  return [
    ...(name === "" ? [] : [name]),
    text,
    `${yTitle}: ${formatFigure(mean)}${spread}`,
    ...(n > 1 ? [`${n} replicas`] : []),
  ].join("\n");
}
