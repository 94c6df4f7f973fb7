import { endLabels } from "./end-labels.ts";
import { LABEL_SIZE, labelRoom, spreadLabels } from "./label-placement.ts";
import type { Panel, PanelSpec, Row } from "./chart.ts";

/** A named line over time with a range around it. */
export interface BandLine {
  readonly label: string;
  readonly mean: readonly (number | null)[];
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

export interface BandLines {
  readonly times: readonly number[];
  readonly xTitle: string;
  readonly yTitle: string;
  /** The first one is the control. */
  readonly series: readonly BandLine[];
  readonly band: boolean;
}

const HEIGHT = 260;

/** Lines over time, each with its name at its end and its range shaded behind it. */
export function bandLinesPanel({ times, xTitle, yTitle, series, band }: BandLines): Panel {
  const known = series.flatMap(({ mean, low, high }) =>
    (band ? [...mean, ...low, ...high] : mean).filter((value): value is number => value !== null),
  );
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const room = most > least ? (most - least) * 0.04 : Math.abs(most) * 0.05 || 1;
  const range = { low: least - room, high: most + room };
  const ends = series.map(({ mean }) => mean.at(-1) ?? range.low);
  const places = spreadLabels(ends, { ...range, height: HEIGHT, gap: LABEL_SIZE + 3 });
  const lastTime = times.at(-1) ?? 0;
  return {
    title: null,
    height: HEIGHT,
    labelRoom: labelRoom(series.map(({ label }) => label)),
    datasets: {
      lines: series.flatMap(({ mean, low, high, label }, at) =>
        times.map((time, k): Row => ({
          time,
          series: at,
          value: mean[k] ?? null,
          low: low[k] ?? null,
          high: high[k] ?? null,
          label,
        })),
      ),
      labels: series.map(({ label }, at): Row => ({
        time: lastTime,
        series: at,
        value: ends[at]!,
        place: places[at]!,
        label,
      })),
    },
    spec: (context): PanelSpec => {
      const { theme, data } = context;
      const x = {
        field: "time",
        type: "quantitative" as const,
        title: xTitle,
        scale: { domain: [times[0] ?? 0, lastTime], nice: false },
        axis: { tickCount: 6 },
      };
      const y = {
        type: "quantitative" as const,
        title: yTitle,
        scale: { domain: [range.low, range.high], nice: false, zero: false },
        axis: { tickCount: 5 },
      };
      const colors = [theme.other, ...theme.categorical.slice(1), theme.categorical[0]!];
      const color = {
        field: "series",
        type: "nominal" as const,
        legend: null,
        scale: {
          domain: series.map((_, at) => at),
          range: series.map((_, at) => colors[at % colors.length]!),
        },
      };
      return {
        layer: [
          ...(band
            ? [
                {
                  data: data("lines"),
                  mark: { type: "area" as const, opacity: 0.18, tooltip: null },
                  encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" }, color },
                },
              ]
            : []),
          {
            data: data("lines"),
            mark: { type: "line" as const, strokeWidth: 2, strokeCap: "round", tooltip: null },
            encoding: { x, y: { ...y, field: "value" }, color },
          },
          ...endLabels(context, { x, y, color }),
        ],
      };
    },
  };
}
