/** What the charts of an economy share: points of time, named subnets, tooltips. */
import {
  alongSamples,
  dayOf,
  type EconomyRun,
  type PerSubnet,
  subnetsBySize,
} from "../../data/economy/economy-run.ts";
import type { Columns } from "../../data/economy/columns.ts";
import { sampleIndices } from "../../data/selection.ts";
import { formatSignificant, formatTokens } from "../../text/format.ts";
import type { LinesAxis, LineSeries, MarkedMoment } from "../series-lines.ts";
import type { Theme } from "../theme.ts";

/** Points that a plot can show. */
export const MOST_POINTS = 150;
/** Bars that can be told apart. */
export const MOST_BARS = 60;
/** Lines that are named; as many as the palette has colours. */
export const NAMED = 6;
const MOST_MOMENTS = 12;

export const DAYS: LinesAxis = { title: "Day", format: ",~r" };

export const dayText = (day: number): string => `Day ${formatSignificant(Math.round(day * 1000) / 1000)}`;

/** A stretch of days, for tooltips. */
export const stretchText = (from: number, to: number): string =>
  `Day ${formatSignificant(Math.round(from * 1000) / 1000)} to ${formatSignificant(Math.round(to * 1000) / 1000)}`;

/** Tokens that were computed as a number, as text with digits by size. */
export const tokensText = (tokens: number | null): string =>
  tokens === null ? "–" : formatTokens(BigInt(Math.round(tokens * 1e9)));

/** A sampled table, thinned out to what a plot can show. */
export interface Samples {
  readonly days: readonly number[];
  /** The values of these samples. */
  readonly pick: <T>(values: readonly T[]) => T[];
}

export function samplesOf(economy: EconomyRun, blocks: readonly number[]): Samples {
  const indices = sampleIndices(blocks.length, MOST_POINTS);
  return {
    days: indices.map((index) => dayOf(economy, blocks[index]!)),
    pick: (values) => indices.map((index) => values[index]!),
  };
}

/** A line per named subnet, the largest pools first. */
export function subnetLines(
  economy: EconomyRun,
  table: PerSubnet,
  samples: Samples,
  column: (rows: Columns) => readonly number[],
): { readonly netuid: number; readonly line: LineSeries }[] {
  return subnetsBySize(economy)
    .slice(0, NAMED)
    .map((netuid, color) => ({
      netuid,
      line: {
        label: `Subnet ${netuid}`,
        color,
        values: samples.pick(alongSamples(table, netuid, column)),
      },
    }));
}

/** Colours of named subnets; the grey of all others comes last. */
export const subnetColor =
  (position: number) =>
  (theme: Theme): string =>
    position < NAMED ? theme.categorical[position % theme.categorical.length]! : theme.other;

/** How many subnets are not named, for captions; nothing where all are. */
export function unnamedText(economy: EconomyRun): string {
  const all = subnetsBySize(economy).length;
  return all > NAMED ? ` The ${NAMED} subnets with the largest pools of ${all}; the data has all.` : "";
}

const KINDS: Readonly<Record<string, string>> = {
  "subnet-registered": "registered",
  "subnet-dissolved": "dissolved",
  "shock-hyperparameters": "hyperparameters change",
  "shock-parameters": "parameters of the network change",
  "shock-give": "money from outside",
  "shock-buy": "somebody from outside buys",
  "shock-sell": "somebody from outside sells",
  "shock-outage": "an outage begins",
  "shock-protocol": "the rules change",
  "vote-enacted": "a vote takes effect",
};

/** What the scenario and its people did to the network, for vertical lines. */
export function momentsOf(economy: EconomyRun): MarkedMoment[] {
  return economy.happenings
    .filter(({ kind }) => KINDS[kind] !== undefined)
    .slice(0, MOST_MOMENTS)
    .map(({ block, kind, netuid }) => ({
      at: dayOf(economy, block),
      tip: netuid === null ? KINDS[kind]! : `subnet ${netuid}: ${KINDS[kind]!}`,
    }));
}

/** Sentence for captions about the vertical lines of `momentsOf`. */
export const momentsText = (economy: EconomyRun): string =>
  momentsOf(economy).length > 0 ? " Dotted lines are shocks, and subnets that come and go." : "";

/** What happened near a day, as lines of a tooltip. */
export function tipsOfMoments(economy: EconomyRun, days: readonly number[], i: number): string[] {
  const from = i === 0 ? -Infinity : days[i - 1]!;
  return momentsOf(economy)
    .filter(({ at }) => at > from && at <= days[i]!)
    .map(({ tip }) => tip);
}

/** The first and the last value that are defined. */
export function endsOf(values: readonly (number | null)[]): readonly [number, number] | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : [known[0]!, known.at(-1)!];
}
