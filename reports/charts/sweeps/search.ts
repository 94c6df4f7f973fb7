/** Charts of a search: what it looked at, in which order, and what it found. */
import type { SearchPoint, SearchStudy } from "../../data/sweeps/search.ts";
import { type Cell, numberColumn, textColumn } from "../../data/table.ts";
import { formatFigure } from "../../text/figures.ts";
import { countOf } from "../../text/format.ts";
import type { Chart, Panel, PanelSpec, Row } from "../chart.ts";
import { rangeOf, ticksWithin } from "../scale.ts";
import { axisTitle, capital, metricTitle, outcomeTitle, withUnit } from "./axis.ts";

/** The metric at every point that was looked at, by the parameter. */
export function searchedChart(study: SearchStudy): Chart {
  const { axes, answer, file } = study;
  const [x, y] = axes;
  return {
    id: "searched",
    title:
      answer === null
        ? `No ${file.find} of ${metricTitle(file.metric)} among ${countOf(study.points.length, "point")}`
        : `${capital(file.find)} of ${metricTitle(file.metric)} at ${axes.map(({ label, unit }, k) => `${label} ${withUnit(formatFigure(answer.places[k]!), unit)}`).join(", ")}`,
    description: [
      "Dots are the points that the search asked for, lighter early and darker late.",
      answer === null ? "" : "The diamond is the answer.",
      study.level === null
        ? ""
        : `The dashed line is the value that is crossed, ${formatFigure(study.level)}.`,
      study.bracket === null ? "" : "The shaded part is where the answer is known to lie.",
      y === undefined ? "" : "The line joins the points in their order.",
    ]
      .filter((text) => text !== "")
      .join(" "),
    panels: x === undefined ? [] : [y === undefined ? curvePanel(study) : planePanel(study)],
    table: stepsTable(study),
  };
}

/** How the search closed in on its answer. */
export function progressChart(study: SearchStudy): Chart {
  const { axes, points, file } = study;
  return {
    id: "progress",
    title: `${countOf(points.length, "point")}${file.replicas > 1 ? ` of ${file.replicas} replicas each` : ""}${file.settled ? `, known to ${formatFigure(100 * file.within)}% of the range` : ", not settled"}`,
    description:
      "The parameter at each point of the search, in the order in which they were asked for; the dotted line is the answer.",
    panels: axes.map((axis, k) => orderPanel(study, k, axes.length > 1 ? capital(axis.label) : null)),
    table: stepsTable(study),
  };
}

function stepsTable(study: SearchStudy): Chart["table"] {
  const { axes, points, file } = study;
  return {
    columns: [
      numberColumn("step", "Step"),
      ...axes.map((axis, k) => numberColumn(`parameter_${k + 1}`, axisTitle(axis), formatFigure)),
      numberColumn("metric", outcomeTitle({ metric: file.metric, unit: study.unit }), formatFigure),
      textColumn("side", "Result"),
    ],
    rows: points.map(({ order, places, value }): Cell[] => [
      order,
      ...places,
      value,
      value === null
        ? "failed"
        : study.level === null
          ? ""
          : value > study.level
            ? "above"
            : value < study.level
              ? "below"
              : "on it",
    ]),
  };
}

const tipOf = (study: SearchStudy, { order, places, value }: SearchPoint): string =>
  [
    `Point ${order}`,
    ...study.axes.map(({ label, unit }, k) => `${label}: ${withUnit(formatFigure(places[k]!), unit)}`),
    `${outcomeTitle({ metric: study.file.metric, unit: study.unit })}: ${formatFigure(value)}`,
  ].join("\n");

/** The ends of what was searched, and round numbers between. */
function endsOf(values: readonly number[]) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const { ticks, numberFormat } = ticksWithin(low, high === low ? low + 1 : high);
  return { low, high, ticks: [...ticks], format: numberFormat };
}

function curvePanel(study: SearchStudy): Panel {
  const { axes, points, answer, bracket, file } = study;
  const known = points.filter(({ value }) => value !== null);
  const xs = endsOf(points.map(({ places }) => places[0]!));
  const range = rangeOf([
    ...known.map(({ value }) => value!),
    ...(study.level === null ? [] : [study.level]),
  ]);
  const row = (point: SearchPoint): Row => ({
    x: point.places[0]!,
    y: point.value,
    order: point.order,
    tip: tipOf(study, point),
  });
  return {
    title: null,
    height: 300,
    labelRoom: 24,
    datasets: {
      points: known.map(row),
      answer: answer === null ? [] : [{ ...row(answer), label: formatFigure(answer.places[0]!) }],
      level: study.level === null ? [] : [{ y: study.level }],
      bracket: bracket === null ? [] : [{ low: bracket.low, high: bracket.high }],
    },
    spec: ({ theme, data }): PanelSpec => {
      const scale = { domain: [xs.low, xs.high], nice: false, zero: false };
      const x = {
        field: "x",
        type: "quantitative" as const,
        title: axisTitle(axes[0]!),
        scale,
        axis: { values: xs.ticks, format: xs.format },
      };
      const y = {
        field: "y",
        type: "quantitative" as const,
        title: outcomeTitle({ metric: file.metric, unit: study.unit }),
        scale: { domain: [range.low, range.high], nice: false, zero: false },
        axis: { values: [...range.ticks], format: range.numberFormat },
      };
      const tooltip = { field: "tip", type: "nominal" as const };
      return {
        layer: [
          {
            data: data("bracket"),
            mark: {
              type: "rect" as const,
              color: theme.band,
              stroke: theme.band,
              strokeWidth: 3,
              tooltip: null,
            },
            encoding: { x: { ...x, field: "low" }, x2: { field: "high" } },
          },
          {
            data: data("level"),
            mark: { type: "rule" as const, strokeDash: [5, 3], color: theme.muted, tooltip: null },
            encoding: { y },
          },
          {
            data: data("points"),
            mark: { type: "line" as const, strokeWidth: 1.5, color: theme.axis, tooltip: null },
            encoding: { x, y },
          },
          {
            data: data("points"),
            mark: { type: "point" as const, filled: true, size: 50, opacity: 1 },
            encoding: { x, y, color: orderColour(points.length, theme.sequential), tooltip },
          },
          ...answerLayers(data("answer"), { x, y }, theme),
        ],
      };
    },
  };
}

function planePanel(study: SearchStudy): Panel {
  const { axes, points, answer } = study;
  const ranges = axes.map((_, k) => endsOf(points.map(({ places }) => places[k]!)));
  const row = (point: SearchPoint): Row => ({
    x: point.places[0]!,
    y: point.places[1]!,
    order: point.order,
    tip: tipOf(study, point),
  });
  return {
    title: null,
    height: 340,
    labelRoom: 24,
    datasets: {
      points: points.map(row),
      answer: answer === null ? [] : [{ ...row(answer), label: formatFigure(answer.value) }],
    },
    spec: ({ theme, data }): PanelSpec => {
      const [x, y] = (["x", "y"] as const).map((field, k) => ({
        field,
        type: "quantitative" as const,
        title: axisTitle(axes[k]!),
        scale: { domain: [ranges[k]!.low, ranges[k]!.high], nice: false, zero: false },
        axis: { values: ranges[k]!.ticks, format: ranges[k]!.format, grid: true },
      }));
      return {
        layer: [
          {
            data: data("points"),
            mark: { type: "line" as const, strokeWidth: 1, color: theme.axis, tooltip: null },
            encoding: { x: x!, y: y!, order: { field: "order", type: "quantitative" as const } },
          },
          {
            data: data("points"),
            mark: { type: "point" as const, filled: true, size: 55, opacity: 1 },
            encoding: {
              x: x!,
              y: y!,
              color: orderColour(points.length, theme.sequential),
              tooltip: { field: "tip", type: "nominal" as const },
            },
          },
          ...answerLayers(data("answer"), { x: x!, y: y! }, theme),
        ],
      };
    },
  };
}

function orderPanel(study: SearchStudy, k: number, title: string | null): Panel {
  const { axes, points, answer } = study;
  const places = rangeOf(points.map(({ places }) => places[k]!));
  return {
    title,
    height: 200,
    labelRoom: 16,
    datasets: {
      points: points.map((point): Row => ({
        order: point.order,
        y: point.places[k]!,
        tip: tipOf(study, point),
      })),
      answer: answer === null ? [] : [{ y: answer.places[k]! }],
    },
    spec: ({ theme, data }): PanelSpec => {
      const x = {
        field: "order",
        type: "quantitative" as const,
        title: "Point of the search",
        scale: { domain: [1, Math.max(2, points.length)], nice: false, zero: false },
        axis: { tickMinStep: 1, format: "d", tickCount: 8 },
      };
      const y = {
        field: "y",
        type: "quantitative" as const,
        title: axisTitle(axes[k]!),
        scale: { domain: [places.low, places.high], nice: false, zero: false },
        axis: { values: [...places.ticks], format: places.numberFormat },
      };
      return {
        layer: [
          {
            data: data("answer"),
            mark: { type: "rule" as const, strokeDash: [2, 3], color: theme.muted, tooltip: null },
            encoding: { y },
          },
          {
            data: data("points"),
            mark: { type: "line" as const, strokeWidth: 1.5, color: theme.categorical[0]!, tooltip: null },
            encoding: { x, y },
          },
          {
            data: data("points"),
            mark: {
              type: "point" as const,
              filled: true,
              size: 40,
              opacity: 1,
              color: theme.categorical[0]!,
            },
            encoding: { x, y, tooltip: { field: "tip", type: "nominal" as const } },
          },
        ],
      };
    },
  };
}

function orderColour(points: number, sequential: readonly string[]) {
  return {
    field: "order",
    type: "quantitative" as const,
    scale: { domain: [1, Math.max(2, points)], range: [sequential[2]!, sequential[5]!], nice: false },
    legend: null,
  };
}

function answerLayers<X, Y>(
  data: { name: string },
  { x, y }: { readonly x: X; readonly y: Y },
  theme: {
    readonly foreground: string;
    readonly background: string;
    readonly categorical: readonly string[];
  },
) {
  return [
    {
      data,
      mark: {
        type: "point" as const,
        shape: "diamond",
        filled: true,
        size: 150,
        opacity: 1,
        color: theme.categorical[1]!,
        stroke: theme.background,
        strokeWidth: 1.5,
        tooltip: null,
      },
      encoding: { x, y },
    },
    ...[true, false].map((halo) => ({
      data,
      mark: {
        type: "text" as const,
        dy: -16,
        fontSize: 12,
        fontWeight: "bold" as const,
        ...(halo
          ? { stroke: theme.background, strokeWidth: 5, strokeJoin: "round" as const }
          : { color: theme.foreground }),
        tooltip: null,
      },
      encoding: { x, y, text: { field: "label", type: "nominal" as const } },
    })),
  ];
}
