import type { EconomyRun } from "../../data/economy/economy-run.ts";
import { yieldsOf } from "../../data/economy/yields.ts";
import { numberColumn } from "../../data/table.ts";
import { formatPercent, formatSignificant, joinWords } from "../../text/format.ts";
import type { Chart } from "../chart.ts";
import { logRange, rangeFromZero } from "../scale.ts";
import { seriesLinesPanel } from "../series-lines.ts";
import { DAYS, momentsOf, momentsText, MOST_POINTS, stretchText } from "./common.ts";

/** Yearly yields of root stake, of nominators and of validators. */
export function yields(economy: EconomyRun): Chart {
  const { flows, root, nominators, validators } = yieldsOf(economy, MOST_POINTS);
  const lines = [
    { label: "Validators", color: 1, values: validators },
    { label: "Nominators", color: 2, values: nominators },
    { label: "Root", color: 3, values: root },
  ].filter(({ values }) => values.some((value) => value !== null && value > 0));
  const known = lines.flatMap(({ values }) =>
    values.filter((value) => value !== null && value > 0),
  ) as number[];
  // Yields that differ by more than a factor of twenty cannot be read from one linear axis.
  const log = known.length > 0 && Math.max(...known) > 20 * Math.min(...known);
  const range = log ? logRange(known) : rangeFromZero(Math.max(0, ...known));
  return {
    id: "yields",
    title: titleOf(lines),
    description:
      "What a unit of stake earns in a year at the rate of the time, without putting it back (M40). Nominators and validators earn alpha on alpha, so this is no yield in TAO: the price moves too. " +
      "Nominators: dividends after take over the stake that earned them, all subnets weighted by that stake. Validators: the same on their own stake, with the take of others added. " +
      `Root: dividends that became claimable, in TAO at spot, over all stake on root; nothing while it is recycled.${log ? " The axis is logarithmic." : ""}${momentsText(economy)}`,
    panels: [
      seriesLinesPanel({
        title: null,
        epochs: flows.to,
        x: DAYS,
        lines: lines.map((line) => ({
          ...line,
          values: line.values.map((value) => (log && value === 0 ? null : value)),
        })),
        band: null,
        tips: flows.to.map((end, i) =>
          [
            stretchText(flows.from[i]!, end),
            ...lines.map(({ label, values }) => `${label}: ${formatPercent(values[i]!)} a year`),
          ].join("\n"),
        ),
        range,
        log,
        moments: momentsOf(economy),
        yTitle: "APR, simple",
        yFormat: log ? ",~%" : `,${range.percentFormat}`,
      }),
    ],
    table: {
      columns: [
        numberColumn("from_day", "From day", formatSignificant),
        numberColumn("to_day", "To day", formatSignificant),
        numberColumn("validators_apr", "Validators, APR", formatPercent),
        numberColumn("nominators_apr", "Nominators, APR", formatPercent),
        numberColumn("root_apr", "Root, APR", formatPercent),
      ],
      rows: flows.to.map((end, i) => [flows.from[i]!, end, validators[i]!, nominators[i]!, root[i]!]),
    },
  };
}

function titleOf(
  lines: readonly { readonly label: string; readonly values: readonly (number | null)[] }[],
): string {
  const ends = lines.flatMap(({ label, values }) => {
    const last = values.findLast((value) => value !== null);
    return last === undefined || last === null ? [] : [`${label.toLowerCase()} ${formatPercent(last)}`];
  });
  if (ends.length === 0) return "No stake earns anything";
  return `At the end stake earns, a year: ${joinWords(ends)}`;
}
