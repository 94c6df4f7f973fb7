import { formatFigure } from "../text/figures.ts";
import type { Panel, PanelSpec, Row } from "./chart.ts";

/** One bar of a waterfall, from where the last one ended. */
export interface WaterfallStep {
  readonly label: string;
  readonly from: number;
  readonly to: number;
}

/** Bars that rise and fall one after the other; the last one is what is left. */
export function waterfallPanel({
  title,
  steps,
  yTitle,
}: {
  readonly title: string | null;
  readonly steps: readonly WaterfallStep[];
  readonly yTitle: string;
}): Panel {
  const bars = steps.map(({ label, from, to }): Row => ({
    label,
    from,
    to,
    top: Math.max(from, to),
    rises: to >= from,
    amount: formatFigure(to - from),
    tip: `${label}: ${formatFigure(to - from)}`,
  }));
  return {
    title,
    height: 240,
    labelRoom: 12,
    datasets: { bars, zero: [{ value: 0 }] },
    spec: ({ theme, data }): PanelSpec => {
      const x = {
        field: "label",
        type: "nominal" as const,
        sort: null,
        title: null,
        scale: { domain: steps.map(({ label }) => label), padding: 0.35 },
        axis: { labelAngle: 0 },
      };
      const y = { type: "quantitative" as const, title: yTitle, axis: { tickCount: 5 } };
      return {
        layer: [
          {
            data: data("bars"),
            mark: { type: "bar" as const },
            encoding: {
              x,
              y: { ...y, field: "from" },
              y2: { field: "to" },
              color: {
                field: "rises",
                type: "nominal" as const,
                legend: null,
                scale: { domain: [true, false], range: [theme.categorical[2]!, theme.categorical[1]!] },
              },
              tooltip: { field: "tip", type: "nominal" as const },
            },
          },
          {
            data: data("zero"),
            mark: { type: "rule" as const, color: theme.axis, tooltip: null },
            encoding: { y: { ...y, field: "value" } },
          },
          {
            data: data("bars"),
            mark: { type: "text" as const, dy: -8, color: theme.foreground, tooltip: null },
            encoding: { x, y: { ...y, field: "top" }, text: { field: "amount", type: "nominal" as const } },
          },
        ],
      };
    },
  };
}
