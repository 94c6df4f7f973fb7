import { type Arm, type Compared, relative } from "../../data/comparison/arms.ts";
import { numberColumn, textColumn } from "../../data/table.ts";
import { countOf, formatPercent, formatSignificant, joinWords } from "../../text/format.ts";
import type { Chart } from "../chart.ts";
import { neuronDotsPanel } from "../neuron-dots.ts";
import { rangeOf } from "../scale.ts";

/** How every measure differs from the first arm, as a part of its value there; with intervals where there are replicas. */
export function differences<T>(arms: readonly Arm<T>[], compared: readonly Compared<T>[]): Chart {
  const [base, ...others] = arms;
  const rows = compared
    .map((one) => ({
      one,
      values: others.map((_, arm) => relative(one, one.differences[arm + 1]?.mean ?? null)),
      intervals: others.map((_, arm) => {
        const interval = one.differences[arm + 1]?.interval ?? null;
        const [low, high] = [relative(one, interval?.low ?? null), relative(one, interval?.high ?? null)];
        return low === null || high === null ? null : { low, high };
      }),
    }))
    .filter(({ values }) => values.some((value) => value !== null));
  const known = rows.flatMap(({ values, intervals }) => [
    ...values.filter((value) => value !== null),
    ...intervals.flatMap((interval) => (interval === null ? [] : [interval.low, interval.high])),
  ]);
  const range = rangeOf([0, ...known]);
  const replicas = base!.replicas.length;
  return {
    id: "differences",
    title: titleOf(others, rows, base!.label),
    description:
      `How far each measure lies from its value under ${base!.label}, as a part of that value; 0 is no difference. ` +
      (replicas > 1
        ? `${countOf(replicas, "replica")} with the same seeds on every side: dots are means of the differences seed by seed${replicas >= 5 ? ", lines their 95% intervals by Student's t" : "; with fewer than 5 no interval is given"}. `
        : "One run per side: a difference may be chance of the seed. ") +
      "Measures that are 0 under the first are in the table alone.",
    panels: [
      neuronDotsPanel({
        rows: rows.map(({ one, values, intervals }) => ({
          label: one.measure.label,
          values,
          intervals,
          tip: tipOf(one, arms),
        })),
        series: others.map(({ label }) => label),
        range,
        xTitle: `Difference from ${base!.label}`,
        xFormat: `+${range.percentFormat}`,
        reference: { value: 0, label: "" },
      }),
    ],
    table: {
      columns: [
        textColumn("measure", "Measure"),
        textColumn("side", "Side"),
        numberColumn("replicas", "Replicas"),
        numberColumn("mean", "Mean", formatSignificant),
        numberColumn("difference", "Difference from the first", formatSignificant),
        numberColumn("difference_low", "95% interval, low", formatSignificant),
        numberColumn("difference_high", "95% interval, high", formatSignificant),
        numberColumn("relative_difference", "Difference, relative", formatPercent),
      ],
      rows: compared.flatMap((one) =>
        arms.map(({ label }, arm) => {
          const difference = one.differences[arm] ?? null;
          return [
            one.measure.label,
            label,
            one.values[arm]!.n,
            one.values[arm]!.mean,
            difference?.mean ?? null,
            difference?.interval?.low ?? null,
            difference?.interval?.high ?? null,
            relative(one, difference?.mean ?? null),
          ];
        }),
      ),
    },
  };
}

function tipOf<T>({ measure, values }: Compared<T>, arms: readonly Arm<T>[]): string {
  return [
    measure.label,
    ...arms.map(({ label }, arm) => `${label}: ${measure.format(values[arm]!.mean)}`),
  ].join("\n");
}

function titleOf<T>(
  others: readonly Arm<T>[],
  rows: readonly { readonly one: Compared<T>; readonly values: readonly (number | null)[] }[],
  base: string,
): string {
  const largest = rows
    .map(({ one, values }) => ({
      label: one.measure.label,
      values,
      size: Math.max(...values.map((value) => Math.abs(value ?? 0))),
    }))
    .sort((a, b) => b.size - a.size)[0];
  if (largest === undefined || largest.size === 0) return `Nothing differs from ${base}`;
  const parts = others
    .slice(0, 3)
    .map(({ label }, i) => `${signed(largest.values[i] ?? null)} under ${label}`);
  return `${largest.label} differs most from ${base}: ${joinWords(parts)}`;
}

/** A part with its sign. */
export const signed = (value: number | null): string =>
  value === null ? "–" : value > 0 ? `+${formatPercent(value)}` : formatPercent(value);
