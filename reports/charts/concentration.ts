import { groupEqual, sampleIndices } from "../data/selection.ts";
import {
  atEpoch,
  lastEpochIndex,
  minerUids,
  pick,
  type SubnetRun,
  validatorUids,
} from "../data/subnet-run.ts";
import { numberColumn, textColumn } from "../data/table.ts";
import { gini } from "../metrics/gini.ts";
import { lorenzCurve, type LorenzPoint } from "../metrics/lorenz.ts";
import { formatNumber, formatPercent } from "../text/format.ts";
import type { Chart, Panel, PanelSpec, Row } from "./chart.ts";

/** Points of a curve that a plot can show. */
const MOST_POINTS = 120;

/** One distribution over a population, with its Lorenz curve. */
interface Distribution {
  readonly name: string;
  readonly amounts: readonly bigint[];
  readonly gini: number | null;
  readonly curve: readonly LorenzPoint[];
}

/** Lorenz curves of stake and dividends over validators and of incentive over miners, after the last epoch. */
export function concentration(subnets: readonly SubnetRun[]): Chart {
  const groups = groupEqual(subnets, ({ last, incentive, dividends }) => [
    last.stake,
    last.permit,
    incentive,
    dividends,
  ]);
  const drawn = groups.map((group) => ({ ...group, distributions: distributionsOf(group.subnet) }));
  return {
    id: "concentration",
    title: titleOf(drawn),
    description:
      "Lorenz curves after the last epoch (M2): how much the smallest holders hold together. The dashed diagonal is perfect equality; the further below it, the more " +
      "concentrated. Gini (M1) is 0 when all hold the same and close to 1 when one holds everything. Stake and dividends over validators with a permit, incentive " +
      "over all miners, those without any included; per hotkey.",
    panels: drawn.map((group) =>
      lorenzPanel(group.distributions, groups.length === 1 && subnets.length === 1 ? null : group.label),
    ),
    table: {
      columns: [
        textColumn("comparison", "Run"),
        textColumn("distribution", "Distribution"),
        numberColumn("gini", "Gini", (value) => formatNumber(value, 4)),
        numberColumn("population_share", "Share of holders", formatPercent),
        numberColumn("amount_share", "Share held", formatPercent),
      ],
      rows: drawn.flatMap((group) =>
        group.distributions.flatMap(({ name, gini: index, curve }) =>
          sampleIndices(curve.length, MOST_POINTS).map((i) => [
            group.label,
            name,
            index,
            curve[i]!.population,
            curve[i]!.share,
          ]),
        ),
      ),
    },
  };
}

function distributionsOf(subnet: SubnetRun): Distribution[] {
  const last = lastEpochIndex(subnet);
  const validators = validatorUids(subnet);
  return [
    distribution("Stake of validators", pick(subnet.last.stake, validators)),
    distribution("Dividends of validators", pick(atEpoch(subnet, subnet.dividends, last), validators)),
    distribution("Incentive of miners", pick(atEpoch(subnet, subnet.incentive, last), minerUids(subnet))),
  ];
}

function distribution(name: string, amounts: readonly bigint[]): Distribution {
  return { name, amounts, gini: gini(amounts), curve: lorenzCurve(amounts) ?? [] };
}

function titleOf(groups: readonly { label: string; distributions: readonly Distribution[] }[]): string {
  const [stake, , incentive] = groups[0]!.distributions;
  const dividends = groups.map(
    ({ label, distributions }) =>
      `${formatNumber(distributions[1]!.gini, 2)}${groups.length > 1 ? ` under ${label}` : ""}`,
  );
  return `Gini of dividends ${dividends.join(" and ")}, of stake ${formatNumber(stake!.gini, 2)}, of incentive ${formatNumber(incentive!.gini, 2)}`;
}

function lorenzPanel(distributions: readonly Distribution[], title: string | null): Panel {
  const keys = distributions.map(({ name, gini: index }) => `${name}, Gini ${formatNumber(index, 2)}`);
  return {
    title,
    height: 280,
    labelRoom: 16,
    datasets: {
      curves: distributions.flatMap(({ curve }, i) =>
        sampleIndices(curve.length, MOST_POINTS).map((k): Row => ({
          distribution: keys[i]!,
          population: curve[k]!.population,
          share: curve[k]!.share,
          tip: `${keys[i]!}\nThe smallest ${formatPercent(curve[k]!.population)} of holders hold ${formatPercent(curve[k]!.share)}`,
        })),
      ),
      equality: [
        { population: 0, share: 0 },
        { population: 1, share: 1 },
      ],
    },
    spec: ({ theme, data }): PanelSpec => {
      const axis = (name: string) => ({
        type: "quantitative" as const,
        title: name,
        scale: { domain: [0, 1], nice: false },
        axis: { format: ".0%", tickCount: 5, grid: true, labelFlush: false },
      });
      const x = { ...axis("Share of holders, smallest first"), field: "population" };
      const y = { ...axis("Share of the total that they hold"), field: "share" };
      return {
        layer: [
          {
            data: data("equality"),
            mark: {
              type: "line" as const,
              strokeDash: [4, 3],
              strokeWidth: 1,
              color: theme.muted,
              tooltip: null,
            },
            encoding: { x, y },
          },
          {
            data: data("curves"),
            mark: { type: "line" as const, strokeWidth: 2.25, tooltip: null },
            encoding: {
              x,
              y,
              color: {
                field: "distribution",
                type: "nominal" as const,
                scale: { domain: keys, range: theme.categorical.slice(0, keys.length) },
                legend: {
                  title: null,
                  orient: "top" as const,
                  direction: "vertical" as const,
                  symbolType: "stroke",
                  symbolStrokeWidth: 3,
                },
              },
            },
          },
          {
            data: data("curves"),
            mark: { type: "point" as const, filled: true, size: 60, opacity: 0 },
            encoding: { x, y, tooltip: { field: "tip", type: "nominal" as const } },
          },
        ],
      };
    },
  };
}
