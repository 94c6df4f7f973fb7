import type { EconomyRun } from "../../data/economy/economy-run.ts";
import { Flows } from "../../data/economy/flows.ts";
import { numberColumn } from "../../data/table.ts";
import { ratioOf } from "../../metrics/amounts.ts";
import { formatPercent, formatSignificant, formatTokens, raoToDecimal } from "../../text/format.ts";
import type { Chart } from "../chart.ts";
import { stackedPanel } from "../stacked.ts";
import { MOST_BARS, stretchText, tokensText } from "./common.ts";

/** What became of the minted TAO: liquidity, chain buys, back to the curve. */
export function taoIn(economy: EconomyRun): Chart {
  const flows = new Flows(economy, MOST_BARS);
  const injected = flows.total("tao_injected");
  const bought = flows.total("tao_bought");
  const unspent = unspentIn(economy, flows);
  const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((all, amount) => all + amount, 0n);
  const perDay = (amounts: readonly bigint[]): number[] =>
    amounts.map((rao, i) => Number(rao) / 1e9 / (flows.days[i] || 1));
  const parts = [
    { label: "Liquidity", color: 0, values: perDay(injected) },
    { label: "Chain buys", color: 1, values: perDay(bought) },
    { label: "Back to the curve", color: 6, values: perDay(unspent) },
  ];
  const all = sum(injected) + sum(bought) + sum(unspent);
  return {
    id: "tao-in",
    title:
      all === 0n
        ? "No TAO was minted"
        : `${formatPercent(ratioOf(sum(bought), all))} of ${formatTokens(all)} minted TAO buys alpha, ${formatPercent(ratioOf(sum(injected), all))} becomes liquidity`,
    description:
      "TAO that blocks minted, per day (M51): put into pools together with alpha at the price (liquidity), spent on alpha that nobody owns (chain buys), or not taken by any subnet and so minted again later. The three add up to what was minted, to the rao.",
    panels: [
      stackedPanel({
        title: null,
        mark: "bar",
        from: flows.from,
        to: flows.to,
        series: parts.map(({ label, color, values }) => ({
          label,
          color: (theme) => (color < 6 ? theme.categorical[color]! : theme.other),
          values,
        })),
        tips: flows.to.map((end, i) =>
          [
            stretchText(flows.from[i]!, end),
            ...parts.map(({ label, values }) => `${label}: ${tokensText(values[i]!)} TAO per day`),
          ].join("\n"),
        ),
        yTitle: "TAO per day",
      }),
    ],
    table: {
      columns: [
        numberColumn("from_day", "From day", formatSignificant),
        numberColumn("to_day", "To day", formatSignificant),
        numberColumn("injected_tao", "Liquidity, TAO"),
        numberColumn("bought_tao", "Chain buys, TAO"),
        numberColumn("unspent_tao", "Back to the curve, TAO"),
      ],
      rows: flows.to.map((end, i) => [
        flows.from[i]!,
        end,
        raoToDecimal(injected[i]!),
        raoToDecimal(bought[i]!),
        raoToDecimal(unspent[i]!),
      ]),
    },
  };
}

/** The network's own rows, summed up over the stretches; where they are sampled at other times, to the nearest end. */
function unspentIn(economy: EconomyRun, flows: Flows): bigint[] {
  const sums = flows.to.map(() => 0n);
  const days = economy.network.numbers("block").map((block) => (block - economy.startBlock) / 7_200);
  economy.network.amounts("unspent").forEach((amount, i) => {
    const at = flows.to.findIndex((end) => days[i]! <= end + 1e-9);
    if (at >= 0) sums[at]! += amount;
  });
  return sums;
}
