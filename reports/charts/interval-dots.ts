import type { Estimate } from "../../sim/trace/index.ts";
import { formatFigure } from "../text/figures.ts";
import type { Panel, PanelSpec, Row } from "./chart.ts";

/** Estimates side by side, each a dot with its 95 % interval. */
export interface IntervalDots {
  readonly title: string | null;
  /** From left to right. */
  readonly categories: readonly string[];
  readonly estimates: readonly Estimate[];
  readonly xTitle: string | null;
  readonly yTitle: string;
  /** Values that a line is drawn at. */
  readonly lines: readonly number[];
  /** Whether the dots are joined: where the categories are steps of one quantity. */
  readonly joined: boolean;
  /** Positions of controls among the categories, drawn in grey. */
  readonly controls: readonly number[];
}

const HEIGHT = 240;

/** The panel of dots with intervals; what is undefined has none. */
export function intervalDotsPanel(chart: IntervalDots): Panel {
  const dots = chart.categories.flatMap((category, at): Row[] => {
    const { mean, low, high } = chart.estimates[at]!;
    if (mean === null) return [];
    return [
      {
        category,
        mean,
        low: low ?? mean,
        high: high ?? mean,
        control: chart.controls.includes(at),
        label: formatFigure(mean),
        tip: `${category}\n${formatFigure(mean)}${low === null || high === null ? "" : `, 95 % interval ${formatFigure(low)} to ${formatFigure(high)}`}`,
      },
    ];
  });
  const domain = domainOf(chart);
  return {
    title: chart.title,
    height: HEIGHT,
    labelRoom: 12,
    datasets: { dots, lines: chart.lines.map((value): Row => ({ value })) },
    spec: ({ theme, data }): PanelSpec => {
      const x = {
        field: "category",
        type: "nominal" as const,
        sort: null,
        title: chart.xTitle,
        scale: { domain: [...chart.categories] },
        axis: { labelAngle: 0, labelLimit: 150, labelOverlap: false },
      };
      const y = {
        type: "quantitative" as const,
        title: chart.yTitle,
        scale: { domain, nice: true, zero: false },
        axis: { tickCount: 5 },
      };
      const color = {
        field: "control",
        type: "nominal" as const,
        legend: null,
        scale: { domain: [false, true], range: [theme.categorical[1]!, theme.other] },
      };
      return {
        layer: [
          ...(chart.lines.length > 0
            ? [
                {
                  data: data("lines"),
                  mark: { type: "rule" as const, strokeDash: [4, 3], color: theme.muted, tooltip: null },
                  encoding: { y: { ...y, field: "value" } },
                },
              ]
            : []),
          ...(chart.joined
            ? [
                {
                  data: data("dots"),
                  mark: {
                    type: "line" as const,
                    strokeWidth: 1.5,
                    color: theme.categorical[1]!,
                    tooltip: null,
                  },
                  encoding: { x, y: { ...y, field: "mean" } },
                },
              ]
            : []),
          {
            data: data("dots"),
            mark: { type: "rule" as const, strokeWidth: 2, tooltip: null },
            encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" }, color },
          },
          {
            data: data("dots"),
            mark: { type: "point" as const, filled: true, size: 64, opacity: 1 },
            encoding: {
              x,
              y: { ...y, field: "mean" },
              color,
              tooltip: { field: "tip", type: "nominal" as const },
            },
          },
          {
            data: data("dots"),
            mark: {
              type: "text" as const,
              align: chart.joined ? "center" : "left",
              dx: chart.joined ? 0 : 8,
              dy: chart.joined ? -14 : -7,
              color: theme.foreground,
              tooltip: null,
            },
            encoding: { x, y: { ...y, field: "mean" }, text: { field: "label", type: "nominal" as const } },
          },
        ],
      };
    },
  };
}

/** Round the intervals and the lines, with room for the labels above. */
function domainOf({ estimates, lines }: IntervalDots): [number, number] {
  const values = [
    ...lines,
    ...estimates.flatMap(({ mean, low, high }) => [mean, low, high].filter((value) => value !== null)),
  ];
  if (values.every((value) => value === 0)) return [0, 1];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const room = most > least ? (most - least) * 0.1 : Math.abs(most) * 0.05 || 1;
  return [least - room, most + 1.5 * room];
}
