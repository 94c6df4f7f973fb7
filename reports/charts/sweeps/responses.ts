/** Charts of an outcome over one axis at a time. */
import { type Crossing, crossingsOf } from "../../data/sweeps/crossings.ts";
import {
  type Axis,
  centreOf,
  extentOf,
  type Outcome,
  pointAt,
  type SweepStudy,
} from "../../data/sweeps/study.ts";
import { type Cell, numberColumn, type Table, textColumn } from "../../data/table.ts";
import { FEWEST_REPLICAS, type ReplicaSummary } from "../../metrics/uncertainty.ts";
import { formatFigure } from "../../text/figures.ts";
import { countOf, joinWords } from "../../text/format.ts";
import type { Chart, Panel } from "../chart.ts";
import { neuronDotsPanel } from "../neuron-dots.ts";
import { type AxisRange, rangeOf } from "../scale.ts";
import { axisTitle, capital, metricTitle, outcomeTitle, thinned, ticksOf, withUnit } from "./axis.ts";
import { type ResponseLine, responsePanel } from "./response-panel.ts";

/** Most lines of a panel, and most categories whose dots stand in a row. */
export const MOST_LINES = 6;
const MOST_ROWS = 40;

const HEIGHT = 260;

/** One line of a chart: an outcome, and the points along an axis that it goes through. */
interface Slice {
  readonly label: string | null;
  readonly outcome: Outcome;
  /** Per level of the axis: the point, or null where there is none. */
  readonly points: readonly (number | null)[];
}

/** How many replicas the intervals are of, in words. */
export function intervalText(study: SweepStudy): string {
  if (study.replicas < 2) return "One run per point: how much of a difference is chance is not known.";
  if (study.replicas < FEWEST_REPLICAS)
    return `Means over ${study.replicas} replicas; with fewer than ${FEWEST_REPLICAS} there is no interval, so every value is shown.`;
  return `Means over ${study.replicas} replicas; bands and bars are 95% intervals of the mean (Student's t).`;
}

/** A metric over the only axis: a line per comparison. */
export function responseChart(study: SweepStudy, metric: string, level: number | null): Chart {
  const [axis] = study.axes as [Axis];
  const points = axis.levels.map((_, at) => pointAt(study, [at]));
  const slices = study
    .outcomes(metric)
    .slice(0, MOST_LINES)
    .map((outcome): Slice => ({ label: outcome.label, outcome, points }));
  return {
    id: `response-${metric}`,
    title: responseTitle(study, axis, slices, level),
    description: [intervalText(study), levelText(level, slices[0]!.outcome), ownText([axis])]
      .join(" ")
      .trim(),
    panels: [axisPanel(null, axis, slices, rangeOfSlices(slices, level), level)],
    table: sliceTable([{ axis, slices }]),
  };
}

/** A metric over one axis with a line for each value of another; a panel per comparison. */
export function linesChart(study: SweepStudy, metric: string, level: number | null): Chart {
  const [first, second] = study.axes as [Axis, Axis];
  const isSwapped =
    (first.kind === "labels" && second.kind === "numbers") ||
    (first.kind === second.kind && second.levels.length > first.levels.length);
  const [axis, by] = isSwapped ? [second, first] : [first, second];
  const shown = thinned(
    by.levels.map((_, at) => at),
    MOST_LINES,
  );
  const groups = study
    .outcomes(metric)
    .slice(0, 4)
    .map((outcome) => ({
      title: outcome.label,
      axis,
      slices: shown.map((other): Slice => ({
        label: by.levels[other]!.text,
        outcome,
        points: axis.levels.map((_, at) => pointAt(study, isSwapped ? [other, at] : [at, other])),
      })),
    }));
  const range = rangeOfSlices(
    groups.flatMap(({ slices }) => slices),
    level,
  );
  const every =
    shown.length === by.levels.length ? "each value" : `${shown.length} of ${by.levels.length} values`;
  return {
    id: `lines-${metric}`,
    title: `${capital(metricTitle(metric))} by ${axis.label}, a line for ${every} of ${by.label}`,
    description: [
      intervalText(study),
      levelText(level, groups[0]!.slices[0]!.outcome),
      ownText([axis]),
      `The names at the lines are values of ${by.label}.`,
    ].join(" "),
    panels: groups.map(({ title, slices }) => axisPanel(title, axis, slices, range, level)),
    table: sliceTable(groups, by),
  };
}

/** A metric over every axis, one at a time, all others at the centre. */
export function slicesChart(study: SweepStudy, metric: string, level: number | null): Chart {
  const centre = centreOf(study);
  const groups = study.axes.map((axis, position) => ({
    axis,
    slices: study
      .outcomes(metric)
      .slice(0, MOST_LINES)
      .map((outcome): Slice => ({
        label: outcome.label,
        outcome,
        points: axis.levels.map((_, at) =>
          pointAt(
            study,
            centre.map((own, k) => (k === position ? at : own)),
          ),
        ),
      })),
  }));
  const range = rangeOfSlices(
    groups.flatMap(({ slices }) => slices),
    level,
  );
  const widest = groups
    .map(({ axis, slices }) => ({ axis, span: spanOf(slices[0]!) }))
    .reduce((best, one) => (one.span > best.span ? one : best));
  return {
    id: `slices-${metric}`,
    title: `${capital(metricTitle(metric))} one parameter at a time: ${widest.axis.label} moves it by ${formatFigure(widest.span)}`,
    description: [
      `A panel for each parameter; the others stay at ${joinWords(study.axes.map((axis, k) => `${axis.label} ${axis.levels[centre[k]!]!.text}`))}. All panels have one scale.`,
      intervalText(study),
      levelText(level, groups[0]!.slices[0]!.outcome),
      ownText(study.axes),
    ].join(" "),
    panels: groups.map(({ axis, slices }) => axisPanel(capital(axis.label), axis, slices, range, level, 200)),
    table: sliceTable(groups),
  };
}

/** The outcomes of a sweep at a point, or NaN-free nothing. */
function summaryAt({ outcome, points }: Slice, at: number): ReplicaSummary | null {
  const point = points[at];
  return point === null || point === undefined ? null : outcome.summaries[point]!;
}

function spanOf(slice: Slice): number {
  const means = slice.points.flatMap((_, at) => summaryAt(slice, at)?.mean ?? []);
  const [least, most] = extentOf(means);
  return means.length === 0 ? 0 : most - least;
}

function axisPanel(
  title: string | null,
  axis: Axis,
  slices: readonly Slice[],
  range: AxisRange,
  level: number | null,
  height = HEIGHT,
): Panel {
  return axis.kind === "numbers"
    ? numbersPanel(title, axis, slices, range, level, height)
    : labelsPanel(title, axis, slices, range, level);
}

function numbersPanel(
  title: string | null,
  axis: Axis,
  slices: readonly Slice[],
  range: AxisRange,
  level: number | null,
  height: number,
): Panel {
  return responsePanel({
    title,
    height,
    xTitle: axisTitle(axis),
    yTitle: outcomeTitle(slices[0]!.outcome),
    xScale: axis.scale,
    xTicks: ticksOf(axis),
    range,
    level,
    own: axis.own === null ? null : axis.levels[axis.own]!.number,
    lines: slices.map((slice): ResponseLine => ({
      label: slices.length === 1 ? null : slice.label,
      points: axis.levels.flatMap(({ number, text }, at) => {
        const summary = summaryAt(slice, at);
        if (summary === null) return [];
        return [
          {
            x: number!,
            text: `${axis.label} ${text}`,
            summary,
            values: slice.outcome.values[slice.points[at]!]!,
          },
        ];
      }),
    })),
  });
}

/** Categories as rows of dots with intervals. */
function labelsPanel(
  title: string | null,
  axis: Axis,
  slices: readonly Slice[],
  range: AxisRange,
  level: number | null,
): Panel {
  const shown = axis.levels.slice(0, MOST_ROWS);
  return {
    ...neuronDotsPanel({
      rows: shown.map(({ text }, at) => ({
        label: text,
        values: slices.map((slice) => summaryAt(slice, at)?.mean ?? null),
        intervals: slices.map((slice) => summaryAt(slice, at)?.interval ?? null),
        singles: slices.map((slice) => {
          const summary = summaryAt(slice, at);
          if (summary === null || summary.n < 2 || summary.interval !== null) return [];
          return slice.outcome.values[slice.points[at]!]!.filter((value) => Number.isFinite(value));
        }),
        tip: [
          `${axis.label} ${text}`,
          ...slices.map((slice) => {
            const summary = summaryAt(slice, at);
            const name = slice.label === null ? outcomeTitle(slice.outcome) : slice.label;
            return `${name}: ${summary === null ? "–" : summaryText(summary)}`;
          }),
        ].join("\n"),
      })),
      series: slices.map(({ label }) => label ?? ""),
      range,
      xTitle: outcomeTitle(slices[0]!.outcome),
      xFormat: range.numberFormat,
      reference: level === null ? null : { value: level, label: formatFigure(level) },
    }),
    title,
  };
}

/** The mean and its interval. */
export function summaryText({ mean, interval }: ReplicaSummary): string {
  if (mean === null) return "–";
  if (interval === null) return formatFigure(mean);
  return `${formatFigure(mean)} [${formatFigure(interval.low)}, ${formatFigure(interval.high)}]`;
}

function rangeOfSlices(slices: readonly Slice[], level: number | null): AxisRange {
  const values = slices.flatMap((slice) =>
    slice.points.flatMap((point) => {
      if (point === null) return [];
      const { mean, interval } = slice.outcome.summaries[point]!;
      if (interval !== null) return [mean!, interval.low, interval.high];
      return slice.outcome.values[point]!.filter((value) => Number.isFinite(value));
    }),
  );
  return rangeOf([...extentOf(values), ...(level === null ? [] : [level])]);
}

/** From the first to the last value, with the crossing where there is one. */
function responseTitle(
  study: SweepStudy,
  axis: Axis,
  slices: readonly Slice[],
  level: number | null,
): string {
  const [slice] = slices as [Slice];
  const name = `${capital(metricTitle(slice.outcome.metric))}${slice.label === null ? "" : ` of ${slice.label}`}`;
  if (axis.kind === "labels") {
    const means = axis.levels.map((_, at) => summaryAt(slice, at)?.mean ?? null);
    const known = means.flatMap((mean, at) => (mean === null ? [] : [{ mean, at }]));
    if (known.length === 0) return `${name}: no value`;
    const least = known.reduce((best, one) => (one.mean < best.mean ? one : best));
    const most = known.reduce((best, one) => (one.mean > best.mean ? one : best));
    return `${name} from ${formatFigure(least.mean)} (${axis.levels[least.at]!.text}) to ${formatFigure(most.mean)} (${axis.levels[most.at]!.text})`;
  }
  const crossings = level === null ? [] : crossingsAlong(study, slice.outcome, axis, level);
  if (level !== null && crossings.length > 0)
    return `${name} crosses ${formatFigure(level)} at ${axis.label} ${joinWords(crossings.slice(0, 3).map(({ at }) => withUnit(formatFigure(at), axis.unit)))}${crossings.length > 3 ? ", and more" : ""}`;
  const ends = [0, axis.levels.length - 1].map((at) => summaryAt(slice, at)?.mean ?? null);
  return `${name} from ${formatFigure(ends[0]!)} at ${axis.label} ${axis.levels[0]!.text} to ${formatFigure(ends[1]!)} at ${axis.levels.at(-1)!.text}`;
}

/** Where an outcome crosses a level along an axis of numbers, every other one at the centre. */
export function crossingsAlong(
  study: SweepStudy,
  outcome: Outcome,
  axis: Axis,
  level: number,
): readonly Crossing[] {
  const position = study.axes.indexOf(axis);
  const centre = centreOf(study);
  return crossingsOf(
    axis.levels.map(({ number }, at) => {
      const point = pointAt(
        study,
        centre.map((own, k) => (k === position ? at : own)),
      );
      return { x: number!, y: point === null ? null : outcome.summaries[point]!.mean };
    }),
    level,
    axis.scale,
  );
}

function levelText(level: number | null, { unit }: Outcome): string {
  return level === null
    ? ""
    : `The dashed line is ${withUnit(formatFigure(level), unit)}; diamonds are where the means cross it, by straight lines between neighbours.`;
}

function ownText(axes: readonly Axis[]): string {
  return axes.some(({ own, kind }) => own !== null && kind === "numbers")
    ? "The dotted upright line is what the scenario itself says."
    : "";
}

/** A row per line and place. */
function sliceTable(
  groups: readonly { readonly axis: Axis; readonly slices: readonly Slice[] }[],
  by?: Axis,
): Table {
  return {
    columns: [
      textColumn("parameter", "Parameter"),
      textColumn("value", "Value"),
      ...(by === undefined ? [] : [textColumn("line", capital(by.label))]),
      textColumn("comparison", "Comparison"),
      ...summaryColumns,
    ],
    rows: groups.flatMap(({ axis, slices }) =>
      slices.flatMap((slice) =>
        axis.levels.flatMap(({ text }, at): Cell[][] => {
          const summary = summaryAt(slice, at);
          if (summary === null) return [];
          const line = by === undefined ? [] : [slice.label ?? ""];
          return [[axis.label, text, ...line, slice.outcome.label ?? "base", ...summaryCells(summary)]];
        }),
      ),
    ),
  };
}

export const summaryColumns = [
  numberColumn("mean", "Mean", formatFigure),
  numberColumn("low", "Low end of the 95% interval", formatFigure),
  numberColumn("high", "High end", formatFigure),
  numberColumn("replicas", "Replicas"),
];

export function summaryCells({ mean, interval, n }: ReplicaSummary): Cell[] {
  return [mean, interval?.low ?? null, interval?.high ?? null, n];
}

/** "9 points with 10 replicas". */
export function pointsText({ points, replicas }: SweepStudy): string {
  const count = countOf(points.length, "point");
  return replicas > 1 ? `${count} with ${replicas} replicas` : count;
}
