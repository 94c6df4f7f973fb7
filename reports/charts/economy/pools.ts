import { alongSamples, dayOf, type EconomyRun, subnetsBySize } from "../../data/economy/economy-run.ts";
import { numberColumn } from "../../data/table.ts";
import { formatPercent, formatSignificant, formatTokens, raoToDecimal } from "../../text/format.ts";
import type { Chart } from "../chart.ts";
import { stackedPanel } from "../stacked.ts";
import {
  dayText,
  momentsText,
  NAMED,
  samplesOf,
  subnetColor,
  tipsOfMoments,
  tokensText,
  unnamedText,
} from "./common.ts";

/** TAO in the pools, the largest subnets named, all others together. */
export function pools(economy: EconomyRun): Chart {
  const table = economy.pools;
  const samples = samplesOf(economy, table.blocks);
  const netuids = subnetsBySize(economy);
  const tao = (netuid: number): number[] =>
    samples.pick(alongSamples(table, netuid, (rows) => rows.tokens("tao"))).map((value) => value ?? 0);
  const named = netuids.slice(0, NAMED);
  const rest = netuids.slice(NAMED).map(tao);
  const series = [
    ...(rest.length > 0
      ? [
          {
            label: `${rest.length} others`,
            color: subnetColor(NAMED),
            values: samples.days.map((_, i) => rest.reduce((sum, values) => sum + values[i]!, 0)),
          },
        ]
      : []),
    ...named
      .map((netuid, position) => ({
        label: `Subnet ${netuid}`,
        color: subnetColor(position),
        values: tao(netuid),
      }))
      .reverse(),
  ];
  const { days } = samples;
  return {
    id: "pools",
    title: titleOf(economy),
    description: `TAO in the pools of all subnets at every sample, stacked; root stake is not in it. The chain adds liquidity and buys, users and root claims move TAO in and out.${unnamedText(economy)}${momentsText(economy)}`,
    panels: [
      stackedPanel({
        title: null,
        mark: "area",
        // A state at a moment: the area goes through the samples themselves.
        from: days,
        to: days,
        series,
        tips: days.map((day, i) =>
          [
            dayText(day),
            ...tipsOfMoments(economy, days, i),
            ...[...series].reverse().map(({ label, values }) => `${label}: ${tokensText(values[i]!)} TAO`),
          ].join("\n"),
        ),
        yTitle: "TAO in pools",
      }),
    ],
    table: {
      columns: [
        numberColumn("day", "Day", formatSignificant),
        numberColumn("netuid", "Subnet"),
        numberColumn("tao", "TAO in the pool"),
        numberColumn("alpha_in", "Alpha in the pool"),
        numberColumn("alpha_out", "Alpha outside"),
      ],
      rows: netuids.flatMap((netuid) => {
        const rows = table.subnets.get(netuid)!;
        const [taos, alphaIn, alphaOut] = ["tao", "alpha_in", "alpha_out"].map((name) => rows.amounts(name));
        return rows
          .numbers("block")
          .map((block, i) => [
            dayOf(economy, block),
            netuid,
            raoToDecimal(taos![i]!),
            raoToDecimal(alphaIn![i]!),
            raoToDecimal(alphaOut![i]!),
          ]);
      }),
    },
  };
}

function titleOf(economy: EconomyRun): string {
  const netuids = subnetsBySize(economy);
  const sumAt = (at: 0 | -1): bigint => {
    const block = economy.pools.blocks.at(at);
    return netuids.reduce((sum, netuid) => {
      const rows = economy.pools.subnets.get(netuid)!;
      const index = rows.numbers("block").indexOf(block ?? -1);
      return sum + (index < 0 ? 0n : rows.amounts("tao")[index]!);
    }, 0n);
  };
  const [before, after] = [sumAt(0), sumAt(-1)];
  const change = Number(after - before) / Number(before === 0n ? 1n : before);
  return `Pools hold ${formatTokens(after)} TAO at the end, ${formatPercent(Math.abs(change))} ${change < 0 ? "less" : "more"} than at the beginning`;
}
