import type { Estimate } from "../../sim/trace/index.ts";
import { formatFigures } from "../text/figures.ts";
import type { Panel, PanelSpec, Row } from "./chart.ts";

/** Estimates side by side, each a dot with its 95 % interval. */
export interface IntervalDots {
  readonly title: string | null;
  /** From left to right where they are steps, from top to bottom where they are names. */
  readonly categories: readonly string[];
  readonly estimates: readonly Estimate[];
  readonly categoryTitle: string | null;
  readonly valueTitle: string;
  /** Values that a line is drawn at. */
  readonly lines: readonly number[];
  /** Whether the categories are steps of one quantity: they go from left to right, and the dots are joined. */
  readonly joined: boolean;
  /** Positions of controls among the categories, drawn in grey. */
  readonly controls: readonly number[];
}

const STEPS_HEIGHT = 240;
const NAME_HEIGHT = 28;

/** Parts of the whole range that are left free below and above it: labels stand above steps and to the right of names. */
const ROOM = { steps: [0.1, 0.15], names: [0.08, 0.34] } as const;

/** The panel of dots with intervals; what is undefined has none. */
export function intervalDotsPanel(chart: IntervalDots): Panel {
  const { categories, estimates, joined } = chart;
  const labels = formatFigures(estimates.map(({ mean }) => mean));
  const dots = categories.flatMap((category, at): Row[] => {
    const { mean, low, high } = estimates[at]!;
    if (mean === null) return [];
    const [shown, from, to] = formatFigures([mean, low, high]);
    return [
      {
        category,
        mean,
        low: low ?? mean,
        high: high ?? mean,
        control: chart.controls.includes(at),
        label: labels[at]!,
        tip: `${category}\n${shown}${low === null || high === null ? "" : `, 95 % interval ${from} to ${to}`}`,
      },
    ];
  });
  const domain = domainOf(chart);
  return {
    title: chart.title,
    height: joined ? STEPS_HEIGHT : Math.max(3, categories.length) * NAME_HEIGHT,
    labelRoom: 12,
    datasets: { dots, lines: chart.lines.map((value): Row => ({ value })) },
    spec: ({ theme, data }): PanelSpec => {
      const category = {
        field: "category",
        type: "nominal" as const,
        sort: null,
        title: chart.categoryTitle,
        scale: { domain: [...categories] },
        axis: joined
          ? { labelAngle: 0, labelLimit: 150, labelOverlap: false }
          : { ticks: false, domain: false, labelColor: theme.foreground, labelLimit: 150 },
      };
      const value = {
        type: "quantitative" as const,
        title: chart.valueTitle,
        scale: { domain, nice: true, zero: false },
        axis: { tickCount: 5, labelOverlap: true, labelSeparation: 6 },
      };
      const color = {
        field: "control",
        type: "nominal" as const,
        legend: null,
        scale: { domain: [false, true], range: [theme.categorical[1]!, theme.other] },
      };
      const point = (field: string) =>
        joined ? { x: category, y: { ...value, field } } : { y: category, x: { ...value, field } };
      const span = joined ? { y2: { field: "high" } } : { x2: { field: "high" } };
      const line = { ...value, field: "value" };
      return {
        layer: [
          ...(chart.lines.length > 0
            ? [
                {
                  data: data("lines"),
                  mark: { type: "rule" as const, strokeDash: [4, 3], color: theme.muted, tooltip: null },
                  encoding: joined ? { y: line } : { x: line },
                },
              ]
            : []),
          ...(joined
            ? [
                {
                  data: data("dots"),
                  mark: {
                    type: "line" as const,
                    strokeWidth: 1.5,
                    color: theme.categorical[1]!,
                    tooltip: null,
                  },
                  encoding: point("mean"),
                },
              ]
            : []),
          {
            data: data("dots"),
            mark: { type: "rule" as const, strokeWidth: 2, tooltip: null },
            encoding: { ...point("low"), ...span, color },
          },
          {
            data: data("dots"),
            mark: { type: "point" as const, filled: true, size: 64, opacity: 1 },
            encoding: { ...point("mean"), color, tooltip: { field: "tip", type: "nominal" as const } },
          },
          {
            data: data("dots"),
            mark: {
              type: "text" as const,
              align: joined ? "center" : "left",
              dx: joined ? 0 : 9,
              dy: joined ? -14 : 0,
              baseline: joined ? "alphabetic" : "middle",
              color: theme.foreground,
              tooltip: null,
            },
            encoding: {
              ...point(joined ? "mean" : "high"),
              text: { field: "label", type: "nominal" as const },
            },
          },
        ],
      };
    },
  };
}

/** Round the intervals and the lines, with room for the labels. */
function domainOf({ estimates, lines, joined }: IntervalDots): [number, number] {
  const values = [
    ...lines,
    ...estimates.flatMap(({ mean, low, high }) => [mean, low, high].filter((value) => value !== null)),
  ];
  if (values.every((value) => value === 0)) return [0, 1];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const range = most > least ? most - least : Math.abs(most) * 0.5 || 1;
  const [below, above] = joined ? ROOM.steps : ROOM.names;
  return [least - below * range, most + above * range];
}
