import { contourLines } from "../../data/sweeps/contour.ts";
import type { Axis } from "../../data/sweeps/study.ts";
import type { ReplicaSummary } from "../../metrics/uncertainty.ts";
import { formatFigure } from "../../text/figures.ts";
import type { Panel, PanelSpec, Row } from "../chart.ts";
import type { Theme } from "../theme.ts";
import { axisTitle, numbersOf, scaleOver, thinned, ticksOf } from "./axis.ts";

export interface HeatMap {
  readonly title: string | null;
  readonly x: Axis;
  readonly y: Axis;
  /** At a level of `x` and one of `y`; null where there is no point. */
  readonly summary: (column: number, row: number) => ReplicaSummary | null;
  /** What the colours say, with the unit. */
  readonly valueTitle: string;
  /** Colours part here, and a contour is drawn; null = colours from the least to the greatest value. */
  readonly level: number | null;
  /** Least and greatest of all panels. */
  readonly domain: readonly [number, number];
}

/** Levels of an axis that are drawn. */
const MOST_LEVELS = 100;

/** Columns and rows up to which the values stand in the cells. */
const NUMBERED = { columns: 6, rows: 12 };

/** The panel of an outcome over two axes; with a contour where both are numbers. */
export function heatPanel(chart: HeatMap): Panel {
  const [columns, rows] = [chart.x, chart.y].map((axis) =>
    thinned(
      axis.levels.map((_, level) => level),
      MOST_LEVELS,
    ),
  ) as [number[], number[]];
  const [xEdges, yEdges] = [edgesOf(chart.x, columns), edgesOf(chart.y, rows)];
  const numbered = columns.length <= NUMBERED.columns && rows.length <= NUMBERED.rows;
  const mean = (column: number, row: number): number | null => chart.summary(column, row)?.mean ?? null;
  const cells = rows.flatMap((row, j) =>
    columns.flatMap((column, i): Row[] => {
      const summary = chart.summary(column, row);
      if (summary === null || summary.mean === null) return [];
      return [
        {
          ...placeOf("x", chart.x, column, xEdges?.[i]),
          ...placeOf("y", chart.y, row, yEdges?.[j]),
          value: summary.mean,
          strong: strengthOf(chart, summary.mean) > 0.55,
          label: shortFigure(summary.mean),
          tip: tipOf(chart, column, row, summary),
        },
      ];
    }),
  );
  const contour =
    chart.level === null || chart.x.kind === "labels" || chart.y.kind === "labels"
      ? []
      : contourLines(
          {
            xs: columns.map((level) => chart.x.levels[level]!.number!),
            ys: rows.map((level) => chart.y.levels[level]!.number!),
            scales: [chart.x.scale, chart.y.scale],
            height: (column, row) => mean(columns[column]!, rows[row]!),
          },
          chart.level,
        );
  const longest = contour.reduce((best, line, k) => (line.length > contour[best]!.length ? k : best), 0);
  return {
    title: chart.title,
    height: chart.y.kind === "labels" ? Math.max(120, rows.length * 22) : 320,
    labelRoom: 16,
    datasets: {
      cells,
      contour: contour.flatMap((line, which) => line.map(({ x, y }, order): Row => ({ x, y, which, order }))),
      name: contour.length === 0 || numbered ? [] : nameOf(contour[longest]!, chart.level!),
      own:
        chart.x.own === null || chart.y.own === null
          ? []
          : [
              {
                x: chart.x.levels[chart.x.own]!.number ?? chart.x.levels[chart.x.own]!.text,
                y: chart.y.levels[chart.y.own]!.number ?? chart.y.levels[chart.y.own]!.text,
                tip: "The scenario itself",
              },
            ],
    },
    spec: ({ theme, data }): PanelSpec => {
      const [x, y] = [channel("x", chart.x, columns, xEdges), channel("y", chart.y, rows, yEdges)];
      const rect = { ...x.span, ...y.span };
      const point = { x: x.centre, y: y.centre };
      const tooltip = { field: "tip", type: "nominal" as const };
      return {
        layer: [
          {
            data: data("cells"),
            mark: { type: "rect" as const, ...(numbered && { stroke: theme.background, strokeWidth: 1 }) },
            encoding: {
              ...rect,
              color: {
                field: "value",
                type: "quantitative" as const,
                scale: colourScale(chart, theme),
                legend: {
                  title: chart.valueTitle,
                  orient: "top" as const,
                  direction: "horizontal" as const,
                  gradientLength: 180,
                  gradientThickness: 10,
                  tickCount: 3,
                  format: ",.3~g",
                },
              },
              tooltip,
            },
          },
          ...(numbered
            ? [
                {
                  data: data("cells"),
                  mark: { type: "text" as const, fontSize: 11, tooltip: null },
                  encoding: {
                    ...point,
                    text: { field: "label", type: "nominal" as const },
                    color: {
                      condition: {
                        test: { field: "strong", equal: true },
                        value: theme.background,
                      },
                      value: theme.foreground,
                    },
                  },
                },
              ]
            : []),
          ...(chart.level === null || x.isNominal || y.isNominal
            ? []
            : [true, false].map((halo) => ({
                data: data("contour"),
                mark: {
                  type: "line" as const,
                  strokeWidth: halo ? 5 : 2.5,
                  color: halo ? theme.background : theme.foreground,
                  opacity: halo ? 0.7 : 1,
                  tooltip: null,
                },
                encoding: {
                  ...point,
                  order: { field: "order", type: "quantitative" as const },
                  detail: { field: "which", type: "nominal" as const },
                },
              }))),
          ...(chart.level === null || x.isNominal || y.isNominal
            ? []
            : [true, false].map((halo) => ({
                data: data("name"),
                mark: {
                  type: "text" as const,
                  fontSize: 11.5,
                  fontWeight: "bold" as const,
                  ...(halo
                    ? { stroke: theme.background, strokeWidth: 5, strokeJoin: "round" as const }
                    : { color: theme.foreground }),
                  tooltip: null,
                },
                encoding: { ...point, text: { field: "label", type: "nominal" as const } },
              }))),
          {
            data: data("own"),
            mark: {
              type: "point" as const,
              shape: "cross",
              filled: true,
              size: 90,
              opacity: 1,
              color: theme.foreground,
              stroke: theme.background,
              strokeWidth: 1.5,
            },
            encoding: { ...point, tooltip },
          },
        ],
      };
    },
  };
}

type Edges = readonly (readonly [number, number])[];

/** Where the cells of an axis of numbers begin and end: half way to their neighbours. Null for labels. */
function edgesOf(axis: Axis, levels: readonly number[]): Edges | null {
  if (axis.kind === "labels") return null;
  const isLog = axis.scale === "log";
  const numbers = levels.map((level) => axis.levels[level]!.number!).map((x) => (isLog ? Math.log(x) : x));
  const back = (x: number): number => (isLog ? Math.exp(x) : x);
  const inner = numbers.slice(1).map((number, k) => (number + numbers[k]!) / 2);
  const [first, last] = [numbers[0]!, numbers.at(-1)!];
  const edges = [first - (inner[0]! - first), ...inner, last + (last - inner.at(-1)!)].map(back);
  return numbers.map((_, k) => [edges[k]!, edges[k + 1]!]);
}

function placeOf(
  name: "x" | "y",
  { levels }: Axis,
  level: number,
  edges: readonly [number, number] | undefined,
): Row {
  const { number, text } = levels[level]!;
  if (edges === undefined) return { [name]: text };
  return { [name]: number, [`${name}From`]: edges[0], [`${name}To`]: edges[1] };
}

/** Encodings of one axis: of cells, and of what stands in their middle. */
function channel(name: "x" | "y", axis: Axis, shown: readonly number[], edges: Edges | null) {
  const title = axisTitle(axis);
  if (edges === null) {
    const texts = shown.map((level) => axis.levels[level]!.text);
    const centre = {
      field: name,
      type: "nominal" as const,
      title,
      scale: { domain: name === "y" ? texts.reverse() : texts },
      axis: { labelLimit: 130, grid: false, ticks: false, domain: false, labelAngle: 0 },
    };
    return { isNominal: true, centre, span: { [name]: centre } };
  }
  const { values, format } = ticksOf({ ...axis, levels: shown.map((level) => axis.levels[level]!) });
  const centre = {
    field: name,
    type: "quantitative" as const,
    title,
    scale: scaleOver(axis.scale, [edges[0]![0], edges.at(-1)![1]]),
    axis: { values, format, grid: false, domain: false, labelFlush: false },
  };
  return {
    isNominal: false,
    centre,
    span: { [name]: { ...centre, field: `${name}From` }, [`${name}2`]: { field: `${name}To` } },
  };
}

/** How far a value is from the middle of the colours, in [0, 1]. */
function strengthOf({ level, domain: [low, high] }: HeatMap, value: number): number {
  if (level === null) return high > low ? (value - low) / (high - low) : 0;
  return Math.abs(value - level) / (Math.max(level - low, high - level) || 1);
}

function colourScale({ level, domain: [low, high] }: HeatMap, theme: Theme) {
  if (level === null) {
    const room = high > low ? 0 : Math.abs(low) || 1;
    return { domain: [low, high + room], range: [...theme.sequential], nice: false };
  }
  const half = Math.max(level - low, high - level) || 1;
  return {
    domain: [level - half, level - half / 2, level, level + half / 2, level + half],
    range: [...theme.diverging],
    // By hue the way from blue to orange would go through green.
    interpolate: "lab" as const,
    nice: false,
  };
}

/** The name of a contour, in its middle. */
function nameOf(line: readonly { readonly x: number; readonly y: number }[], level: number): Row[] {
  const { x, y } = line[Math.floor(line.length / 2)]!;
  return [{ x, y, label: formatFigure(level) }];
}

/** Three digits, for a cell. */
function shortFigure(value: number): string {
  return formatFigure(Number(value.toPrecision(3)));
}

function tipOf({ x, y, valueTitle }: HeatMap, column: number, row: number, summary: ReplicaSummary): string {
  const { n, mean, interval } = summary;
  const spread =
    interval === null ? "" : `, 95% interval ${formatFigure(interval.low)} to ${formatFigure(interval.high)}`;
  return [
    `${x.label} ${x.levels[column]!.text}`,
    `${y.label} ${y.levels[row]!.text}`,
    `${valueTitle}: ${formatFigure(mean)}${spread}`,
    ...(n > 1 ? [`${n} replicas`] : []),
  ].join("\n");
}

/** Whether two axes make a map: a table of two values each says no more than lines do. */
export function isMappable(x: Axis, y: Axis): boolean {
  return x.levels.length * y.levels.length >= 6 && numbersOf(x).length + numbersOf(y).length > 0;
}
