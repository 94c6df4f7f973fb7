import { dayOf, type EconomyRun, subnetsBySize } from "../../data/economy/economy-run.ts";
import { Flows, type RoleColumn, ROLES } from "../../data/economy/flows.ts";
import { ratioOf } from "../../metrics/amounts.ts";
import { annualisedInflation } from "../../metrics/inflation.ts";
import { priceSum } from "../../metrics/price-sum.ts";
import {
  formatChange,
  countOf,
  formatCount,
  formatNumber,
  formatPercent,
  formatSignificant,
  formatTokens,
} from "../../text/format.ts";
import type { Headline } from "../report.ts";

/** The five figures of the summary, each with its change over the run. */
export function economyHeadlines(economy: EconomyRun): Headline[] {
  return [
    issuanceHeadline(economy),
    ...(economy.emission.blocks.length > 0 ? [emissionHeadline(economy)] : []),
    ...(economy.pools.blocks.length > 0 ? [priceHeadline(economy)] : []),
    rootHeadline(economy),
    concentrationHeadline(economy) ?? activityHeadline(economy),
  ];
}

const endsOf = <T>(values: readonly T[]): readonly [T, T] => [values[0]!, values.at(-1)!];

function issuanceHeadline(economy: EconomyRun): Headline {
  const [before, after] = endsOf(economy.network.amounts("issuance"));
  const days = dayOf(economy, economy.network.numbers("block").at(-1)!);
  const minted = economy.network.amounts("minted").reduce((sum, amount) => sum + amount, 0n);
  const yearly = days >= 1 ? annualisedInflation(before, after, days) : null;
  return {
    figure: `${formatTokens(after)} TAO`,
    label: `issued at the end, ${formatChange(Number(before), Number(after))}`,
    sentence: `${formatTokens(minted)} TAO were minted in ${formatSignificant(days)} days${yearly === null || yearly > 10 ? "" : `; issuance grows by ${formatPercent(yearly)} a year at that rate`}.`,
    definition:
      "All TAO as the emission curve counts it (M52); the yearly rate compounds the growth of the run (M53). Fees and recycled TAO lower it.",
  };
}

function emissionHeadline(economy: EconomyRun): Headline {
  const flows = new Flows(economy, 1);
  const values = new Map(ROLES.map(({ column }) => [column, flows.value(column)[0] ?? 0]));
  const all = [...values.values()].reduce((sum, value) => sum + value, 0);
  const part = (...columns: RoleColumn[]): string =>
    all === 0 ? "–" : formatPercent(columns.reduce((sum, column) => sum + values.get(column)!, 0) / all);
  const [first, last] = [new Flows(economy, 150).value("miners"), new Flows(economy, 150).days];
  const perDay = (i: number): number => first[i]! / (last[i] || 1);
  const change =
    first.length > 1
      ? `; their daily pay is ${formatChange(perDay(0), perDay(first.length - 1))} from first to last sample`
      : "";
  return {
    figure: part("miners"),
    label: "of the alpha given out went to miners",
    sentence: `Validators and their nominators got ${part("validators", "take", "nominators")}, owners ${part("owner")}, root ${part("root")}${change}.`,
    definition:
      "Alpha that the epochs of all subnets gave out over the run, in TAO at the spot price of each sample (M50). Shares are of everything given out, what was burned, recycled or left over included.",
  };
}

function priceHeadline(economy: EconomyRun): Headline {
  const at = (position: 0 | -1, column: string): number => {
    const block = economy.pools.blocks.at(position)!;
    return priceSum(
      subnetsBySize(economy).map((netuid) => {
        const rows = economy.pools.subnets.get(netuid)!;
        const i = rows.numbers("block").indexOf(block);
        return i < 0 ? 0 : rows.numbers(column)[i]!;
      }),
    );
  };
  const [before, after] = [at(0, "price"), at(-1, "price")];
  const moving = at(-1, "moving_price");
  return {
    figure: `${formatSignificant(after)} TAO`,
    label: `sum of spot prices at the end, ${formatChange(before, after)}`,
    sentence: `The sum of moving prices is ${formatSignificant(moving)} TAO, so root dividends are ${moving > 1 ? "paid" : "recycled"}.`,
    definition:
      "The prices of all subnets added up, TAO per alpha (M58), at spot (M60); root is paid while the sum of the chain's moving prices is above 1.",
  };
}

function rootHeadline(economy: EconomyRun): Headline {
  const [before, after] = endsOf(economy.network.amounts("root_stake"));
  const total = economy.network.amounts("total_stake").at(-1)!;
  const share = total === 0n ? null : ratioOf(after, total);
  return {
    figure: `${formatTokens(after)} TAO`,
    label: `staked on root at the end, ${formatChange(Number(before), Number(after))}`,
    sentence: `That is ${formatPercent(share)} of all TAO in pools and on root; ${countOf(economy.network.numbers("root_stakers").at(-1)!, "coldkey")} stake there.`,
    definition: "TAO of root (M70); the rest of the staked TAO lies in the pools of subnets.",
  };
}

function concentrationHeadline({ holdings }: EconomyRun): Headline | null {
  const [first, last] = [holdings.samples[0], holdings.samples.at(-1)];
  if (first === undefined || last === undefined) return null;
  const gini = (value: number | null): string => formatNumber(value, 3);
  return {
    figure: `${formatCount(last.nakamoto ?? 0)} of ${formatCount(last.holders)}`,
    label: `agents hold more than half of all stake, ${first.nakamoto === last.nakamoto ? "as at the beginning" : `${formatCount(first.nakamoto ?? 0)} at the beginning`}`,
    sentence: `The top 1% hold ${formatPercent(last.topPercent)}; the Gini of stake goes from ${gini(first.gini)} to ${gini(last.gini)}.`,
    definition:
      "Nakamoto coefficient at one half (M3), top share (M8) and Gini (M1) of stake, root and alpha together in TAO at spot, over agents with any, per coldkey.",
  };
}

function activityHeadline(economy: EconomyRun): Headline {
  const { network } = economy;
  const [calls, failures] = [network.numbers("calls").at(-1)!, network.numbers("failures").at(-1)!];
  return {
    figure: formatCount(calls + failures),
    label: "calls of agents",
    sentence: `${calls + failures === 0 ? "None" : formatPercent(failures / (calls + failures))} of them failed.`,
    definition: "All calls that agents sent, those that found no place in a block included.",
  };
}
