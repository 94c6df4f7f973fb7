import { dayOf, type EconomyRun } from "../../data/economy/economy-run.ts";
import { sampleIndices } from "../../data/selection.ts";
import { numberColumn, textColumn } from "../../data/table.ts";
import { formatSignificant, formatTokens, raoToDecimal } from "../../text/format.ts";
import { displayText } from "../../text/labels.ts";
import type { Chart } from "../chart.ts";
import { rangeOf } from "../scale.ts";
import { seriesLinesPanel } from "../series-lines.ts";
import { DAYS, dayText, momentsOf, momentsText, MOST_POINTS, NAMED, tokensText } from "./common.ts";

/** What populations own beyond what they were given from outside, over time. */
export function wealth(economy: EconomyRun): Chart {
  const { populations, wealth: samples } = economy.holdings;
  const indices = sampleIndices(samples.length, MOST_POINTS);
  const days = indices.map((index) => dayOf(economy, samples[index]!.block));
  const start = samples[0]!;
  // Gains begin at what a population owned at first; what came from outside later is no gain.
  const gain = (population: number, index: number): bigint | null => {
    const now = samples[index]!;
    if (now.members[population] === 0) return null;
    return (
      now.owned[population]! - start.owned[population]! - (now.given[population]! - start.given[population]!)
    );
  };
  const last = samples.length - 1;
  const ranked = populations
    .map((name, population) => ({ name, population, end: gain(population, last) ?? 0n }))
    .filter(({ population }) => samples.some(({ members }) => members[population]! > 0))
    .sort((a, b) => Number(abs(b.end) - abs(a.end)) || a.population - b.population);
  const lines = ranked.slice(0, NAMED).map(({ name, population }, color) => ({
    label: displayText(name, 24),
    color,
    values: indices.map((index) => {
      const value = gain(population, index);
      return value === null ? null : Number(value) / 1e9;
    }),
  }));
  const range = rangeOf(lines.flatMap(({ values }) => values.filter((value) => value !== null)));
  return {
    id: "wealth",
    title: titleOf(ranked),
    description:
      "By how much more TAO the members of a population own, free and in stakes at spot prices, than at the beginning and what came from outside since. " +
      `Spot values overstate what a sale of everything would bring.${ranked.length > NAMED ? ` The ${NAMED} populations whose wealth changes most of ${ranked.length}.` : ""}${momentsText(economy)}`,
    panels: [
      seriesLinesPanel({
        title: null,
        epochs: days,
        x: DAYS,
        lines,
        band: null,
        tips: days.map((day, i) =>
          [dayText(day), ...lines.map(({ label, values }) => `${label}: ${tokensText(values[i]!)} TAO`)].join(
            "\n",
          ),
        ),
        range,
        references: range.low < 0 && range.high > 0 ? [{ value: 0, label: "" }] : [],
        moments: momentsOf(economy),
        yTitle: "Gain, TAO at spot",
        yFormat: range.numberFormat,
      }),
    ],
    table: {
      columns: [
        numberColumn("day", "Day", formatSignificant),
        textColumn("population", "Population"),
        numberColumn("members", "Members"),
        numberColumn("owned_tao", "Owned, TAO"),
        numberColumn("given_tao", "Given from outside, TAO"),
      ],
      rows: indices.flatMap((index) =>
        populations.map((name, population) => [
          dayOf(economy, samples[index]!.block),
          name,
          samples[index]!.members[population]!,
          raoToDecimal(samples[index]!.owned[population]!),
          raoToDecimal(samples[index]!.given[population]!),
        ]),
      ),
    },
  };
}

const abs = (value: bigint): bigint => (value < 0n ? -value : value);

function titleOf(ranked: readonly { readonly name: string; readonly end: bigint }[]): string {
  const sorted = [...ranked].sort((a, b) => Number(b.end - a.end));
  const [best, worst] = [sorted[0], sorted.at(-1)];
  if (best === undefined || worst === undefined) return "Nobody was traced";
  const said = ({ name, end }: { readonly name: string; readonly end: bigint }): string =>
    `${displayText(name, 24)} ${end < 0n ? "loses" : "gains"} ${formatTokens(abs(end))} TAO`;
  return ranked.length === 1
    ? `The population ${said(best)}`
    : `Of all populations ${said(best)}, ${said(worst)}`;
}
