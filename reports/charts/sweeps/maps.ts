/** Charts of an outcome over two axes at once. */
import {
  type Axis,
  centreOf,
  extentOf,
  type Outcome,
  pointAt,
  type SweepStudy,
} from "../../data/sweeps/study.ts";
import { type Cell, textColumn } from "../../data/table.ts";
import { formatFigure } from "../../text/figures.ts";
import type { Chart } from "../chart.ts";
import { capital, metricTitle, outcomeTitle, withUnit } from "./axis.ts";
import { heatPanel } from "./heat-panel.ts";
import { intervalText, summaryCells, summaryColumns } from "./responses.ts";

/** Comparisons that have a map each. */
const MOST_MAPS = 4;

/** An outcome of one kind, with the level that its map is read against. */
export interface MappedOutcome {
  readonly outcome: Outcome;
  readonly level: number | null;
}

/** A map per outcome over two axes, all others at the centre. @param id of the chart, before the metric */
export function mapChart(
  study: SweepStudy,
  [x, y]: readonly [Axis, Axis],
  outcomes: readonly MappedOutcome[],
  id: string,
): Chart {
  const centre = centreOf(study);
  const [across, up] = [study.axes.indexOf(x), study.axes.indexOf(y)];
  const at = (column: number, row: number): number | null =>
    pointAt(
      study,
      centre.map((own, k) => (k === across ? column : k === up ? row : own)),
    );
  const shown = outcomes.slice(0, MOST_MAPS);
  const [{ outcome: first, level }] = shown as [MappedOutcome];
  const meansOf = ({ summaries }: Outcome): number[] =>
    x.levels.flatMap((_, column) =>
      y.levels.flatMap((_, row) => {
        const point = at(column, row);
        return point === null ? [] : (summaries[point]!.mean ?? []);
      }),
    );
  const others = study.axes.filter((axis) => axis !== x && axis !== y);
  const isDrawn = level !== null && x.kind === "numbers" && y.kind === "numbers";
  return {
    id: `${id}-${first.metric}`,
    title: titleOf(meansOf(first), x, y, shown[0]!),
    description: [
      `Each cell is the mean at one value of ${x.label} and one of ${y.label}.`,
      others.length === 0
        ? ""
        : `The others stay at ${others.map((axis) => `${axis.label} ${axis.levels[centre[study.axes.indexOf(axis)]!]!.text}`).join(", ")}.`,
      isDrawn
        ? `The line is where it is ${withUnit(formatFigure(level), first.unit)}, by interpolation between the middles of the cells; colours part there.`
        : "",
      x.own !== null && y.own !== null ? "The cross is the scenario itself." : "",
      intervalText(study),
    ]
      .filter((text) => text !== "")
      .join(" "),
    panels: shown.map(({ outcome, level }) => {
      const means = meansOf(outcome);
      return heatPanel({
        title: outcome.label,
        x,
        y,
        valueTitle: outcomeTitle(outcome),
        level,
        domain: means.length === 0 ? [0, 1] : extentOf(means),
        summary: (column, row) => {
          const point = at(column, row);
          return point === null ? null : outcome.summaries[point]!;
        },
      });
    }),
    table: {
      columns: [
        textColumn("x", capital(x.label)),
        textColumn("y", capital(y.label)),
        textColumn("comparison", "Comparison"),
        ...summaryColumns,
      ],
      rows: shown.flatMap(({ outcome }) =>
        x.levels.flatMap((column, i) =>
          y.levels.flatMap((row, j): Cell[][] => {
            const point = at(i, j);
            return point === null
              ? []
              : [
                  [
                    column.text,
                    row.text,
                    outcome.label ?? "base",
                    ...summaryCells(outcome.summaries[point]!),
                  ],
                ];
          }),
        ),
      ),
    },
  };
}

function titleOf(
  means: readonly number[],
  x: Axis,
  y: Axis,
  { outcome: { metric, label }, level }: MappedOutcome,
): string {
  const name = `${capital(metricTitle(metric))}${label === null ? "" : ` of ${label}`}`;
  const over = `over ${x.label} and ${y.label}`;
  if (means.length === 0) return `${name} ${over}: no values`;
  if (level === null) return `${name} ${over}: ${rangeText(means)}`;
  const above = means.filter((mean) => mean > level).length;
  return `${name} ${over}: above ${formatFigure(level)} in ${above} of ${means.length} cells`;
}

function rangeText(means: readonly number[]): string {
  const [least, most] = extentOf(means);
  return `from ${formatFigure(least)} to ${formatFigure(most)}`;
}
