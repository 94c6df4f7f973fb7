import { type EconomyRun, subnetsBySize } from "../../data/economy/economy-run.ts";
import { numberColumn } from "../../data/table.ts";
import type { Pool } from "../../metrics/pool.ts";
import { depth, slippage as slippageOf } from "../../metrics/slippage.ts";
import { formatPercent, formatSignificant } from "../../text/format.ts";
import type { Chart } from "../chart.ts";
import { rangeFromZero } from "../scale.ts";
import { seriesLinesPanel } from "../series-lines.ts";
import { NAMED, tokensText, unnamedText } from "./common.ts";

const POINTS = 49;

/** What a purchase loses to slippage by its size, in the pools as they are at the end. */
export function slippage(economy: EconomyRun): Chart {
  const found = subnetsBySize(economy).flatMap((netuid) => {
    const pool = lastPool(economy, netuid);
    return pool === null ? [] : [{ netuid, pool }];
  });
  const named = found.slice(0, NAMED);
  const largest = Math.max(1, ...named.map(({ pool }) => pool.tao));
  // From a hundred-thousandth of the largest pool to as much as it holds.
  const sizes = Array.from(
    { length: POINTS },
    (_, i) => roundSize(largest) * 10 ** (-4 + (4 * i) / (POINTS - 1)),
  );
  const part = (pool: Pool, size: number): number | null => slippageOf(pool, "buy", size)?.part ?? null;
  const lines = named.map(({ netuid, pool }, color) => ({
    label: `Subnet ${netuid}`,
    color,
    values: sizes.map((size) => part(pool, size)),
  }));
  const range = rangeFromZero(
    Math.max(0.01, ...lines.flatMap(({ values }) => values.filter((value) => value !== null))),
  );
  return {
    id: "slippage",
    title: titleOf(named),
    description: `What a purchase gets less than the price before it promises, by its size in TAO, in the pools at the end of the run (M61), without the fee. Sizes are on a logarithmic axis. The table gives the TAO that moves a price by 2% and 10% (M64).${unnamedText(economy)}`,
    panels: [
      seriesLinesPanel({
        title: null,
        epochs: sizes,
        x: { title: "Size of the purchase, TAO", format: "~s", log: true },
        lines,
        band: null,
        tips: sizes.map((size, i) =>
          [
            `${tokensText(size)} TAO`,
            ...lines.map(({ label, values }) => `${label}: ${formatPercent(values[i]!)} less alpha`),
          ].join("\n"),
        ),
        range,
        yTitle: "Slippage, share of the alpha promised",
        yFormat: range.percentFormat,
      }),
    ],
    table: {
      columns: [
        numberColumn("netuid", "Subnet"),
        numberColumn("pool_tao", "TAO in the pool", formatSignificant),
        ...[2, 10].flatMap((percent) => [
          numberColumn(`up_${percent}_percent_tao`, `TAO in for +${percent}%`, formatSignificant),
          numberColumn(`down_${percent}_percent_tao`, `TAO out for −${percent}%`, formatSignificant),
        ]),
        numberColumn(
          "slippage_of_1_percent_of_pool",
          "Slippage of a purchase of 1% of the pool",
          formatPercent,
        ),
      ],
      rows: found.map(({ netuid, pool }) => [
        netuid,
        pool.tao,
        ...[0.02, 0.1].flatMap((move) => {
          const { up, down } = depth(pool, move);
          return [up, down];
        }),
        part(pool, pool.tao / 100),
      ]),
    },
  };
}

/** The pool of a subnet at the end; its weights follow from price and reserves. */
export function lastPool({ pools }: EconomyRun, netuid: number): Pool | null {
  const rows = pools.subnets.get(netuid);
  const [tao, alpha, price] = [rows?.tokens("tao"), rows?.tokens("alpha_in"), rows?.numbers("price")].map(
    (values) => values?.at(-1) ?? 0,
  ) as [number, number, number];
  // price = ((1 - w) / w) tao / alpha
  return tao > 0 && alpha > 0 && price > 0
    ? { tao, alpha, taoWeight: tao / (tao + price * alpha), fee: 0 }
    : null;
}

const roundSize = (value: number): number => 10 ** Math.round(Math.log10(value));

function titleOf(pools: readonly { readonly netuid: number; readonly pool: Pool }[]): string {
  const [deepest] = pools;
  const shallowest = pools.at(-1);
  if (deepest === undefined || shallowest === undefined) return "No pool trades at the end";
  const within = (pool: Pool): string => tokensText(depth(pool, 0.02).up);
  if (pools.length === 1)
    return `${within(deepest.pool)} TAO raise the price of subnet ${deepest.netuid} by 2%`;
  return `${within(deepest.pool)} TAO raise the price of subnet ${deepest.netuid} by 2%, ${within(shallowest.pool)} TAO that of subnet ${shallowest.netuid}`;
}
