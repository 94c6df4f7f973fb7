import { dayOf, type EconomyRun } from "../../data/economy/economy-run.ts";
import { sampleIndices } from "../../data/selection.ts";
import { numberColumn, textColumn } from "../../data/table.ts";
import { countOf, formatSignificant } from "../../text/format.ts";
import { displayText } from "../../text/labels.ts";
import type { Chart } from "../chart.ts";
import { rangeOf } from "../scale.ts";
import { seriesLinesPanel } from "../series-lines.ts";
import { DAYS, dayText, endsOf, momentsOf, momentsText, MOST_POINTS } from "./common.ts";

/** Panels that a page can hold. */
const MOST_METRICS = 24;

/** The scenario's metrics over time, a panel each with its own axis; null where it has none. */
export function scenarioMetrics(economy: EconomyRun): Chart | null {
  const metrics = [...economy.metrics].map(([name, series]) => ({ name: displayText(name, 40), ...series }));
  if (metrics.length === 0) return null;
  return {
    id: "scenario-metrics",
    columns: 3,
    title: titleOf(metrics),
    description: `The numbers that the scenario computes of the network, each with an axis of its own; the axes do not all start at zero.${metrics.length > MOST_METRICS ? ` The first ${MOST_METRICS}; the data has all.` : ""}${momentsText(economy)}`,
    panels: metrics.slice(0, MOST_METRICS).map(({ name, blocks, values }) => {
      const indices = sampleIndices(blocks.length, MOST_POINTS);
      const days = indices.map((index) => dayOf(economy, blocks[index]!));
      // A metric may divide by nothing.
      const own = indices.map((index) => (Number.isFinite(values[index]!) ? values[index]! : null));
      const range = rangeOf(own.filter((value) => value !== null));
      return seriesLinesPanel({
        title: name,
        epochs: days,
        x: DAYS,
        lines: [{ label: "", color: 0, values: own }],
        band: null,
        tips: days.map((day, i) => `${dayText(day)}\n${formatSignificant(own[i]!)}`),
        range,
        moments: momentsOf(economy),
        yTitle: "",
        yFormat: range.numberFormat,
        height: 140,
      });
    }),
    table: {
      columns: [
        numberColumn("day", "Day", formatSignificant),
        textColumn("metric", "Metric"),
        numberColumn("value", "Value", formatSignificant),
      ],
      rows: metrics.flatMap(({ name, blocks, values }) =>
        blocks.map((block, i) => [
          dayOf(economy, block),
          name,
          Number.isFinite(values[i]!) ? values[i]! : null,
        ]),
      ),
    },
  };
}

function titleOf(metrics: readonly { readonly name: string; readonly values: readonly number[] }[]): string {
  const changes = metrics.flatMap(({ name, values }) => {
    const ends = endsOf(values.filter(Number.isFinite));
    return ends === null
      ? []
      : [`${name} from ${formatSignificant(ends[0])} to ${formatSignificant(ends[1])}`];
  });
  const more =
    changes.length > 2 ? `; and ${countOf(changes.length - 2, "more")}`.replace("mores", "more") : "";
  return `${changes.slice(0, 2).join("; ")}${more}`;
}
