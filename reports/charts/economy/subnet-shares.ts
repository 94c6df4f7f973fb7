import type { EconomyRun } from "../../data/economy/economy-run.ts";
import { Flows } from "../../data/economy/flows.ts";
import { numberColumn, textColumn } from "../../data/table.ts";
import { ratioOf } from "../../metrics/amounts.ts";
import { effectiveNumber } from "../../metrics/herfindahl.ts";
import { topShare } from "../../metrics/top-share.ts";
import { countOf, formatNumber, formatPercent, formatSignificant } from "../../text/format.ts";
import type { Chart } from "../chart.ts";
import { rangeFromZero } from "../scale.ts";
import { asShares, stackedPanel } from "../stacked.ts";
import { MOST_POINTS, stretchText } from "./common.ts";

/** Panels that fit: the largest subnets, and one for all others. */
const PANELS = 8;

/** Every subnet's share of the TAO emission over time, as small multiples with the same axis. */
export function subnetShares(economy: EconomyRun): Chart {
  const flows = new Flows(economy, MOST_POINTS);
  const tao = (netuid: number): bigint[] => {
    const bought = flows.of(netuid, "tao_bought");
    return flows.of(netuid, "tao_injected").map((amount, i) => amount + bought[i]!);
  };
  const subnets = flows.netuids
    .map((netuid) => ({
      netuid,
      amounts: tao(netuid),
      sum: tao(netuid).reduce((all, amount) => all + amount, 0n),
    }))
    .sort((a, b) => Number(b.sum - a.sum) || a.netuid - b.netuid);
  const named = subnets.length <= PANELS ? subnets : subnets.slice(0, PANELS - 1);
  const rest = subnets.slice(named.length);
  const groups = [
    ...named.map(({ netuid, amounts }) => ({ title: `Subnet ${netuid}`, amounts })),
    ...(rest.length > 0
      ? [
          {
            title: countOf(rest.length, "other"),
            amounts: flows.to.map((_, i) => rest.reduce((sum, { amounts }) => sum + amounts[i]!, 0n)),
          },
        ]
      : []),
  ];
  const shares = asShares(
    groups.map(({ title, amounts }) => ({
      label: title,
      color: (theme) => theme.categorical[0]!,
      values: amounts.map(Number),
    })),
  );
  const range = rangeFromZero(Math.max(0, ...shares.flatMap(({ values }) => values)));
  return {
    id: "subnet-shares",
    columns: 4,
    title: titleOf(
      flows,
      subnets.map(({ amounts }) => amounts),
    ),
    description: `Each subnet's part of the TAO that went into pools (M51), liquidity and chain buys together, over time; all panels have the same axis. Largest first${rest.length > 0 ? `; the last panel adds up the ${rest.length} others, so that all panels come to 100%` : ""}. Concentration is over all subnets (M59).`,
    panels: shares.map((series, panel) =>
      stackedPanel({
        title: groups[panel]!.title,
        mark: "area",
        from: flows.from,
        to: flows.to,
        series: [panel >= named.length ? { ...series, color: (theme) => theme.other } : series],
        tips: flows.to.map((end, i) =>
          [stretchText(flows.from[i]!, end), `${series.label}: ${formatPercent(series.values[i]!)}`].join(
            "\n",
          ),
        ),
        yTitle: "",
        share: true,
        range,
        height: 110,
        labels: false,
      }),
    ),
    table: {
      columns: [
        numberColumn("from_day", "From day", formatSignificant),
        numberColumn("to_day", "To day", formatSignificant),
        textColumn("netuid", "Subnet"),
        numberColumn("share_of_tao", "Share of the TAO", formatPercent),
      ],
      rows: flows.to.flatMap((end, i) => {
        const sum = subnets.reduce((all, { amounts }) => all + amounts[i]!, 0n);
        return subnets.map(({ netuid, amounts }) => [
          flows.from[i]!,
          end,
          String(netuid),
          sum === 0n ? null : ratioOf(amounts[i]!, sum),
        ]);
      }),
    },
  };
}

function titleOf(flows: Flows, amounts: readonly (readonly bigint[])[]): string {
  const last = flows.length - 1;
  const end = amounts.map((own) => own[last] ?? 0n);
  const count = effectiveNumber(end);
  if (count === null) return "No subnet gets any TAO";
  return `The emission at the end is spread as over ${formatNumber(count, 1)} equal subnets of ${end.length}; the largest gets ${formatPercent(topShare(end, 1))}`;
}
