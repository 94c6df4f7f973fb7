import { dayOf, type EconomyRun, networkDays, subnetsBySize } from "../../data/economy/economy-run.ts";
import { numberColumn } from "../../data/table.ts";
import { formatCount, formatSignificant, raoToDecimal } from "../../text/format.ts";
import type { Chart } from "../chart.ts";
import { rangeOf } from "../scale.ts";
import { seriesLinesPanel } from "../series-lines.ts";
import { DAYS, dayText, samplesOf, subnetLines, tokensText, unnamedText } from "./common.ts";

/** Whether TAO and alpha add up: what the accounts hold less what was issued. */
export function conservation(economy: EconomyRun): Chart {
  const { network, pools } = economy;
  const days = networkDays(economy);
  const residuals = network.amounts("conservation");
  const own = samplesOf(economy, network.numbers("block"));
  const shown = own.pick(residuals).map(Number);
  const worst = residuals.reduce((most, value) => (abs(value) > most ? abs(value) : most), 0n);
  const taoRange = worst === 0n ? rangeOf([-1, 1]) : rangeOf(shown);
  const samples = samplesOf(economy, pools.blocks);
  const lines = subnetLines(economy, pools, samples, (rows) => rows.tokens("alpha_dust")).map(
    ({ line }) => line,
  );
  const alphaRange = rangeOf([0, ...lines.flatMap(({ values }) => values.filter((value) => value !== null))]);
  return {
    id: "conservation",
    title:
      worst === 0n
        ? `All TAO is accounted for at every one of ${formatCount(residuals.length)} samples, to the rao`
        : `The books are off by up to ${formatCount(worst)} rao of TAO`,
    description:
      "Left: free TAO of all accounts and the TAO on the accounts of subnets, counted one by one, less the counter of all TAO (M75); anything but 0 is a mistake of the simulator. In between the counters are compared in every block, and a run whose books do not close stops. " +
      `Right: alpha of a subnet that no part of the books holds; floors of the chain leave it over, most of it while root dividends are recycled. It may grow and must never fall.${unnamedText(economy)}`,
    panels: [
      seriesLinesPanel({
        title: "TAO that is missing or too much",
        epochs: own.days,
        x: DAYS,
        lines: [{ label: "", color: 0, values: shown }],
        band: null,
        tips: own.days.map((day, i) => [dayText(day), `${formatCount(shown[i]!)} rao`].join("\n")),
        range: taoRange,
        yTitle: "Residual, rao",
        yFormat: taoRange.numberFormat,
        height: 180,
      }),
      seriesLinesPanel({
        title: "Alpha left over",
        epochs: samples.days,
        x: DAYS,
        lines,
        band: null,
        tips: samples.days.map((day, i) =>
          [
            dayText(day),
            ...lines.map(({ label, values }) => `${label}: ${tokensText(values[i]!)} alpha`),
          ].join("\n"),
        ),
        range: alphaRange,
        yTitle: "Alpha",
        yFormat: alphaRange.numberFormat,
        height: 180,
      }),
    ],
    table: {
      columns: [
        numberColumn("day", "Day", formatSignificant),
        numberColumn("netuid", "Subnet; none for TAO"),
        numberColumn("residual", "Residual of TAO, or alpha left over"),
      ],
      rows: [
        ...days.map((day, i) => [day, null, raoToDecimal(residuals[i]!)]),
        ...subnetsBySize(economy).flatMap((netuid) => {
          const rows = pools.subnets.get(netuid)!;
          const dust = rows.amounts("alpha_dust");
          return rows
            .numbers("block")
            .map((block, i) => [dayOf(economy, block), netuid, raoToDecimal(dust[i]!)]);
        }),
      ],
    },
  };
}

const abs = (value: bigint): bigint => (value < 0n ? -value : value);
