import { type EconomyRun, networkDays } from "../../data/economy/economy-run.ts";
import { numberColumn } from "../../data/table.ts";
import { annualisedInflation } from "../../metrics/inflation.ts";
import { halvingThreshold } from "../../metrics/issuance.ts";
import { formatPercent, formatSignificant, formatTokens, raoToDecimal } from "../../text/format.ts";
import type { Chart } from "../chart.ts";
import { rangeFromZero, rangeOf } from "../scale.ts";
import { type ReferenceLine, seriesLinesPanel } from "../series-lines.ts";
import { DAYS, dayText, momentsOf, momentsText, samplesOf, tokensText } from "./common.ts";

const MOST_HALVINGS = 8;

/** All TAO over time with the thresholds of halvings, and what a day mints. */
export function issuance(economy: EconomyRun): Chart {
  const { network } = economy;
  const days = networkDays(economy);
  const rao = network.amounts("issuance");
  const perDay = mintedPerDay(days, network.tokens("minted"));
  const emission = network.tokens("block_emission");
  const samples = samplesOf(economy, network.numbers("block"));
  const tao = samples.pick(network.tokens("issuance"));
  const minted = samples.pick(perDay);
  const range = rangeOf(tao);
  const halvings = thresholdsIn(range.low, range.high);
  const mintedRange = rangeFromZero(Math.max(0, ...minted.filter((value) => value !== null)) * 1.02);
  const tips = samples.days.map((day, i) =>
    [
      dayText(day),
      `Issued: ${tokensText(tao[i]!)} TAO`,
      `Minted: ${tokensText(minted[i]!)} TAO per day`,
      `A block mints ${formatSignificant(samples.pick(emission)[i]!)} TAO`,
    ].join("\n"),
  );
  const common = {
    epochs: samples.days,
    x: DAYS,
    band: null,
    tips,
    moments: momentsOf(economy),
    height: 220,
  };
  return {
    id: "issuance",
    title: titleOf(days, rao, halvings.length),
    description:
      "All TAO as the emission curve counts it (M52), and what the blocks between two samples minted, per day. Recycled TAO lowers issuance and is minted again later. " +
      `The axis of issuance does not start at zero${halvings.length > 0 ? "; dashed lines are the thresholds at which the emission halves" : ""}.${momentsText(economy)}`,
    panels: [
      seriesLinesPanel({
        ...common,
        title: "Issuance",
        lines: [{ label: "Issued", color: 0, values: tao }],
        range,
        references: halvings,
        yTitle: "TAO",
        yFormat: range.numberFormat,
      }),
      seriesLinesPanel({
        ...common,
        title: "Minted per day",
        lines: [{ label: "Minted", color: 1, values: minted }],
        range: mintedRange,
        yTitle: "TAO per day",
        yFormat: mintedRange.numberFormat,
      }),
    ],
    table: {
      columns: [
        numberColumn("day", "Day", formatSignificant),
        numberColumn("issuance_tao", "Issued, TAO"),
        numberColumn("minted_tao", "Minted since the row before, TAO"),
        numberColumn("unspent_tao", "Of it back to the curve, TAO"),
        numberColumn("block_emission_tao", "TAO per block"),
      ],
      rows: days.map((day, i) => [
        day,
        raoToDecimal(rao[i]!),
        raoToDecimal(network.amounts("minted")[i]!),
        raoToDecimal(network.amounts("unspent")[i]!),
        raoToDecimal(network.amounts("block_emission")[i]!),
      ]),
    },
  };
}

function mintedPerDay(days: readonly number[], minted: readonly number[]): (number | null)[] {
  return days.map((day, i) => (i === 0 || day === days[i - 1] ? null : minted[i]! / (day - days[i - 1]!)));
}

function thresholdsIn(low: number, high: number): ReferenceLine[] {
  return Array.from({ length: MOST_HALVINGS }, (_, k) => ({
    value: Number(halvingThreshold(k)) / 1e9,
    label: `halving ${k + 1}`,
  })).filter(({ value }) => value >= low && value <= high);
}

function titleOf(days: readonly number[], rao: readonly bigint[], halvings: number): string {
  const [before, after] = [rao[0]!, rao.at(-1)!];
  const length = days.at(-1)! - days[0]!;
  const grown = annualisedInflation(before, after, length);
  const change = after - before;
  const word = change < 0n ? "falls" : "grows";
  // A young network grows by factors that no year will see.
  const rate =
    grown === null || length < 1 || grown > 10 ? "" : `, ${formatPercent(grown)} a year compounded`;
  return `Issuance ${word} by ${formatTokens(change < 0n ? -change : change)} to ${formatTokens(after)} TAO${rate}${halvings > 0 ? "; a halving is near" : ""}`;
}
