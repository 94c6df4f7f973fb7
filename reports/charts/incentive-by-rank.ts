import { groupEqual, sampleIndices } from "../data/selection.ts";
import { atEpoch, lastEpochIndex, minerUids, pick, type SubnetRun } from "../data/subnet-run.ts";
import { numberColumn, textColumn } from "../data/table.ts";
import { sharesOf } from "../metrics/amounts.ts";
import { gini } from "../metrics/gini.ts";
import { normalisedEntropy } from "../metrics/theil.ts";
import { formatNumber, formatPercent } from "../text/format.ts";
import type { Chart } from "./chart.ts";
import { rangeFromZero } from "./scale.ts";
import { seriesLinesPanel } from "./series-lines.ts";

/** Ranks that a plot can show. */
const MOST_POINTS = 300;

/** Incentive of miners after the last epoch, the best paid first, with how evenly it is spread. */
export function incentiveByRank(subnets: readonly SubnetRun[]): Chart {
  const groups = groupEqual(subnets, (subnet) => [incentiveOf(subnet)]);
  const ranked = groups.map(({ label, subnet }) => {
    const uids = minerUids(subnet);
    const amounts = pick(incentiveOf(subnet), uids);
    const parts = sharesOf(amounts);
    const order = uids
      .map((uid, i) => ({ uid, share: parts?.[i] ?? 0 }))
      .sort((a, b) => b.share - a.share || a.uid - b.uid);
    return { label, subnet, order, gini: gini(amounts), entropy: normalisedEntropy(amounts) };
  });
  const longest = Math.max(1, ...ranked.map(({ order }) => order.length));
  // The few that get most would not be seen beside hundreds that get little.
  const log = longest > 20;
  const shown = sampleIndices(longest, MOST_POINTS);
  const ranks = shown.map((i) => i + 1);
  const range = rangeFromZero(Math.max(0, ...ranked.map(({ order }) => order[0]?.share ?? 0)));
  return {
    id: "incentive-by-rank",
    title: titleOf(ranked),
    description:
      "Each miner's part of the incentive of the last epoch, the best paid first, those without any included. When all get the same, normalised entropy (M7) is 1 and the Gini coefficient (M1) 0; " +
      `when one gets everything, they are 0 and close to 1.${log ? " Ranks are on a logarithmic axis." : ""}`,
    panels: [
      seriesLinesPanel({
        title: null,
        epochs: ranks,
        x: { title: "Rank of the miner", format: "d", log },
        lines: ranked.map(({ label, order }, color) => ({
          label: ranked.length > 1 ? label : "",
          color,
          values: shown.map((i) => order[i]?.share ?? null),
        })),
        band: null,
        tips: shown.map((i) =>
          [
            `Rank ${i + 1}`,
            ...ranked.flatMap(({ label, order }) => {
              const one = order[i];
              return one === undefined
                ? []
                : [`${ranked.length > 1 ? `${label}: ` : ""}uid ${one.uid}, ${formatPercent(one.share)}`];
            }),
          ].join("\n"),
        ),
        range,
        yTitle: "Share of incentive",
        yFormat: range.percentFormat,
      }),
    ],
    table: {
      columns: [
        textColumn("comparison", "Run"),
        numberColumn("rank", "Rank"),
        numberColumn("uid", "Uid"),
        textColumn("hotkey", "Hotkey"),
        numberColumn("share_of_incentive", "Share of incentive", formatPercent),
        numberColumn("gini", "Gini of all", (value) => formatNumber(value, 4)),
        numberColumn("normalised_entropy", "Normalised entropy of all", (value) => formatNumber(value, 4)),
      ],
      rows: ranked.flatMap(({ label, subnet, order, gini: index, entropy }) =>
        order.map(({ uid, share }, i) => [label, i + 1, uid, subnet.hotkeys[uid]!, share, index, entropy]),
      ),
    },
  };
}

const incentiveOf = (subnet: SubnetRun): BigInt64Array =>
  atEpoch(subnet, subnet.incentive, lastEpochIndex(subnet));

interface Ranked {
  readonly label: string;
  readonly gini: number | null;
  readonly entropy: number | null;
}

function titleOf(ranked: readonly Ranked[]): string {
  const said = ranked.map(({ label, gini: index, entropy }) => {
    const where = ranked.length > 1 ? ` under ${label}` : "";
    if (index === null) return `nobody is paid${where}`;
    return `entropy ${formatNumber(entropy, 2)}, Gini ${formatNumber(index, 2)}${where}`;
  });
  return `How evenly miners are paid: ${said.join("; ")}`;
}
