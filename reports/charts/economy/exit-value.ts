import { alongSamples, type EconomyRun, subnetsBySize } from "../../data/economy/economy-run.ts";
import { numberColumn } from "../../data/table.ts";
import { exitValue, type Pool } from "../../metrics/pool.ts";
import { formatPercent, formatSignificant } from "../../text/format.ts";
import type { Chart } from "../chart.ts";
import { rangeFromZero } from "../scale.ts";
import { seriesLinesPanel } from "../series-lines.ts";
import { DAYS, dayText, momentsOf, momentsText, samplesOf, tokensText } from "./common.ts";

/** What all staked alpha is worth, at spot and if all of it were sold at once. */
export function exitValues(economy: EconomyRun): Chart {
  const { pools } = economy;
  const samples = samplesOf(economy, pools.blocks);
  const subnets = subnetsBySize(economy).map((netuid) => ({ netuid, values: valuesOf(economy, netuid) }));
  const total = (kind: "spot" | "exit"): number[] =>
    samples
      .pick(pools.blocks.map((_, i) => i))
      .map((i) => subnets.reduce((sum, { values }) => sum + (values[i]?.[kind] ?? 0), 0));
  const [spot, exit] = [total("spot"), total("exit")];
  const range = rangeFromZero(Math.max(0, ...spot));
  const part = (i: number): number | null => (spot[i] === 0 ? null : exit[i]! / spot[i]!);
  return {
    id: "exit-value",
    title: titleOf(spot.at(-1) ?? 0, exit.at(-1) ?? 0),
    description: `All alpha that is staked, in TAO: at the price of the moment (spot), and on exit (M66): what the pools would pay if everybody sold at once, without the fee. Spot values of large holdings overstate what they bring; the table has every subnet at the end.${momentsText(economy)}`,
    panels: [
      seriesLinesPanel({
        title: null,
        epochs: samples.days,
        x: DAYS,
        lines: [
          { label: "Spot", color: 0, values: spot },
          { label: "Exit", color: 1, values: exit },
        ],
        band: null,
        tips: samples.days.map((day, i) =>
          [
            dayText(day),
            `Spot: ${tokensText(spot[i]!)} TAO`,
            `Exit: ${tokensText(exit[i]!)} TAO, ${formatPercent(part(i))} of it`,
          ].join("\n"),
        ),
        range,
        moments: momentsOf(economy),
        yTitle: "All staked alpha, TAO",
        yFormat: range.numberFormat,
      }),
    ],
    table: {
      columns: [
        numberColumn("netuid", "Subnet"),
        numberColumn("staked_alpha", "Staked alpha", formatSignificant),
        numberColumn("spot_tao", "At spot, TAO", formatSignificant),
        numberColumn("exit_tao", "On exit, TAO", formatSignificant),
        numberColumn("exit_of_spot", "Exit of spot", formatPercent),
      ],
      rows: subnets.flatMap(({ netuid, values }) => {
        const end = values.at(-1) ?? null;
        if (end === null) return [];
        return [[netuid, end.staked, end.spot, end.exit, end.spot === 0 ? null : end.exit / end.spot]];
      }),
    },
  };
}

interface Value {
  readonly staked: number;
  readonly spot: number;
  readonly exit: number;
}

/** At every sample; null where the subnet was not there or its pool had no price. */
function valuesOf({ pools }: EconomyRun, netuid: number): (Value | null)[] {
  const along = (column: string): (number | null)[] =>
    alongSamples(pools, netuid, (rows) => rows.tokens(column));
  const [staked, tao, alpha] = [along("staked_alpha"), along("tao"), along("alpha_in")];
  const prices = alongSamples(pools, netuid, (rows) => rows.numbers("price"));
  return pools.blocks.map((_, i) => {
    const [own, T, A, price] = [staked[i], tao[i], alpha[i], prices[i]].map((value) => value ?? 0) as [
      number,
      number,
      number,
      number,
    ];
    if (!(T > 0 && A > 0 && price > 0)) return null;
    // price = ((1 - w) / w) tao / alpha
    const pool: Pool = { tao: T, alpha: A, taoWeight: T / (T + price * A), fee: 0 };
    return { staked: own, spot: own * price, exit: exitValue(pool, own) };
  });
}

function titleOf(spot: number, exit: number): string {
  if (spot === 0) return "No alpha is staked at the end";
  return `All staked alpha is worth ${tokensText(spot)} TAO at spot, and brings ${tokensText(exit)} TAO if all of it is sold at once`;
}
