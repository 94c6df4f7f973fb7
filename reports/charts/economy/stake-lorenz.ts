import { dayOf, type EconomyRun } from "../../data/economy/economy-run.ts";
import { sampleIndices } from "../../data/selection.ts";
import { numberColumn, textColumn } from "../../data/table.ts";
import { gini } from "../../metrics/gini.ts";
import { lorenzCurve } from "../../metrics/lorenz.ts";
import { formatNumber, formatPercent, formatSignificant } from "../../text/format.ts";
import type { Chart } from "../chart.ts";
import { type Distribution, lorenzPanel } from "../concentration.ts";

const MOST_POINTS = 120;

/** Lorenz curves of the stake of all agents at the beginning and at the end. */
export function stakeLorenz(economy: EconomyRun): Chart {
  const { first, last } = economy.holdings;
  const moments = [first, ...(first?.block === last?.block ? [] : [last])].filter(
    (moment) => moment !== null,
  );
  const distributions = moments.map(({ block, stakes }): Distribution => {
    const name = `Day ${formatSignificant(dayOf(economy, block))}`;
    return { kind: "Stake", run: name, name, gini: gini(stakes), curve: lorenzCurve(stakes) ?? [] };
  });
  return {
    id: "stake-lorenz",
    title: titleOf(distributions),
    description:
      "How much of all stake the smallest holders have together (M2): the further below the dashed diagonal, the more concentrated. Over agents with stake above zero, per coldkey, root and alpha together in TAO at spot. " +
      "Gini (M1) is 0 when all hold the same and close to 1 when one holds everything; it would be higher if agents without stake counted.",
    panels: [lorenzPanel(distributions)],
    table: {
      columns: [
        textColumn("moment", "Moment"),
        numberColumn("gini", "Gini", (value) => formatNumber(value, 4)),
        numberColumn("population_share", "Share of holders", formatPercent),
        numberColumn("amount_share", "Share held", formatPercent),
      ],
      rows: distributions.flatMap(({ name, gini: index, curve }) =>
        sampleIndices(curve.length, MOST_POINTS).map((i) => [
          name,
          index,
          curve[i]!.population,
          curve[i]!.share,
        ]),
      ),
    },
  };
}

function titleOf(distributions: readonly Distribution[]): string {
  const [before, after] = [distributions[0], distributions.at(-1)];
  if (before === undefined || after === undefined) return "No agent has any stake";
  const text = (index: number | null): string => formatNumber(index, 3);
  if (text(before.gini) === text(after.gini)) return `Gini of stake stays at ${text(after.gini)}`;
  return `Gini of stake ${(after.gini ?? 0) > (before.gini ?? 0) ? "rises" : "falls"} from ${text(before.gini)} to ${text(after.gini)}`;
}
