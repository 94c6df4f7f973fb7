import type { EconomyRun } from "../../data/economy/economy-run.ts";
import { numberColumn } from "../../data/table.ts";
import { formatPercent, formatSignificant } from "../../text/format.ts";
import type { Chart } from "../chart.ts";
import { logRange } from "../scale.ts";
import { seriesLinesPanel } from "../series-lines.ts";
import {
  DAYS,
  dayText,
  endsOf,
  momentsOf,
  momentsText,
  samplesOf,
  subnetLines,
  tipsOfMoments,
  unnamedText,
} from "./common.ts";

/** Spot and moving prices of the largest subnets. */
export function prices(economy: EconomyRun): Chart {
  const { pools } = economy;
  const samples = samplesOf(economy, pools.blocks);
  const kinds = [
    { title: "Spot price", lines: subnetLines(economy, pools, samples, (rows) => rows.numbers("price")) },
    {
      title: "Moving price, which emission follows",
      lines: subnetLines(economy, pools, samples, (rows) => rows.numbers("moving_price")),
    },
  ];
  const all = kinds.flatMap(({ lines }) =>
    lines.flatMap(({ line }) => line.values.filter((value) => value !== null)),
  );
  const range = logRange(all);
  return {
    id: "prices",
    title: titleOf(kinds[0]!.lines),
    description: `TAO per alpha at the end of the block (M60) and the chain's slow average of it, on logarithmic axes: equal distances are equal factors.${unnamedText(economy)}${momentsText(economy)}`,
    panels: kinds.map(({ title, lines }) =>
      seriesLinesPanel({
        title,
        epochs: samples.days,
        x: DAYS,
        lines: lines.map(({ line }) => ({
          ...line,
          // A logarithmic axis has no place for a price of 0.
          values: line.values.map((value) => (value !== null && value > 0 ? value : null)),
        })),
        band: null,
        tips: samples.days.map((day, i) =>
          [
            dayText(day),
            ...tipsOfMoments(economy, samples.days, i),
            ...lines.map(({ line }) => `${line.label}: ${formatSignificant(line.values[i]!)} TAO`),
          ].join("\n"),
        ),
        range,
        log: true,
        moments: momentsOf(economy),
        yTitle: "TAO per alpha",
        yFormat: ",~r",
      }),
    ),
    table: {
      columns: [
        numberColumn("day", "Day", formatSignificant),
        numberColumn("netuid", "Subnet"),
        numberColumn("price_tao", "Price, TAO", formatSignificant),
        numberColumn("moving_price_tao", "Moving price, TAO", formatSignificant),
      ],
      rows: [...pools.subnets]
        .filter(([netuid]) => netuid !== 0)
        .flatMap(([netuid, rows]) => {
          const [blocks, spot, moving] = [
            rows.numbers("block"),
            rows.numbers("price"),
            rows.numbers("moving_price"),
          ];
          return blocks.map((block, i) => [
            (block - economy.startBlock) / 7_200,
            netuid,
            spot[i]!,
            moving[i]!,
          ]);
        }),
    },
  };
}

function titleOf(lines: ReturnType<typeof subnetLines>): string {
  const changes = lines.flatMap(({ line }) => {
    const ends = endsOf(line.values);
    return ends === null || ends[0] === 0 ? [] : [{ label: line.label, change: ends[1] / ends[0] - 1 }];
  });
  if (changes.length === 0) return "No subnet has a price";
  const sorted = [...changes].sort((a, b) => a.change - b.change);
  const [worst, best] = [sorted[0]!, sorted.at(-1)!];
  const change = ({ label, change: by }: { label: string; change: number }): string =>
    `${label.toLowerCase()} ${by < 0 ? "falls" : "rises"} by ${formatPercent(Math.abs(by))}`;
  if (changes.length === 1) return `Alpha of ${change(best)}`;
  return `Alpha of ${change(best)}, that of ${change(worst)}`;
}
