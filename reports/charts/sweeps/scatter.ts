/** Charts of a sweep whose points were drawn: clouds with a line through them, and what follows what. */
import {
  type Bin,
  binnedMeans,
  type RankCorrelation,
  rankCorrelations,
} from "../../data/sweeps/sensitivity.ts";
import {
  type Axis,
  describePoint,
  extentOf,
  type Outcome,
  type SweepStudy,
} from "../../data/sweeps/study.ts";
import { type Cell, numberColumn, textColumn } from "../../data/table.ts";
import { FEWEST_REPLICAS, summarise } from "../../metrics/uncertainty.ts";
import { formatFigure } from "../../text/figures.ts";
import { countOf } from "../../text/format.ts";
import type { Chart, Panel, PanelSpec, Row } from "../chart.ts";
import { neuronDotsPanel } from "../neuron-dots.ts";
import { type AxisRange, rangeOf } from "../scale.ts";
import {
  axisTitle,
  capital,
  metricTitle,
  numbersOf,
  outcomeTitle,
  scaleOver,
  thinned,
  ticksOf,
} from "./axis.ts";

/** Parameters that have a panel, and dots in it: more lie over each other. */
const MOST_PANELS = 6;
const MOST_DOTS = 800;

/** Points in the table of a chart: a page with more is slow to open. */
const MOST_TABLE_ROWS = 20_000;

const HEIGHT = 220;

/** An outcome against each parameter: dots are points of the sweep, the line their binned means. */
export function scatterChart(study: SweepStudy, metric: string, level: number | null): Chart {
  const outcomes = study.outcomes(metric).slice(0, 3);
  const [first] = outcomes as [Outcome];
  const ranked = rankCorrelations(study, first);
  const labels = study.axes.filter(({ kind }) => kind === "labels");
  const axes = [...ranked.map(({ axis }) => axis), ...labels].slice(0, MOST_PANELS);
  const means = outcomes.flatMap(({ summaries }) => summaries.flatMap(({ mean }) => mean ?? []));
  const range = rangeOf([...extentOf(means), ...(level === null ? [] : [level])]);
  const left = study.axes.length - axes.length;
  return {
    id: `scatter-${metric}`,
    title: scatterTitle(first, ranked[0]),
    description: [
      `Each dot is a point of the sweep${study.replicas > 1 ? ` (mean over ${study.replicas} replicas)` : ""}; the line goes through the means of parts with equally many points,`,
      `with their 95% interval from ${FEWEST_REPLICAS} points on.`,
      means.length > MOST_DOTS
        ? `Dots are ${MOST_DOTS} of ${countOf(means.length, "point")}; the line is of all.`
        : "",
      study.points.length > MOST_TABLE_ROWS
        ? `The table has the first ${MOST_TABLE_ROWS}; cells.arrow has all.`
        : "",
      left > 0
        ? `${countOf(left, "parameter")} with the weakest rank correlation ${left === 1 ? "is" : "are"} left to the table.`
        : "",
    ]
      .join(" ")
      .trim(),
    panels: axes.map((axis) =>
      axis.kind === "numbers"
        ? cloudPanel(study, axis, outcomes, range, level)
        : groupsPanel(axis, outcomes, range, level),
    ),
    table: {
      columns: [
        ...study.axes.map((axis, k) =>
          axis.kind === "numbers"
            ? numberColumn(`parameter_${k + 1}`, axisTitle(axis), formatFigure)
            : textColumn(`parameter_${k + 1}`, axisTitle(axis)),
        ),
        ...outcomes.map(({ label }, k) =>
          numberColumn(`outcome_${k + 1}`, label === null ? outcomeTitle(first) : label, formatFigure),
        ),
      ],
      rows: study.points.slice(0, MOST_TABLE_ROWS).map((_, point): Cell[] => [
        ...study.axes.map((axis) => {
          const { number, text } = axis.levels[axis.levelOf[point]!]!;
          return number ?? text;
        }),
        ...outcomes.map(({ summaries }) => summaries[point]!.mean),
      ]),
    },
  };
}

function scatterTitle({ metric }: Outcome, strongest: RankCorrelation | undefined): string {
  const name = capital(metricTitle(metric));
  if (strongest === undefined || strongest.correlation === null) return `${name} at all points`;
  const { axis, correlation } = strongest;
  const direction = correlation > 0 ? "rises" : "falls";
  const word = Math.abs(correlation) > 0.7 ? "" : Math.abs(correlation) > 0.3 ? " loosely" : " hardly";
  return word === " hardly"
    ? `${name} hardly follows any single parameter; ${axis.label} most (rank correlation ${formatFigure(correlation)})`
    : `${name} ${direction}${word} with ${axis.label} (rank correlation ${formatFigure(correlation)})`;
}

function cloudPanel(
  study: SweepStudy,
  axis: Axis,
  outcomes: readonly Outcome[],
  range: AxisRange,
  level: number | null,
): Panel {
  const pairs = outcomes.map(({ summaries }) =>
    summaries.flatMap(({ mean }, point) =>
      mean === null ? [] : [{ x: axis.levels[axis.levelOf[point]!]!.number!, mean, point }],
    ),
  );
  const bins = pairs.map((all): Bin[] =>
    all.length === 0
      ? []
      : binnedMeans(
          all.map(({ x, mean }) => [x, mean] as const),
          summarise,
        ),
  );
  const names = outcomes.map(({ label }) => label ?? "");
  const numbers = numbersOf(axis);
  return {
    title: capital(axis.label),
    height: HEIGHT,
    labelRoom: 16,
    datasets: {
      dots: pairs.flatMap((all, series) =>
        thinned(all, Math.floor(MOST_DOTS / outcomes.length)).map(({ x, mean, point }): Row => ({
          x,
          y: mean,
          series: names[series]!,
          tip: [
            ...(names[series] === "" ? [] : [names[series]!]),
            describePoint(study, point),
            `${outcomeTitle(outcomes[series]!)}: ${formatFigure(mean)}`,
          ].join("\n"),
        })),
      ),
      line: bins.flatMap((all, series) =>
        all.map(({ x, mean, interval }): Row => ({
          x,
          y: mean,
          low: interval?.low ?? null,
          high: interval?.high ?? null,
          series: names[series]!,
        })),
      ),
      level: level === null ? [] : [{ y: level }],
    },
    spec: ({ theme, data }): PanelSpec => {
      const { values, format } = ticksOf(axis);
      const x = {
        field: "x",
        type: "quantitative" as const,
        title: axisTitle(axis),
        scale: scaleOver(axis.scale, [numbers[0]!, numbers.at(-1)!]),
        axis: { values, format, labelFlush: false },
      };
      const y = {
        type: "quantitative" as const,
        title: outcomeTitle(outcomes[0]!),
        scale: { domain: [range.low, range.high], nice: false, zero: false },
        axis: { values: [...range.ticks], format: range.numberFormat },
      };
      const color = {
        field: "series",
        type: "nominal" as const,
        scale: { domain: names, range: names.map((_, k) => theme.categorical[k]!) },
        legend:
          names.length > 1 ? { title: null, orient: "top" as const, direction: "horizontal" as const } : null,
      };
      return {
        layer: [
          {
            data: data("level"),
            mark: { type: "rule" as const, strokeDash: [5, 3], color: theme.muted, tooltip: null },
            encoding: { y: { ...y, field: "y" } },
          },
          {
            data: data("dots"),
            mark: { type: "point" as const, filled: true, size: 22, opacity: 0.45 },
            encoding: {
              x,
              y: { ...y, field: "y" },
              color,
              tooltip: { field: "tip", type: "nominal" as const },
            },
          },
          {
            data: data("line"),
            mark: { type: "area" as const, opacity: 0.22, tooltip: null },
            encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" }, color },
          },
          ...[true, false].map((halo) => ({
            data: data("line"),
            mark: {
              type: "line" as const,
              strokeWidth: halo ? 6 : 2.5,
              opacity: halo ? 0.8 : 1,
              ...(halo && { color: theme.background }),
              tooltip: null,
            },
            encoding: {
              x,
              y: { ...y, field: "y" },
              ...(halo ? { detail: { field: "series", type: "nominal" as const } } : { color }),
            },
          })),
        ],
      };
    },
  };
}

/** The means over the points of each category. */
function groupsPanel(
  axis: Axis,
  outcomes: readonly Outcome[],
  range: AxisRange,
  level: number | null,
): Panel {
  const groups = axis.levels.slice(0, 20).map(({ text }, at) => ({
    text,
    summaries: outcomes.map(({ summaries }) =>
      summarise(summaries.flatMap(({ mean }, point) => (axis.levelOf[point] === at ? (mean ?? []) : []))),
    ),
  }));
  return {
    ...neuronDotsPanel({
      rows: groups.map(({ text, summaries }) => ({
        label: text,
        values: summaries.map(({ mean }) => mean),
        intervals: summaries.map(({ interval }) => interval),
        tip: [
          `${axis.label} ${text}`,
          ...summaries.map(
            ({ mean, n }, k) =>
              `${outcomes[k]!.label ?? "Mean"}: ${formatFigure(mean)} over ${countOf(n, "point")}`,
          ),
        ].join("\n"),
      })),
      series: outcomes.map(({ label }) => label ?? ""),
      range,
      xTitle: outcomeTitle(outcomes[0]!),
      xFormat: range.numberFormat,
      reference: level === null ? null : { value: level, label: formatFigure(level) },
    }),
    title: capital(axis.label),
  };
}

/** The rank correlations of a metric with every parameter, the strongest first; null where there is none. */
export function rankChart(study: SweepStudy, metric: string): Chart | null {
  const outcomes = study.outcomes(metric).slice(0, 3);
  const all = outcomes.map((outcome) => rankCorrelations(study, outcome));
  const order = all[0]?.filter(({ correlation }) => correlation !== null) ?? [];
  if (order.length < 2) return null;
  const of = (axis: Axis): RankCorrelation[] => all.map((one) => one.find((found) => found.axis === axis)!);
  const clear = order.filter(({ interval }) => interval !== null && interval.low * interval.high > 0).length;
  const range = { ...rangeOf([-1, 1]), low: -1, high: 1, ticks: [-1, -0.5, 0, 0.5, 1], numberFormat: ".1f" };
  return {
    id: `ranking-${metric}`,
    title: `${capital(metricTitle(metric))} follows ${order[0]!.axis.label} most; ${countOf(clear, "parameter")} of ${order.length} ${clear === 1 ? "has" : "have"} a clear effect`,
    description:
      "Spearman's rank correlation with each parameter over all points, and its 95% interval (Fisher's z with the standard error of Bonett and Wright). Clear: the interval leaves 0 out. Effects that turn around, or that come with another parameter only, do not show here.",
    panels: [
      neuronDotsPanel({
        rows: order.slice(0, 30).map(({ axis }) => ({
          label: axis.label,
          values: of(axis).map(({ correlation }) => correlation),
          intervals: of(axis).map(({ interval }) => interval),
          tip: [
            axis.label,
            ...of(axis).map(
              ({ correlation, interval, points }, k) =>
                `${outcomes[k]!.label ?? "Rank correlation"}: ${formatFigure(correlation)}${interval === null ? "" : ` [${formatFigure(interval.low)}, ${formatFigure(interval.high)}]`} over ${countOf(points, "point")}`,
            ),
          ].join("\n"),
        })),
        series: outcomes.map(({ label }) => label ?? ""),
        range,
        xTitle: "Rank correlation",
        xFormat: ".1f",
        reference: { value: 0, label: "0" },
      }),
    ],
    table: {
      columns: [
        textColumn("comparison", "Comparison"),
        textColumn("parameter", "Parameter"),
        numberColumn("correlation", "Rank correlation", formatFigure),
        numberColumn("low", "Low end of the 95% interval", formatFigure),
        numberColumn("high", "High end", formatFigure),
        numberColumn("points", "Points"),
      ],
      rows: all.flatMap((one, k) =>
        one.map(({ axis, correlation, interval, points }): Cell[] => [
          outcomes[k]!.label ?? "base",
          axis.label,
          correlation,
          interval?.low ?? null,
          interval?.high ?? null,
          points,
        ]),
      ),
    },
  };
}
