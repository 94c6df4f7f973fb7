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
import { describePerRun } from "../text/per-run.ts";
import type { Chart, Panel, PanelSpec, Row } from "./chart.ts";

/** Points of a curve that a plot can show. */
const MOST_POINTS = 120;

const DASHES = [
  [1, 0],
  [7, 4],
  [2, 3],
  [10, 3, 2, 3],
];

/** One distribution over a population, with its Lorenz curve. */
export interface Distribution {
  /** "Stake", "Dividends" or "Incentive". */
  readonly kind: string;
  /** The runs in which it is the same. */
  readonly run: string;
  /** Unique in the chart. */
  readonly name: string;
  readonly gini: number | null;
  readonly curve: readonly LorenzPoint[];
}

/** Lorenz curves of stake and dividends over validators and of incentive over miners, after the last epoch. */
export function concentration(subnets: readonly SubnetRun[]): Chart {
  const distributions = distributionsOf(subnets);
  return {
    id: "concentration",
    title: titleOf(distributions),
    description:
      "Lorenz curves after the last epoch (M2): how much the smallest holders hold together. The dashed diagonal is perfect equality; the further below it, the more " +
      "concentrated. Gini (M1) is 0 when all hold the same and close to 1 when one holds everything. Stake and dividends over validators with a permit, incentive " +
      "over all miners, those without any included; per hotkey.",
    panels: [lorenzPanel(distributions)],
    table: {
      columns: [
        textColumn("distribution", "Distribution"),
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

/** Each distribution once per group of runs in which it is the same. */
function distributionsOf(subnets: readonly SubnetRun[]): Distribution[] {
  const kinds: readonly [string, (subnet: SubnetRun) => bigint[]][] = [
    ["Stake", (subnet) => pick(subnet.last.stake, validatorUids(subnet))],
    [
      "Dividends",
      (subnet) => pick(atEpoch(subnet, subnet.dividends, lastEpochIndex(subnet)), validatorUids(subnet)),
    ],
    [
      "Incentive",
      (subnet) => pick(atEpoch(subnet, subnet.incentive, lastEpochIndex(subnet)), minerUids(subnet)),
    ],
  ];
  return kinds.flatMap(([name, amounts]) => {
    const groups = groupEqual(subnets, (subnet) => [amounts(subnet)]);
    return groups.map((group) =>
      distribution(
        name,
        group.label,
        groups.length > 1 ? `${name}, ${group.label}` : name,
        amounts(group.subnet),
      ),
    );
  });
}

function distribution(kind: string, run: string, name: string, amounts: readonly bigint[]): Distribution {
  return { kind, run, name, gini: gini(amounts), curve: lorenzCurve(amounts) ?? [] };
}

function titleOf(distributions: readonly Distribution[]): string {
  const parts = [...new Set(distributions.map(({ kind }) => kind))].map((kind) => {
    const ginis = distributions
      .filter((candidate) => candidate.kind === kind)
      .map(({ run, gini: index }) => ({ label: run, value: index, text: formatNumber(index, 2) }));
    return `of ${kind.toLowerCase()} ${describePerRun(ginis)}`;
  });
  return `Gini ${parts.join(", ")}`;
}

export function lorenzPanel(distributions: readonly Distribution[]): Panel {
  const keys = distributions.map(({ name, gini: index }) => `${name}: Gini ${formatNumber(index, 2)}`);
  return {
    title: null,
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
      const legend = {
        title: null,
        orient: "top" as const,
        direction: "vertical" as const,
        symbolType: "stroke",
        symbolStrokeWidth: 3,
      };
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
                scale: {
                  domain: keys,
                  range: keys.map((_, i) => theme.categorical[i % theme.categorical.length]!),
                },
                legend,
              },
              // Curves may lie on each other: dashes let the one below show.
              strokeDash: {
                field: "distribution",
                type: "nominal" as const,
                scale: { domain: keys, range: keys.map((_, i) => DASHES[i % DASHES.length]!) },
                legend,
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
