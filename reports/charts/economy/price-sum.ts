import { alongSamples, type EconomyRun, subnetsBySize } from "../../data/economy/economy-run.ts";
import { numberColumn } from "../../data/table.ts";
import { crossingsOfOne, priceSum as sumOfPrices } from "../../metrics/price-sum.ts";
import { formatSignificant } from "../../text/format.ts";
import type { Chart } from "../chart.ts";
import { rangeFromZero } from "../scale.ts";
import { seriesLinesPanel } from "../series-lines.ts";
import { DAYS, dayText, momentsOf, momentsText, samplesOf } from "./common.ts";

/** The sum of all prices, spot and moving, with the line at 1 that decides about root dividends. */
export function priceSum(economy: EconomyRun): Chart {
  const { pools } = economy;
  const days = pools.blocks.map((block) => (block - economy.startBlock) / 7_200);
  const sums = ["price", "moving_price"].map((column) => {
    const subnets = subnetsBySize(economy).map((netuid) =>
      alongSamples(pools, netuid, (rows) => rows.numbers(column)),
    );
    return days.map((_, i) => sumOfPrices(subnets.map((values) => values[i] ?? 0)));
  }) as [number[], number[]];
  const [spot, moving] = sums;
  const samples = samplesOf(economy, pools.blocks);
  const range = rangeFromZero(Math.max(1.05, ...spot, ...moving));
  return {
    id: "price-sum",
    title: titleOf(days, moving),
    description:
      "The prices of all subnets added up (M58), at spot and as the chain's moving prices. While the sum of the moving prices is above 1, root dividends are paid; at 1 or below they are recycled." +
      momentsText(economy),
    panels: [
      seriesLinesPanel({
        title: null,
        epochs: samples.days,
        x: DAYS,
        lines: [
          { label: "Spot", color: 0, values: samples.pick(spot) },
          { label: "Moving", color: 1, values: samples.pick(moving) },
        ],
        band: null,
        tips: samples.days.map((day, i) =>
          [
            dayText(day),
            `Spot: ${formatSignificant(samples.pick(spot)[i]!)} TAO`,
            `Moving: ${formatSignificant(samples.pick(moving)[i]!)} TAO`,
          ].join("\n"),
        ),
        range,
        references: [{ value: 1, label: "above 1 root is paid" }],
        moments: momentsOf(economy),
        yTitle: "Sum of prices, TAO per alpha",
        yFormat: range.numberFormat,
      }),
    ],
    table: {
      columns: [
        numberColumn("day", "Day", formatSignificant),
        numberColumn("price_sum_tao", "Sum of spot prices, TAO", formatSignificant),
        numberColumn("moving_price_sum_tao", "Sum of moving prices, TAO", formatSignificant),
      ],
      rows: days.map((day, i) => [day, spot[i]!, moving[i]!]),
    },
  };
}

function titleOf(days: readonly number[], moving: readonly number[]): string {
  const end = moving.at(-1);
  if (end === undefined) return "No pool was traced";
  const crossings = crossingsOfOne(moving);
  const first = crossings[0];
  const now = `ends at ${formatSignificant(end)}`;
  if (first === undefined)
    return end > 1
      ? `The sum of moving prices stays above 1 and ${now}: root is paid throughout`
      : `The sum of moving prices stays at or below 1 and ${now}: root dividends are recycled`;
  const more = crossings.length > 1 ? `, then crosses ${crossings.length - 1} times more,` : "";
  return `The sum of moving prices goes ${first.direction === "up" ? "above" : "below"} 1 on day ${formatSignificant(days[first.index]!)}${more} and ${now}`;
}
