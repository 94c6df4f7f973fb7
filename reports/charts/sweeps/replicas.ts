import { extentOf, type Outcome, type SweepStudy } from "../../data/sweeps/study.ts";
import { type Cell, numberColumn, textColumn } from "../../data/table.ts";
import { FEWEST_REPLICAS } from "../../metrics/uncertainty.ts";
import { formatFigure } from "../../text/figures.ts";
import { countOf } from "../../text/format.ts";
import type { Chart, Panel, PanelSpec, Row } from "../chart.ts";
import { rangeOf } from "../scale.ts";
import { capital, metricTitle, outcomeTitle, thinned } from "./axis.ts";
import { summaryText } from "./responses.ts";

/** Values of one row that are drawn. */
const MOST_TICKS = 400;

const ROW_HEIGHT = 46;

/** Where the replicas of the only point lie: every value, the range of most of them, the mean. */
export function replicasChart(study: SweepStudy, metric: string, level: number | null): Chart {
  const outcomes = study.outcomes(metric);
  const [first] = outcomes as [Outcome];
  const { mean, interval, band, n } = first.summaries[0]!;
  const differences = study.differences(metric);
  const name = capital(metricTitle(metric));
  return {
    id: `replicas-${metric}`,
    title:
      band === null
        ? `${name}: ${formatFigure(mean)} on average over ${countOf(n, "replica")}`
        : `${name}: ${summaryText({ ...first.summaries[0]!, interval })}; nine of ten replicas between ${formatFigure(band.low)} and ${formatFigure(band.high)}`,
    description: [
      "Each thin line is a replica: the same scenario with another seed.",
      n < FEWEST_REPLICAS
        ? `With fewer than ${FEWEST_REPLICAS} replicas there is no interval.`
        : "The dot is the mean, the dark bar its 95% interval (Student's t), the light bar the range from the 5% to the 95% quantile.",
      differences.length > 0 ? "Differences are taken seed by seed." : "",
    ]
      .join(" ")
      .trim(),
    panels: [
      stripPanel(null, outcomes, level),
      ...(differences.length > 0 ? [stripPanel("Differences", differences, 0)] : []),
    ],
    table: {
      columns: [
        textColumn("comparison", "Comparison"),
        numberColumn("replica", "Replica"),
        numberColumn("value", outcomeTitle(first), formatFigure),
      ],
      rows: [...outcomes, ...differences].flatMap(({ label, values }) =>
        values[0]!.map((value, replica): Cell[] => [
          label ?? "base",
          replica,
          Number.isFinite(value) ? value : null,
        ]),
      ),
    },
  };
}

function stripPanel(title: string | null, outcomes: readonly Outcome[], level: number | null): Panel {
  const names = outcomes.map(({ label }) => label ?? "all replicas");
  const finite = outcomes.map(({ values }) => values[0]!.filter((value) => Number.isFinite(value)));
  const range = rangeOf([...extentOf(finite.flat()), ...(level === null ? [] : [level])]);
  const summaries = outcomes.map(({ summaries }) => summaries[0]!);
  return {
    title,
    height: Math.max(2, outcomes.length) * ROW_HEIGHT,
    labelRoom: 16,
    datasets: {
      ticks: finite.flatMap((values, k) =>
        thinned(
          [...values].sort((a, b) => a - b),
          MOST_TICKS,
        ).map((value): Row => ({ name: names[k]!, value })),
      ),
      bands: summaries.flatMap(({ band }, k): Row[] =>
        band === null ? [] : [{ name: names[k]!, low: band.low, high: band.high }],
      ),
      means: summaries.flatMap((summary, k): Row[] => {
        const { mean, interval, band, n, median } = summary;
        if (mean === null) return [];
        return [
          {
            name: names[k]!,
            mean,
            low: interval?.low ?? mean,
            high: interval?.high ?? mean,
            tip: [
              names[k]!,
              `Mean of ${countOf(n, "replica")}: ${summaryText(summary)}`,
              `Median: ${formatFigure(median)}`,
              ...(band === null
                ? []
                : [`5% to 95%: ${formatFigure(band.low)} to ${formatFigure(band.high)}`]),
            ].join("\n"),
          },
        ];
      }),
      level: level === null ? [] : [{ value: level }],
    },
    spec: ({ theme, data }): PanelSpec => {
      const y = {
        field: "name",
        type: "nominal" as const,
        title: null,
        sort: null,
        scale: { domain: names },
        axis: { ticks: false, domain: false, labelColor: theme.foreground, labelLimit: 150 },
      };
      const x = {
        type: "quantitative" as const,
        title: outcomeTitle(outcomes[0]!),
        scale: { domain: [range.low, range.high], nice: false, zero: false },
        axis: { values: [...range.ticks], format: range.numberFormat, grid: true, domain: false },
      };
      const color = theme.categorical[0]!;
      return {
        layer: [
          {
            data: data("level"),
            mark: { type: "rule" as const, strokeDash: [5, 3], color: theme.muted, tooltip: null },
            encoding: { x: { ...x, field: "value" } },
          },
          {
            data: data("bands"),
            mark: { type: "bar" as const, height: 26, color: theme.band, tooltip: null },
            encoding: { y, x: { ...x, field: "low" }, x2: { field: "high" } },
          },
          {
            data: data("ticks"),
            mark: { type: "tick" as const, thickness: 1, height: 20, color, opacity: 0.5, tooltip: null },
            encoding: { y, x: { ...x, field: "value" } },
          },
          {
            data: data("means"),
            mark: { type: "bar" as const, height: 5, color: theme.foreground, tooltip: null },
            encoding: { y, x: { ...x, field: "low" }, x2: { field: "high" } },
          },
          {
            data: data("means"),
            mark: {
              type: "point" as const,
              filled: true,
              size: 80,
              opacity: 1,
              color: theme.foreground,
              stroke: theme.background,
              strokeWidth: 1.5,
            },
            encoding: { y, x: { ...x, field: "mean" }, tooltip: { field: "tip", type: "nominal" as const } },
          },
        ],
      };
    },
  };
}
