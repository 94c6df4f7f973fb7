import type { EconomyRun } from "../../data/economy/economy-run.ts";
import { Flows, type RoleColumn, ROLES } from "../../data/economy/flows.ts";
import { numberColumn, textColumn } from "../../data/table.ts";
import { formatPercent, formatSignificant, joinWords } from "../../text/format.ts";
import type { Chart } from "../chart.ts";
import { asShares, stackedPanel, type StackedSeries } from "../stacked.ts";
import type { Theme } from "../theme.ts";
import { MOST_POINTS, stretchText, tokensText } from "./common.ts";

/** Alpha of all subnets by what it was given for, in TAO at spot: amounts and shares. */
export function emissionByRoleOverTime(economy: EconomyRun): Chart {
  const flows = new Flows(economy, MOST_POINTS);
  const series = ROLES.map(({ column, label }): StackedSeries & { readonly column: RoleColumn } => ({
    column,
    label,
    color: (theme) => roleColor(column, theme),
    values: flows.value(column).map((value, i) => value / (flows.days[i] || 1)),
  }));
  const shares = asShares(series);
  const tips = flows.to.map((end, i) =>
    [
      stretchText(flows.from[i]!, end),
      ...series
        .map(({ label, values }, s) => ({ label, value: values[i]!, share: shares[s]!.values[i]! }))
        .filter(({ value }) => value > 0)
        .reverse()
        .map(
          ({ label, value, share }) => `${label}: ${tokensText(value)} TAO per day, ${formatPercent(share)}`,
        ),
    ].join("\n"),
  );
  const common = { mark: "area" as const, from: flows.from, to: flows.to, tips };
  const totals = new Map(ROLES.map(({ column }) => [column, flows.value(column).reduce((a, b) => a + b, 0)]));
  return {
    id: "emission-by-role-over-time",
    title: titleOf(totals),
    description:
      "Alpha that the epochs of all subnets gave out, by what it was given for (M50), in TAO at the spot price of the sample: what a sale of all of it would bring is less. " +
      "Dividends are parted into what fell to the stake of a hotkey's owner and to that of its nominators, after take. Recycled alpha can be emitted again. " +
      "Left over is alpha that the books hold for nobody: while root is not paid, an epoch divides less among miners than was set aside for them.",
    panels: [
      stackedPanel({ ...common, title: "TAO per day", series, yTitle: "TAO per day, at spot" }),
      stackedPanel({
        ...common,
        title: "Shares",
        series: shares,
        yTitle: "Share of the alpha given out",
        share: true,
      }),
    ],
    table: {
      columns: [
        numberColumn("from_day", "From day", formatSignificant),
        numberColumn("to_day", "To day", formatSignificant),
        textColumn("role", "Role"),
        numberColumn("tao_per_day_at_spot", "TAO per day, at spot", formatSignificant),
        numberColumn("share", "Share", formatPercent),
      ],
      rows: flows.to.flatMap((end, i) =>
        series.map(({ label, values }, s) => [flows.from[i]!, end, label, values[i]!, shares[s]!.values[i]!]),
      ),
    },
  };
}

function titleOf(totals: ReadonlyMap<RoleColumn, number>): string {
  const all = [...totals.values()].reduce((sum, value) => sum + value, 0);
  if (all === 0) return "No epoch gave out any alpha";
  const part = (...columns: RoleColumn[]): string =>
    formatPercent(columns.reduce((sum, column) => sum + totals.get(column)!, 0) / all);
  return `Of the alpha given out, ${joinWords([
    `miners get ${part("miners")}`,
    `validators and their nominators ${part("validators", "take", "nominators")}`,
    `owners ${part("owner")}`,
    `root ${part("root")}`,
  ])}`;
}

/** Related roles have related colours: the stake of validators, its take and its nominators; what nobody gets is grey. */
function roleColor(column: RoleColumn, theme: Theme): string {
  const [blue, orange, green, pink, amber] = theme.categorical;
  const light = theme.name === "light";
  const colors: Readonly<Record<RoleColumn, string>> = {
    miners: blue!,
    nominators: green!,
    validators: orange!,
    take: light ? "#f2a873" : "#a1501c",
    owner: amber!,
    root: pink!,
    recycled: theme.other,
    burned: light ? "#57606a" : "#b3bcc6",
    unassigned: theme.band,
  };
  return colors[column];
}
