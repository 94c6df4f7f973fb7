import { type EconomyRun, subnetsBySize } from "../../data/economy/economy-run.ts";
import { numberColumn } from "../../data/table.ts";
import { netFlow, netSubsidy, positiveFlows, type SubnetFlows } from "../../metrics/net-subsidy.ts";
import { countOf, formatSignificant, formatTokens, raoToDecimal } from "../../text/format.ts";
import type { Chart } from "../chart.ts";
import { rangeOf } from "../scale.ts";
import { seriesLinesPanel } from "../series-lines.ts";
import {
  DAYS,
  dayText,
  momentsOf,
  momentsText,
  NAMED,
  samplesOf,
  tokensText,
  unnamedText,
} from "./common.ts";

/** What the chain gave every subnet beyond what left it, since the beginning. */
export function netSubsidies(economy: EconomyRun): Chart {
  const { blocks } = economy.emission;
  const samples = samplesOf(economy, blocks);
  const subnets = subnetsBySize(economy)
    .filter((netuid) => economy.emission.subnets.has(netuid))
    .map((netuid) => ({ netuid, flows: flowsSinceStart(economy, netuid) }));
  const named = subnets.slice(0, NAMED);
  const panels = [
    { title: "Net subsidy", yTitle: "TAO since the beginning", value: netSubsidy },
    { title: "Users, in less out", yTitle: "TAO since the beginning", value: netFlow },
  ].map(({ title, yTitle, value }) => {
    const lines = named.map(({ netuid, flows }, color) => ({
      label: `Subnet ${netuid}`,
      color,
      values: samples.pick(flows).map((sums) => (sums === null ? null : Number(value(sums)) / 1e9)),
    }));
    const range = rangeOf(lines.flatMap(({ values }) => values.filter((one) => one !== null)));
    return seriesLinesPanel({
      title,
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
      references: range.low < 0 && range.high > 0 ? [{ value: 0, label: "" }] : [],
      moments: momentsOf(economy),
      yTitle,
      yFormat: range.numberFormat,
      height: 200,
    });
  });
  const ends = subnets.flatMap(({ netuid, flows }) => {
    const end = flows.findLast((sums) => sums !== null);
    return end === undefined || end === null ? [] : [{ netuid, end }];
  });
  return {
    id: "net-subsidy",
    title: titleOf(ends),
    description:
      "The TAO that the chain put into a subnet's pool, as liquidity and for its alpha, less what sales for root and, on balance, users took out (M56); beside it what users put in less what they took out. " +
      `Both are sums since the beginning.${unnamedText(economy)}${momentsText(economy)}`,
    panels,
    table: {
      columns: [
        numberColumn("netuid", "Subnet"),
        numberColumn("liquidity_tao", "Liquidity, TAO"),
        numberColumn("chain_buys_tao", "Chain buys, TAO"),
        numberColumn("root_sold_tao", "Sold for root, TAO"),
        numberColumn("user_flow_tao", "Users, in less out, TAO"),
        numberColumn("net_subsidy_tao", "Net subsidy, TAO"),
      ],
      rows: ends.map(({ netuid, end }) => [
        netuid,
        raoToDecimal(end.emission),
        raoToDecimal(end.chainBuys),
        raoToDecimal(end.rootSells),
        raoToDecimal(netFlow(end)),
        raoToDecimal(netSubsidy(end)),
      ]),
    },
  };
}

/** Sums since the beginning at every sample; null where the subnet was not there. */
function flowsSinceStart({ emission, pools }: EconomyRun, netuid: number): (SubnetFlows | null)[] {
  const rows = emission.subnets.get(netuid)!;
  const [given, bought, sold] = ["tao_injected", "tao_bought", "root_sold_tao"].map((column) =>
    rows.amounts(column),
  ) as [bigint[], bigint[], bigint[]];
  const own = pools.subnets.get(netuid);
  const userFlows = own?.amounts("user_flow") ?? [];
  const known = new Map(own?.numbers("block").map((block, i) => [block, userFlows[i]!]));
  const start = userFlows[0] ?? 0n;
  let sums: SubnetFlows = { emission: 0n, chainBuys: 0n, rootSells: 0n, userIn: 0n, userOut: 0n };
  const bySample = new Map(
    rows.numbers("block").map((block, i): [number, SubnetFlows] => {
      // Only the balance of users is traced: the smaller of the two sums stands for nothing.
      const flow = (known.get(block) ?? start) - start;
      sums = {
        emission: sums.emission + given[i]!,
        chainBuys: sums.chainBuys + bought[i]!,
        rootSells: sums.rootSells + sold[i]!,
        userIn: flow > 0n ? flow : 0n,
        userOut: flow < 0n ? -flow : 0n,
      };
      return [block, sums];
    }),
  );
  return emission.blocks.map((block) => bySample.get(block) ?? null);
}

function titleOf(ends: readonly { readonly netuid: number; readonly end: SubnetFlows }[]): string {
  const sorted = [...ends].sort((a, b) => Number(netSubsidy(b.end) - netSubsidy(a.end)));
  const [most] = sorted;
  if (most === undefined) return "No subnet was there";
  const flows = positiveFlows(ends.map(({ end }) => end));
  const amount = netSubsidy(most.end);
  return `Subnet ${most.netuid} ${amount < 0n ? `loses least, ${formatTokens(-amount)} TAO` : `is subsidised most, by ${formatTokens(amount)} TAO`}; users put more in than they take out in ${formatSignificant(flows)} of ${countOf(ends.length, "subnet")}`;
}
