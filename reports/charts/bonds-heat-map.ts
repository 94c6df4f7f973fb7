import { groupEqual, topUids } from "../data/selection.ts";
import {
  atEpoch,
  lastEpochIndex,
  minerUids,
  ratioOfBits,
  type SubnetRun,
  validatorUids,
} from "../data/subnet-run.ts";
import { numberColumn, textColumn } from "../data/table.ts";
import { formatPercent } from "../text/format.ts";
import { neuronFullName, neuronLabels } from "../text/labels.ts";
import type { Chart, Panel, PanelSpec, Row } from "./chart.ts";

const MOST_VALIDATORS = 20;
const MOST_MINERS = 24;

/** Who holds the bonds of the best-paid miners after the last epoch, a cell per validator and miner. */
export function bondsHeatMap(subnets: readonly SubnetRun[]): Chart {
  const groups = groupEqual(subnets, ({ last: { bonds }, incentive }) => [
    bonds.rows,
    bonds.columns,
    bonds.values,
    incentive,
  ]);
  const first = subnets[0]!;
  const validators = validatorUids(first).slice(0, MOST_VALIDATORS);
  const incentive = atEpoch(first, first.incentive, lastEpochIndex(first));
  const miners = topUids(minerUids(first), (uid) => ratioOfBits(incentive[uid]!), MOST_MINERS);
  const maps = groups.map((group) => ({ ...group, shares: bondShares(group.subnet) }));
  const highest = Math.max(
    0.01,
    ...maps.flatMap(({ shares }) => validators.flatMap((row) => miners.map((column) => shares(row, column)))),
  );
  return {
    id: "bonds",
    title: titleOf(maps, validators, miners),
    description:
      `Each cell is the validator's share of all bonds in that miner after the last epoch: the column sums to 100% over all validators, ` +
      `so both bond formulas can be compared. Rows: the ${validators.length} validators with most stake; columns: the ${miners.length} miners with most ` +
      `incentive${subnets.length > 1 ? ` under ${first.label}` : ""}, largest first. Empty cells hold no bond.`,
    panels: maps.map((map) =>
      heatMapPanel({
        title: groups.length === 1 && subnets.length === 1 ? null : map.label,
        subnet: map.subnet,
        shares: map.shares,
        validators,
        miners,
        highest,
      }),
    ),
    table: {
      columns: [
        textColumn("comparison", "Run"),
        numberColumn("validator_uid", "Validator uid"),
        textColumn("validator_hotkey", "Validator"),
        numberColumn("miner_uid", "Miner uid"),
        textColumn("miner_hotkey", "Miner"),
        numberColumn("bond_share", "Share of the miner's bonds", formatPercent),
      ],
      rows: maps.flatMap(({ label, subnet, shares }) =>
        validators.flatMap((row) =>
          miners
            .filter((column) => shares(row, column) > 0)
            .map((column) => [
              label,
              row,
              subnet.hotkeys[row]!,
              column,
              subnet.hotkeys[column]!,
              shares(row, column),
            ]),
        ),
      ),
    },
  };
}

/** Share of the miner's bonds that a validator holds. */
type BondShares = (validator: number, miner: number) => number;

/** Bonds after the last epoch, each column divided by its sum. */
function bondShares(subnet: SubnetRun): BondShares {
  const { rows, columns, values } = subnet.last.bonds;
  const sums = new Float64Array(subnet.n);
  for (let k = 0; k < values.length; k++) sums[columns[k]!]! += values[k]!;
  const shares = new Map<number, number>();
  for (let k = 0; k < values.length; k++) {
    shares.set(rows[k]! * subnet.n + columns[k]!, values[k]! / sums[columns[k]!]!);
  }
  return (validator, miner) => shares.get(validator * subnet.n + miner) ?? 0;
}

function titleOf(
  maps: readonly { label: string; subnet: SubnetRun; shares: BondShares }[],
  validators: readonly number[],
  miners: readonly number[],
): string {
  const parts = maps.map(({ label, subnet, shares }) => {
    const holders = miners.map((miner) =>
      validators.reduce<number | null>((best, row) => {
        const share = shares(row, miner);
        return share > 0 && (best === null || share > shares(best, miner)) ? row : best;
      }, null),
    );
    const counts = new Map<number, number>();
    for (const holder of holders) if (holder !== null) counts.set(holder, (counts.get(holder) ?? 0) + 1);
    const [top] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    return {
      label,
      top: top?.[0],
      count: top?.[1] ?? 0,
      name: top ? neuronLabels(subnet.hotkeys)[top[0]]! : null,
    };
  });
  const [first] = parts;
  if (first === undefined || first.name === null) return "No bonds are left after the last epoch";
  const same = parts.every((part) => part.top === first.top && part.count === first.count);
  if (same)
    return `${first.name} is the largest holder of bonds in ${first.count} of the ${miners.length} best-paid miners`;
  return `Largest holder of bonds in the ${miners.length} best-paid miners: ${parts
    .map((part) =>
      part.name === null ? `nobody under ${part.label}` : `${part.name} in ${part.count} under ${part.label}`,
    )
    .join(", ")}`;
}

function heatMapPanel(map: {
  title: string | null;
  subnet: SubnetRun;
  shares: BondShares;
  validators: readonly number[];
  miners: readonly number[];
  highest: number;
}): Panel {
  const { subnet, shares, validators, miners } = map;
  const labels = neuronLabels(subnet.hotkeys);
  return {
    title: map.title,
    height: Math.max(4, validators.length) * 17,
    labelRoom: 8,
    datasets: {
      cells: validators.flatMap((row) =>
        miners.flatMap((column): Row[] => {
          const share = shares(row, column);
          if (share === 0) return [];
          const tip = [
            `Validator: ${neuronFullName(row, subnet.hotkeys[row]!)}`,
            `Miner: ${neuronFullName(column, subnet.hotkeys[column]!)}`,
            `Share of the miner's bonds: ${formatPercent(share)}`,
          ].join("\n");
          return [{ validator: labels[row]!, miner: labels[column]!, share, tip }];
        }),
      ),
    },
    spec: ({ theme, data }): PanelSpec => ({
      layer: [
        {
          data: data("cells"),
          mark: { type: "rect", stroke: theme.background, strokeWidth: 1 },
          encoding: {
            y: {
              field: "validator",
              type: "nominal",
              title: "Validator",
              scale: { domain: validators.map((uid) => labels[uid]!) },
              axis: { labelLimit: 130, grid: false },
            },
            x: {
              field: "miner",
              type: "nominal",
              title: "Miner, most incentive first",
              scale: { domain: miners.map((uid) => labels[uid]!) },
              axis: {
                labelAngle: -90,
                labelLimit: 90,
                labelOverlap: true,
                labelFontSize: 10,
                domain: false,
                ticks: false,
              },
            },
            color: {
              field: "share",
              type: "quantitative",
              scale: { domain: [0, map.highest], range: [...theme.sequential], nice: false },
              legend: {
                title: "Share of the miner's bonds",
                orient: "top",
                direction: "horizontal",
                gradientLength: 180,
                gradientThickness: 10,
                format: ".0%",
                tickCount: 4,
              },
            },
            tooltip: { field: "tip", type: "nominal" },
          },
        },
      ],
    }),
  };
}
