import { type SubnetRun, validatorUids } from "../data/subnet-run.ts";
import { numberColumn, textColumn } from "../data/table.ts";
import { median } from "../metrics/quantile.ts";
import { countOf, formatNumber } from "../text/format.ts";
import { neuronFullName, neuronLabels } from "../text/labels.ts";
import { describePerRun } from "../text/per-run.ts";
import type { Chart } from "./chart.ts";
import { neuronDotsPanel } from "./neuron-dots.ts";
import { rangeFromZero } from "./scale.ts";

/** Validators that fit without making the chart a list. */
const MOST_ROWS = 24;

/** M25 per validator: what 1,000 units of its stake earned over the run, a dot per compared run. */
export function dividendsPerThousand(subnets: readonly SubnetRun[]): Chart {
  const first = subnets[0]!;
  const labels = neuronLabels(first.hotkeys);
  const uids = validatorUids(first).slice(0, MOST_ROWS);
  const earned = (subnet: SubnetRun, uid: number): number | null =>
    uid < subnet.n && subnet.last.stake[uid]! > 0n ? 1000 * subnet.dividendYield[uid]! : null;
  const rows = uids.map((uid) => ({
    label: labels[uid]!,
    values: subnets.map((subnet) => earned(subnet, uid)),
    tip: [
      neuronFullName(uid, first.hotkeys[uid]!),
      ...subnets.map(
        (subnet) => `${subnet.label}: ${formatNumber(earned(subnet, uid), 3)} alpha per 1,000 of stake`,
      ),
    ].join("\n"),
  }));
  const values = rows.flatMap((row) => row.values.filter((value) => value !== null));
  const middle = median(uids.map((uid) => earned(first, uid)).filter((value) => value !== null));
  const range = rangeFromZero(Math.max(0, ...values));
  return {
    id: "dividends-per-thousand",
    title: titleOf(uids, subnets),
    description:
      `Alpha that 1,000 units of a validator's stake earned over the whole run, before its take (M25). ` +
      `Validators by stake, largest on top${validatorUids(first).length > MOST_ROWS ? `, the first ${MOST_ROWS} of ${validatorUids(first).length}` : ""}. ` +
      `Stake is alpha plus root TAO times the TAO weight. The dashed line is the median${subnets.length > 1 ? ` of ${first.label}` : ""}.`,
    panels: [
      neuronDotsPanel({
        rows,
        series: subnets.map((subnet) => subnet.label),
        range,
        xTitle: `Alpha per 1,000 of stake, over ${countOf(first.epochs.length, "epoch")}`,
        xFormat: range.numberFormat,
        reference: middle === null ? null : { value: middle, label: "median" },
      }),
    ],
    table: {
      columns: [
        textColumn("comparison", "Run"),
        numberColumn("uid", "Uid"),
        textColumn("hotkey", "Hotkey"),
        numberColumn("alpha_per_1000_stake", "Alpha per 1,000 of stake", (value) => formatNumber(value, 4)),
      ],
      rows: subnets.flatMap((subnet) =>
        validatorUids(subnet).map((uid) => [subnet.label, uid, subnet.hotkeys[uid]!, earned(subnet, uid)]),
      ),
    },
  };
}

function titleOf(uids: readonly number[], subnets: readonly SubnetRun[]): string {
  const spreads = subnets.map((subnet) => {
    const yields = uids.map((uid) => subnet.dividendYield[uid] ?? 0).filter((value) => value > 0);
    return yields.length < 2 ? null : Math.max(...yields) / Math.min(...yields);
  });
  if (spreads.every((spread) => spread === null)) return "Fewer than two validators earn dividends";
  const ratio = describePerRun(
    subnets.map(({ label }, i) => {
      const spread = spreads[i]!;
      if (spread === null) return { label, value: null, text: "only one earns" };
      return { label, value: spread, text: `${formatNumber(spread, spread < 10 ? 2 : 0)} times` };
    }),
  );
  if (subnets.length === 1)
    return `The best-paid validator earns ${ratio} what the worst-paid does for the same stake`;
  return `Best-paid against worst-paid validator for the same stake: ${ratio}`;
}
