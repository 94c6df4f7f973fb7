import { dayOf, type EconomyRun, subnetsBySize } from "../../data/economy/economy-run.ts";
import { Flows } from "../../data/economy/flows.ts";
import { numberColumn } from "../../data/table.ts";
import { countOf, formatSignificant, formatTokens, raoToDecimal } from "../../text/format.ts";
import type { Chart } from "../chart.ts";
import { logRange } from "../scale.ts";
import { seriesLinesPanel } from "../series-lines.ts";
import { stackedPanel } from "../stacked.ts";
import {
  DAYS,
  dayText,
  momentsOf,
  momentsText,
  MOST_BARS,
  samplesOf,
  stretchText,
  subnetLines,
  tokensText,
  unnamedText,
} from "./common.ts";

/** The price of a registration by subnet, and how many there were. */
export function registrations(economy: EconomyRun): Chart {
  const { pools, emission } = economy;
  const samples = samplesOf(economy, pools.blocks);
  const lines = subnetLines(economy, pools, samples, (rows) => rows.tokens("burn")).map(({ line }) => line);
  const known = lines.flatMap(({ values }) => values.filter((value) => value !== null));
  const range = logRange(known);
  const flows = new Flows(economy, MOST_BARS);
  const paid = flows.total("registration_tao");
  const counts = countsIn(economy, flows);
  const perDay = counts.map((count, i) => count / (flows.days[i] || 1));
  const netuids = subnetsBySize(economy);
  const total = counts.reduce((sum, count) => sum + count, 0);
  return {
    id: "registrations",
    title: titleOf(
      total,
      paid.reduce((sum, amount) => sum + amount, 0n),
    ),
    description: `The price of a registration, which every registration raises and time lowers, on a logarithmic axis; and registrations by agents per day in all subnets (M33). The TAO goes into the pool, and the alpha that it buys is destroyed.${unnamedText(economy)}${momentsText(economy)}`,
    panels: [
      seriesLinesPanel({
        title: "Price",
        epochs: samples.days,
        x: DAYS,
        lines,
        band: null,
        tips: samples.days.map((day, i) =>
          [dayText(day), ...lines.map(({ label, values }) => `${label}: ${tokensText(values[i]!)} TAO`)].join(
            "\n",
          ),
        ),
        range,
        log: true,
        moments: momentsOf(economy),
        yTitle: "TAO",
        yFormat: ",~r",
        height: 200,
      }),
      ...(total === 0
        ? []
        : [
            stackedPanel({
              title: "Registrations",
              mark: "bar" as const,
              from: flows.from,
              to: flows.to,
              series: [{ label: "", color: (theme) => theme.categorical[0]!, values: perDay }],
              tips: flows.to.map((end, i) =>
                [
                  stretchText(flows.from[i]!, end),
                  `${countOf(counts[i]!, "registration")}, ${formatTokens(paid[i]!)} TAO`,
                ].join("\n"),
              ),
              yTitle: "Per day, all subnets",
              height: 200,
              labels: false,
            }),
          ]),
    ],
    table: {
      columns: [
        numberColumn("day", "Day", formatSignificant),
        numberColumn("netuid", "Subnet"),
        numberColumn("price_tao", "Price at that time, TAO"),
        numberColumn("registrations", "Registrations since the row before"),
        numberColumn("paid_tao", "Paid for them, TAO"),
      ],
      rows: netuids.flatMap((netuid) => {
        const [rows, prices] = [emission.subnets.get(netuid), pools.subnets.get(netuid)];
        if (rows === undefined || prices === undefined) return [];
        const burns = new Map(prices.numbers("block").map((block, i) => [block, prices.amounts("burn")[i]!]));
        const [number, amounts] = [rows.numbers("registrations"), rows.amounts("registration_tao")];
        return rows
          .numbers("block")
          .map((block, i) => [
            dayOf(economy, block),
            netuid,
            raoToDecimal(burns.get(block) ?? 0n),
            number[i]!,
            raoToDecimal(amounts[i]!),
          ]);
      }),
    },
  };
}

function countsIn(economy: EconomyRun, flows: Flows): number[] {
  const sums = flows.to.map(() => 0);
  for (const rows of economy.emission.subnets.values()) {
    const days = rows.numbers("block").map((block) => dayOf(economy, block));
    rows.numbers("registrations").forEach((count, i) => {
      const at = flows.to.findIndex((end) => days[i]! <= end + 1e-9);
      if (at >= 0) sums[at]! += count;
    });
  }
  return sums;
}

function titleOf(total: number, paid: bigint): string {
  return total === 0
    ? "Nobody registered a neuron during the run"
    : `${countOf(total, "registration")} paid ${formatTokens(paid)} TAO`;
}
