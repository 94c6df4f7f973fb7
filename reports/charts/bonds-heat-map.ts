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
import { formatPercent, joinWords } from "../text/format.ts";
import { neuronFullName, neuronLabels } from "../text/labels.ts";
import { describePerRun } from "../text/per-run.ts";
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
  const maps = groups.map(({ label, subnet }): BondMap => ({
    label,
    subnet,
    validators: validatorUids(subnet).slice(0, MOST_VALIDATORS),
    miners: bestPaidMiners(subnet),
    shares: bondShares(subnet),
  }));
  const highest = Math.max(
    0.01,
    ...maps.flatMap(({ validators, miners, shares }) =>
      validators.flatMap((row) => miners.map((column) => shares(row, column))),
    ),
  );
  return {
    id: "bonds-heat-map",
    title: titleOf(maps),
    description:
      `Each cell is the validator's share of all bonds in that miner after the last epoch: the column sums to 100% over all validators, ` +
      `so both bond formulas can be compared. Rows: up to ${MOST_VALIDATORS} validators, most stake first; columns: up to ${MOST_MINERS} miners, most ` +
      `incentive first. Empty cells hold no bond. Yuma 3 keeps stake out of the bonds and multiplies by it when it pays; the older formula has stake in the bonds.`,
    panels: maps.map((map) =>
      heatMapPanel(map, groups.length === 1 && subnets.length === 1 ? null : map.label, highest),
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
      rows: maps.flatMap(({ label, subnet, validators, miners, shares }) =>
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

/** What one panel shows: validators by miners, each in their order. */
interface BondMap {
  readonly label: string;
  readonly subnet: SubnetRun;
  readonly validators: readonly number[];
  readonly miners: readonly number[];
  readonly shares: BondShares;
}

function bestPaidMiners(subnet: SubnetRun): number[] {
  const incentive = atEpoch(subnet, subnet.incentive, lastEpochIndex(subnet));
  return topUids(minerUids(subnet), (uid) => ratioOfBits(incentive[uid]!), MOST_MINERS);
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

/** Who holds most, on average over the miners that are drawn. */
function titleOf(maps: readonly BondMap[]): string {
  const holders = maps.map(({ label, subnet, validators, miners, shares }) => {
    const mean = (row: number): number =>
      miners.reduce((sum, miner) => sum + shares(row, miner), 0) / Math.max(1, miners.length);
    const [top] = topUids(validators, mean, 1);
    if (top === undefined) return { label, name: null, value: null, text: "nobody holds any" };
    return {
      label,
      name: neuronLabels(subnet.hotkeys)[top]!,
      value: mean(top),
      text: formatPercent(mean(top)),
    };
  });
  const first = holders[0]!;
  const where = (label: string): string => (maps.length > 1 ? ` under ${label}` : "");
  if (holders.every((holder) => holder.name === null)) return "No bonds are left after the last epoch";
  if (holders.every((holder) => holder.name === first.name)) {
    return `${first.name} holds most bonds in the best-paid miners: on average ${describePerRun(holders)}`;
  }
  return `Most bonds in the best-paid miners, on average: ${joinWords(
    holders.map(({ label, name, text }) => `${name === null ? text : `${name} with ${text}`}${where(label)}`),
  )}`;
}

function heatMapPanel(map: BondMap, title: string | null, highest: number): Panel {
  const { subnet, validators, miners, shares } = map;
  const labels = neuronLabels(subnet.hotkeys);
  return {
    title,
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
              scale: { domain: [0, highest], range: [...theme.sequential], nice: false },
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
