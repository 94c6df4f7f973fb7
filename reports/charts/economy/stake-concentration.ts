import { dayOf, type EconomyRun } from "../../data/economy/economy-run.ts";
import { numberColumn } from "../../data/table.ts";
import { formatCount, formatNumber, formatPercent, formatSignificant } from "../../text/format.ts";
import type { Chart } from "../chart.ts";
import { rangeAround, rangeOf } from "../scale.ts";
import { seriesLinesPanel } from "../series-lines.ts";
import { DAYS, dayText, momentsOf, momentsText } from "./common.ts";

/** How concentrated the stake of all agents is, over time: Nakamoto coefficient, HHI, top hundredth. */
export function stakeConcentration(economy: EconomyRun): Chart {
  const { samples } = economy.holdings;
  const days = samples.map(({ block }) => dayOf(economy, block));
  const tips = samples.map((sample, i) =>
    [
      dayText(days[i]!),
      `${sample.nakamoto ?? "–"} of ${formatCount(sample.holders)} agents hold more than half`,
      `HHI ${formatNumber(sample.herfindahl, 4)}`,
      `The top 1% hold ${formatPercent(sample.topPercent)}`,
      `Gini ${formatNumber(sample.gini, 3)}`,
    ].join("\n"),
  );
  const measures = [
    {
      title: "Nakamoto coefficient",
      unit: "Agents",
      values: samples.map(({ nakamoto }) => nakamoto),
      share: false,
    },
    {
      title: "HHI",
      unit: "Sum of squared shares",
      values: samples.map(({ herfindahl }) => herfindahl),
      share: false,
    },
    {
      title: "Top 1%",
      unit: "Share of all stake",
      values: samples.map(({ topPercent }) => topPercent),
      share: true,
    },
  ];
  return {
    id: "stake-concentration",
    columns: 3,
    title: titleOf(economy),
    description: `Over all agents with stake, per coldkey, root and alpha together in TAO at spot. Nakamoto coefficient: the fewest agents that together hold more than half (M3). HHI: the sum of the squared shares, 1 when one has everything (M5). Top 1%: what the largest hundredth, at least one agent, holds (M8). Axes show the change; not all start at zero.${momentsText(economy)}`,
    panels: measures.map(({ title, unit, values, share }, color) => {
      const known = values.filter((value) => value !== null);
      const range = share ? rangeAround(known.length > 0 ? known : [0, 1], 0.02) : rangeOf(known);
      return seriesLinesPanel({
        title,
        epochs: days,
        x: DAYS,
        lines: [{ label: "", color, values }],
        band: null,
        tips,
        range,
        moments: momentsOf(economy),
        yTitle: unit,
        yFormat: share ? range.percentFormat : range.numberFormat,
        height: 180,
      });
    }),
    table: {
      columns: [
        numberColumn("day", "Day", formatSignificant),
        numberColumn("holders", "Agents with stake"),
        numberColumn("nakamoto", "Nakamoto coefficient"),
        numberColumn("hhi", "HHI", (value) => formatNumber(value, 4)),
        numberColumn("top_1_percent", "Top 1%", formatPercent),
        numberColumn("gini", "Gini", (value) => formatNumber(value, 4)),
      ],
      rows: samples.map((sample, i) => [
        days[i]!,
        sample.holders,
        sample.nakamoto,
        sample.herfindahl,
        sample.topPercent,
        sample.gini,
      ]),
    },
  };
}

function titleOf({ holdings: { samples } }: EconomyRun): string {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined) return "No agent has any stake";
  const before =
    first.nakamoto === last.nakamoto ? "" : `, ${formatCount(first.nakamoto ?? 0)} at the beginning`;
  return `${formatCount(last.nakamoto ?? 0)} of ${formatCount(last.holders)} agents hold more than half of all stake at the end${before}; the top 1% hold ${formatPercent(last.topPercent)}`;
}
