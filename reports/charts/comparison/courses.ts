import type { Arm } from "../../data/comparison/arms.ts";
import { sampleIndices } from "../../data/selection.ts";
import { numberColumn, textColumn } from "../../data/table.ts";
import { summarise } from "../../metrics/uncertainty.ts";
import { countOf, formatSignificant } from "../../text/format.ts";
import type { Chart, Panel } from "../chart.ts";
import { rangeOf } from "../scale.ts";
import { type LinesAxis, seriesLinesPanel } from "../series-lines.ts";

const MOST_POINTS = 150;
const MOST_ARMS = 6;

/** A quantity over time in every network. */
export interface Course<T> {
  readonly title: string;
  readonly unit: string;
  /** Null where a network does not have it. */
  readonly series: (
    network: T,
  ) => { readonly at: readonly number[]; readonly values: readonly (number | null)[] } | null;
}

/** A quantity as it is less what it is in the network beside it, where both have it. */
function less<T>(
  quantity: Course<T>,
  base: Arm<T>,
): Course<{ readonly network: T; readonly replica: number }> {
  return {
    ...quantity,
    series: ({ network, replica }) => {
      const [own, other] = [quantity.series(network), quantity.series(base.replicas[replica]!)];
      if (own === null || other === null) return null;
      const before = new Map(other.at.map((moment, i) => [moment, other.values[i]!]));
      return {
        at: own.at,
        values: own.values.map((value, i) => {
          const beside = before.get(own.at[i]!) ?? null;
          return value === null || beside === null ? null : value - beside;
        }),
      };
    },
  };
}

/** The same quantities as differences from the first arm, replica by replica with the same seed; null where nothing differs. */
export function differencesOverTime<T>(
  id: string,
  title: string,
  [base, ...others]: readonly Arm<T>[],
  quantities: readonly Course<T>[],
  x: LinesAxis | undefined,
): Chart | null {
  const arms = others.map(({ label, replicas }) => ({
    label,
    replicas: replicas.map((network, replica) => ({ network, replica })),
  }));
  const differing = quantities
    .map((quantity) => less(quantity, base!))
    .filter(({ series }) =>
      arms.some(({ replicas }) =>
        replicas.some((network) => series(network)?.values.some((value) => value !== null && value !== 0)),
      ),
    );
  if (differing.length === 0) return null;
  const chart = courses(id, title, arms, differing, x);
  const same = quantities.length - differing.length;
  return {
    ...chart,
    description: `What each side is above (or, below 0, under) ${base!.label} at the same time${base!.replicas.length > 1 ? " and with the same seed" : ""}. ${same > 0 ? "What is the same everywhere is left out. " : ""}${chart.description}`,
  };
}

/** Several quantities over time, a panel each and a line per arm; replicas as their mean, with a band from five on. */
export function courses<T>(
  id: string,
  title: string,
  arms: readonly Arm<T>[],
  quantities: readonly Course<T>[],
  x: LinesAxis | undefined,
): Chart {
  const shown = arms.slice(0, MOST_ARMS);
  const drawn = quantities.flatMap((quantity) => {
    const lines = shown.flatMap((arm, color) => {
      const line = meanLine(arm, quantity);
      return line === null ? [] : [{ ...line, label: arm.label, color }];
    });
    return lines.length === 0 ? [] : [{ quantity, lines }];
  });
  const replicas = arms[0]!.replicas.length;
  return {
    id,
    columns: drawn.length > 2 ? 3 : 2,
    title,
    description: `A line per side; each panel has an axis of its own, and not all start at zero.${replicas > 1 ? ` Lines are means over ${countOf(replicas, "replica")}${replicas >= 5 ? ", bands hold the middle 90% of them" : ""}.` : ""}${arms.length > MOST_ARMS ? ` The first ${MOST_ARMS} of ${arms.length} sides.` : ""}`,
    panels: drawn.map(({ quantity, lines }): Panel => {
      const at = [...new Set(lines.flatMap((line) => line.at))].sort((a, b) => a - b);
      const points = sampleIndices(at.length, MOST_POINTS).map((index) => at[index]!);
      const own = lines.map(({ label, color, at: moments, mean, low, high }) => {
        const position = new Map(moments.map((moment, i) => [moment, i]));
        const pick = (values: readonly (number | null)[]): (number | null)[] =>
          points.map((moment) => values[position.get(moment) ?? -1] ?? null);
        const band = low.some((value) => value !== null);
        return {
          label,
          color,
          values: pick(mean),
          ...(band && { interval: { low: pick(low), high: pick(high) } }),
        };
      });
      const known = lines.flatMap(({ mean, low, high }) =>
        [...mean, ...low, ...high].filter((value) => value !== null),
      );
      const range = rangeOf(known);
      return seriesLinesPanel({
        title: quantity.title,
        epochs: points.length > 0 ? points : [0],
        ...(x !== undefined && { x }),
        lines: own,
        band: null,
        tips: points.map((moment, i) =>
          [
            `${x?.title ?? "Epoch"} ${formatSignificant(moment)}`,
            ...own.map(({ label, values }) =>
              `${label}: ${formatSignificant(values[i]!)} ${quantity.unit}`.trim(),
            ),
          ].join("\n"),
        ),
        range,
        yTitle: quantity.unit,
        yFormat: range.numberFormat,
        height: 170,
      });
    }),
    table: {
      columns: [
        textColumn("quantity", "Quantity"),
        textColumn("side", "Side"),
        numberColumn("at", x?.title ?? "Epoch", formatSignificant),
        numberColumn("mean", "Value, or mean of replicas", formatSignificant),
        numberColumn("low", "5% of replicas", formatSignificant),
        numberColumn("high", "95% of replicas", formatSignificant),
      ],
      rows: drawn.flatMap(({ quantity, lines }) =>
        lines.flatMap(({ label, at, mean, low, high }) =>
          at.map((moment, i) => [quantity.title, label, moment, mean[i]!, low[i]!, high[i]!]),
        ),
      ),
    },
  };
}

interface MeanLine {
  readonly at: readonly number[];
  readonly mean: readonly (number | null)[];
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

/** The mean over replicas at the moments that the first of them has. */
function meanLine<T>({ replicas }: Arm<T>, { series }: Course<T>): MeanLine | null {
  const all = replicas.map(series).filter((one) => one !== null);
  const [first] = all;
  if (first === undefined) return null;
  const positions = all.map(({ at }) => new Map(at.map((moment, i) => [moment, i])));
  const summaries = first.at.map((moment) =>
    summarise(all.flatMap(({ values }, replica) => values[positions[replica]!.get(moment) ?? -1] ?? [])),
  );
  return {
    at: first.at,
    mean: summaries.map(({ mean }) => mean),
    low: summaries.map(({ band }) => band?.low ?? null),
    high: summaries.map(({ band }) => band?.high ?? null),
  };
}
