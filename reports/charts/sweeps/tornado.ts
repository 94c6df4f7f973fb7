import { type AxisSensitivity, elasticities, type Step, strengthOf } from "../../data/sweeps/sensitivity.ts";
import { centreOf, type Outcome, type SweepStudy } from "../../data/sweeps/study.ts";
import { type Cell, numberColumn, textColumn } from "../../data/table.ts";
import { formatFigure } from "../../text/figures.ts";
import { joinWords } from "../../text/format.ts";
import type { Chart, Panel, PanelSpec, Row } from "../chart.ts";
import { type AxisRange, rangeOf } from "../scale.ts";
import { capital, metricTitle } from "./axis.ts";
import { intervalText } from "./responses.ts";

/** Parameters that have a bar; the weakest are left to the table. */
const MOST_BARS = 20;

const SIDES = ["one value down", "one value up"] as const;

/** How strongly each parameter moves an outcome, one at a time; null where there is nothing to compare. */
export function tornadoChart(study: SweepStudy, outcomes: readonly Outcome[]): Chart | null {
  const ranked = outcomes
    .slice(0, 4)
    .map((outcome) => ({ outcome, all: elasticities(study, outcome) }))
    .map(({ outcome, all }) => ({ outcome, all, shown: all.filter((one) => strengthOf(one) >= 0) }));
  const [first] = ranked;
  if (first === undefined || first.shown.length < 2 || strengthOf(first.shown[0]!) === 0) return null;
  const centre = centreOf(study);
  const without = first.all.filter((one) => strengthOf(one) < 0).map(({ axis }) => axis.label);
  const [strongest] = first.shown as [AxisSensitivity];
  const figure = [strongest.down, strongest.up].find(
    (step) => Math.abs(step?.elasticity ?? -1) === strengthOf(strongest),
  )!.elasticity;
  return {
    id: `tornado-${first.outcome.metric}`,
    title: `${capital(metricTitle(first.outcome.metric))} follows ${strongest.axis.label} most: ${formatFigure(figure)}% for 1%`,
    description: [
      "Elasticity (dM/M)/(dp/p): by how many percent the outcome moves when a parameter moves by one, from the centre to the next value down and up.",
      `Centre: ${study.axes.map((axis, k) => `${axis.label} ${axis.levels[centre[k]!]!.text}`).join(", ")}.`,
      study.replicas >= 5 ? "Lines are 95% intervals of the differences seed by seed." : intervalText(study),
      without.length === 0
        ? ""
        : `${capital(joinWords(without))} ${without.length === 1 ? "has" : "have"} none: a value or the outcome is 0 there.`,
    ]
      .join(" ")
      .trim(),
    panels: ranked.map(({ outcome, shown }) => tornadoPanel(outcome.label, shown.slice(0, MOST_BARS))),
    table: {
      columns: [
        textColumn("comparison", "Comparison"),
        textColumn("parameter", "Parameter"),
        textColumn("side", "Side"),
        numberColumn("from", "From", formatFigure),
        numberColumn("to", "To", formatFigure),
        numberColumn("outcome_from", "Outcome before", formatFigure),
        numberColumn("outcome_to", "Outcome after", formatFigure),
        numberColumn("elasticity", "Elasticity", formatFigure),
        numberColumn("low", "Low end of the 95% interval", formatFigure),
        numberColumn("high", "High end", formatFigure),
      ],
      rows: ranked.flatMap(({ outcome, all }) =>
        all.flatMap((one) =>
          stepsOf(one).map(([side, step]): Cell[] => [
            outcome.label ?? "base",
            one.axis.label,
            side,
            step.from,
            step.to,
            step.outcomeFrom,
            step.outcomeTo,
            step.elasticity,
            step.interval?.low ?? null,
            step.interval?.high ?? null,
          ]),
        ),
      ),
    },
  };
}

function stepsOf({ down, up }: AxisSensitivity): [string, Step][] {
  return [down, up].flatMap((step, k): [string, Step][] => (step === null ? [] : [[SIDES[k]!, step]]));
}

function tornadoPanel(title: string | null, bars: readonly AxisSensitivity[]): Panel {
  const rows = bars.flatMap((one) =>
    stepsOf(one).flatMap(([side, step]): Row[] =>
      step.elasticity === null
        ? []
        : [
            {
              parameter: one.axis.label,
              side,
              value: step.elasticity,
              low: step.interval?.low ?? null,
              high: step.interval?.high ?? null,
              tip: tipOf(one, side, step),
            },
          ],
    ),
  );
  const range: AxisRange = rangeOf([
    0,
    ...rows.flatMap(({ value, low, high }) => [value, low, high].filter((one) => typeof one === "number")),
  ]);
  return {
    title,
    height: Math.max(2, bars.length) * 34,
    labelRoom: 20,
    datasets: { bars: rows, zero: [{ value: 0 }] },
    spec: ({ theme, data }): PanelSpec => {
      const y = {
        field: "parameter",
        type: "nominal" as const,
        title: null,
        sort: null,
        scale: { domain: bars.map(({ axis }) => axis.label), paddingInner: 0.25 },
        axis: { ticks: false, domain: false, labelColor: theme.foreground, labelLimit: 150 },
      };
      const yOffset = {
        field: "side",
        type: "nominal" as const,
        sort: null,
        scale: { domain: [...SIDES] },
      };
      const x = {
        type: "quantitative" as const,
        title: "Elasticity: % of the outcome for 1% of the parameter",
        scale: { domain: [range.low, range.high], nice: false },
        axis: { values: [...range.ticks], format: range.numberFormat, grid: true, domain: false },
      };
      return {
        layer: [
          {
            data: data("bars"),
            mark: { type: "bar" as const },
            encoding: {
              y,
              yOffset,
              x: { ...x, field: "value" },
              color: {
                field: "side",
                type: "nominal" as const,
                scale: { domain: [...SIDES], range: [theme.categorical[4]!, theme.categorical[0]!] },
                legend: { title: null, orient: "top" as const, direction: "horizontal" as const },
              },
              tooltip: { field: "tip", type: "nominal" as const },
            },
          },
          {
            data: data("bars"),
            mark: { type: "rule" as const, color: theme.foreground, strokeWidth: 1.5, tooltip: null },
            encoding: { y, yOffset, x: { ...x, field: "low" }, x2: { field: "high" } },
          },
          {
            data: data("zero"),
            mark: { type: "rule" as const, color: theme.axis, tooltip: null },
            encoding: { x: { ...x, field: "value" } },
          },
        ],
      };
    },
  };
}

function tipOf({ axis }: AxisSensitivity, side: string, step: Step): string {
  const { from, to, outcomeFrom, outcomeTo, elasticity, interval } = step;
  return [
    `${axis.label}, ${side}: ${formatFigure(from)} to ${formatFigure(to)}`,
    `Outcome: ${formatFigure(outcomeFrom)} to ${formatFigure(outcomeTo)}`,
    `Elasticity ${formatFigure(elasticity)}${interval === null ? "" : `, 95% interval ${formatFigure(interval.low)} to ${formatFigure(interval.high)}`}`,
  ].join("\n");
}
