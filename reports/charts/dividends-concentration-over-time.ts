import { sampleIndices } from "../data/selection.ts";
import { atEpoch, pick, type SubnetRun, validatorUids } from "../data/subnet-run.ts";
import { numberColumn, textColumn } from "../data/table.ts";
import { gini } from "../metrics/gini.ts";
import { nakamotoCoefficient } from "../metrics/nakamoto.ts";
import { formatNumber } from "../text/format.ts";
import { describePerRun } from "../text/per-run.ts";
import type { Chart } from "./chart.ts";
import { rangeAround } from "./scale.ts";
import { seriesLinesPanel } from "./series-lines.ts";

const MOST_EPOCHS = 150;

/** Gini of dividends over epochs, a line per compared run. */
export function dividendsConcentrationOverTime(subnets: readonly SubnetRun[]): Chart {
  const first = subnets[0]!;
  const indices = sampleIndices(first.epochs.length, MOST_EPOCHS);
  const measured = subnets.map((subnet) => {
    const validators = validatorUids(subnet);
    const amounts = indices.map((index) =>
      index < subnet.epochs.length ? pick(atEpoch(subnet, subnet.dividends, index), validators) : [],
    );
    return {
      subnet,
      ginis: amounts.map((list) => gini(list)),
      majorities: amounts.map((list) => nakamotoCoefficient(list)),
    };
  });
  const values = measured.flatMap(({ ginis }) => ginis.filter((value) => value !== null));
  const range = rangeAround(values.length > 0 ? values : [0, 1], 0.02);
  return {
    id: "dividends-concentration-over-time",
    title: titleOf(measured.map(({ subnet, ginis }) => ({ label: subnet.label, ginis }))),
    description:
      "Gini of dividends over the validators that hold a permit after the last epoch, per hotkey (M1). The axis does not start at zero: it shows the change.",
    panels: [
      seriesLinesPanel({
        title: null,
        epochs: indices.map((index) => first.epochs[index]!),
        lines: measured.map(({ subnet, ginis }, color) => ({ label: subnet.label, color, values: ginis })),
        band: null,
        tips: indices.map((index, i) =>
          [
            `Epoch ${first.epochs[index]}`,
            ...measured.map(
              ({ subnet, ginis, majorities }) =>
                `${subnet.label}: Gini ${formatNumber(ginis[i]!, 3)}; ${majorities[i] ?? "–"} validators get more than half`,
            ),
          ].join("\n"),
        ),
        range,
        yTitle: "Gini of dividends, 0 to 1",
        yFormat: "~g",
      }),
    ],
    table: {
      columns: [
        textColumn("comparison", "Run"),
        numberColumn("epoch", "Epoch"),
        numberColumn("gini_dividends", "Gini of dividends", (value) => formatNumber(value, 4)),
        numberColumn("nakamoto_dividends", "Validators with more than half"),
      ],
      rows: measured.flatMap(({ subnet, ginis, majorities }) =>
        indices.map((index, i) => [subnet.label, first.epochs[index]!, ginis[i]!, majorities[i]!]),
      ),
    },
  };
}

function titleOf(runs: readonly { label: string; ginis: readonly (number | null)[] }[]): string {
  if (runs.length > 2) {
    const ends = runs.map(({ label, ginis }) => {
      const value = ginis.at(-1) ?? null;
      return { label, value, text: formatNumber(value, 3) };
    });
    return `Gini of dividends at the end: ${describePerRun(ends)}`;
  }
  const parts = runs.map(
    ({ label, ginis }) => `${courseOf(ginis)}${runs.length > 1 ? ` under ${label}` : ""}`,
  );
  return `Gini of dividends: ${parts.join("; ")}`;
}

function courseOf(ginis: readonly (number | null)[]): string {
  const known = ginis.filter((value) => value !== null);
  if (known.length === 0) return "none, as no validator earns any";
  const [first, last, most] = [known[0]!, known.at(-1)!, Math.max(...known)];
  const over = most > 1.05 * Math.max(first, last) ? ` over ${formatNumber(most, 3)}` : "";
  if (over === "" && formatNumber(first, 3) === formatNumber(last, 3))
    return `${formatNumber(last, 3)} throughout`;
  return `from ${formatNumber(first, 3)}${over} to ${formatNumber(last, 3)}`;
}
