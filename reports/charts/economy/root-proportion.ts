import { dayOf, type EconomyRun, subnetsBySize } from "../../data/economy/economy-run.ts";
import { numberColumn } from "../../data/table.ts";
import { median } from "../../metrics/quantile.ts";
import { formatPercent, formatSignificant } from "../../text/format.ts";
import type { Chart } from "../chart.ts";
import { rangeFromZero } from "../scale.ts";
import { seriesLinesPanel } from "../series-lines.ts";
import { DAYS, dayText, momentsOf, momentsText, samplesOf, subnetLines, unnamedText } from "./common.ts";

/** The part of the validators' half that falls to root, by subnet. */
export function rootProportion(economy: EconomyRun): Chart {
  const { pools } = economy;
  const samples = samplesOf(economy, pools.blocks);
  // It is computed with the first block's emission.
  const lines = subnetLines(economy, pools, samples, (rows) => rows.numbers("root_proportion")).map(
    ({ line }) => ({
      ...line,
      values: line.values.map((value) => (value === 0 ? null : value)),
    }),
  );
  const range = rangeFromZero(
    Math.max(0, ...lines.flatMap(({ values }) => values.filter((value) => value !== null))),
  );
  return {
    id: "root-proportion",
    title: titleOf(economy),
    description: `Root stake times the TAO weight against all alpha that the subnet has issued (M46): the part of the validators' half of its emission that is set aside for root. It falls as alpha is emitted.${unnamedText(economy)}${momentsText(economy)}`,
    panels: [
      seriesLinesPanel({
        title: null,
        epochs: samples.days,
        x: DAYS,
        lines,
        band: null,
        tips: samples.days.map((day, i) =>
          [dayText(day), ...lines.map(({ label, values }) => `${label}: ${formatPercent(values[i]!)}`)].join(
            "\n",
          ),
        ),
        range,
        moments: momentsOf(economy),
        yTitle: "Root proportion",
        yFormat: range.percentFormat,
      }),
    ],
    table: {
      columns: [
        numberColumn("day", "Day", formatSignificant),
        numberColumn("netuid", "Subnet"),
        numberColumn("root_proportion", "Root proportion", formatPercent),
      ],
      rows: subnetsBySize(economy).flatMap((netuid) => {
        const rows = pools.subnets.get(netuid)!;
        const values = rows.numbers("root_proportion");
        return rows.numbers("block").map((block, i) => [dayOf(economy, block), netuid, values[i]!]);
      }),
    },
  };
}

function titleOf(economy: EconomyRun): string {
  const last = subnetsBySize(economy).flatMap(
    (netuid) => economy.pools.subnets.get(netuid)!.numbers("root_proportion").at(-1) ?? [],
  );
  const middle = median(last);
  if (middle === null || Math.max(...last) === 0) return "Root has no part in any subnet";
  return `At the end root's part of the validators' half is ${formatPercent(middle)} in the median subnet, ${formatPercent(Math.min(...last))} to ${formatPercent(Math.max(...last))} over all`;
}
