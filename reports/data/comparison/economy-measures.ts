import { priceSum } from "../../metrics/price-sum.ts";
import { formatNumber, formatPercent, formatSignificant } from "../../text/format.ts";
import { displayText } from "../../text/labels.ts";
import { alongSamples, type EconomyRun, subnetsBySize } from "../economy/economy-run.ts";
import { Flows, type RoleColumn, ROLES } from "../economy/flows.ts";
import { yieldsOf } from "../economy/yields.ts";
import type { Measure } from "./arms.ts";

type EconomyMeasure = Measure<EconomyRun>;

const tao = (value: number | null): string => (value === null ? "–" : `${formatSignificant(value)} TAO`);
const last = (values: readonly number[]): number | null => values.at(-1) ?? null;

/** What economies are compared by at the end of their runs: the network, then the metrics of the scenario. */
export function economyMeasures(economies: readonly EconomyRun[]): EconomyMeasure[] {
  const metrics = [...new Set(economies.flatMap((economy) => [...economy.metrics.keys()]))];
  return [
    ...NETWORK,
    ...metrics.map((name): EconomyMeasure => ({
      id: `metric-${name}`,
      label: displayText(name, 40),
      format: formatSignificant,
      value: ({ metrics: own }) => {
        const value = own.get(name)?.values.at(-1);
        return value === undefined || !Number.isFinite(value) ? null : value;
      },
      definition: "Metric of the scenario at the end.",
    })),
  ];
}

const NETWORK: readonly EconomyMeasure[] = [
  {
    id: "price-sum",
    label: "Sum of prices",
    format: tao,
    value: (economy) => sumOverSubnets(economy, "price"),
    definition: "Spot prices of all subnets added up at the end, TAO per alpha (M58).",
  },
  {
    id: "moving-price-sum",
    label: "Sum of moving prices",
    format: tao,
    value: (economy) => sumOverSubnets(economy, "moving_price"),
    definition: "The chain's moving prices added up at the end; above 1 root is paid (M58).",
  },
  {
    id: "pools",
    label: "TAO in pools",
    format: tao,
    value: (economy) => {
      const rao = sumOverSubnets(economy, "tao");
      return rao === null ? null : rao / 1e9;
    },
    definition: "TAO in the pools of all subnets at the end.",
  },
  {
    id: "root-stake",
    label: "Root stake",
    format: tao,
    value: ({ network }) => last(network.tokens("root_stake")),
    definition: "TAO staked on root at the end.",
  },
  {
    id: "issuance",
    label: "Issuance",
    format: tao,
    value: ({ network }) => last(network.tokens("issuance")),
    definition: "All TAO at the end, as the emission curve counts it (M52).",
  },
  ...(
    [
      ["Incentive's part", ["miners"]],
      ["Dividends' part", ["validators", "take", "nominators"]],
      ["Owners' part", ["owner"]],
      ["Root's part", ["root"]],
    ] as readonly (readonly [string, readonly RoleColumn[]])[]
  ).map(([label, columns]): EconomyMeasure => ({
    id: `part-of-${columns[0]!}`,
    label,
    format: formatPercent,
    value: (economy) => partOf(economy, columns),
    definition: "Part of the alpha given out over the run, in TAO at spot (M50).",
  })),
  {
    id: "nominators-apr",
    label: "APR of nominators",
    format: formatPercent,
    value: (economy) => lastKnown(yieldsOf(economy, 150).nominators),
    definition: "Dividends after take over the stake that earned them at the end, in alpha, simple (M40).",
  },
  {
    id: "root-apr",
    label: "APR of root",
    format: formatPercent,
    value: (economy) => lastKnown(yieldsOf(economy, 150).root),
    definition: "Root dividends in TAO at spot over root stake at the end, simple (M40).",
  },
  {
    id: "gini-of-stake",
    label: "Gini of stake",
    format: (value) => formatNumber(value, 3),
    value: ({ holdings }) => holdings.samples.at(-1)?.gini ?? null,
    definition: "Over agents with stake at the end, per coldkey (M1).",
  },
  {
    id: "nakamoto",
    label: "Nakamoto coefficient",
    format: formatSignificant,
    value: ({ holdings }) => holdings.samples.at(-1)?.nakamoto ?? null,
    definition: "Fewest agents that together hold more than half of all stake at the end (M3).",
  },
  {
    id: "fees",
    label: "Fees",
    format: tao,
    value: ({ network }) => network.tokens("fees").reduce((sum, value) => sum + value, 0),
    definition: "Fees of all calls of the run (M73).",
  },
  {
    id: "failures",
    label: "Calls refused",
    format: formatSignificant,
    value: ({ network }) => last(network.numbers("failures")),
    definition: "Calls of agents that the chain refused during the run.",
  },
];

function sumOverSubnets(economy: EconomyRun, column: string): number | null {
  const { pools } = economy;
  if (pools.blocks.length === 0) return null;
  return priceSum(
    subnetsBySize(economy).map(
      (netuid) => alongSamples(pools, netuid, (rows) => rows.numbers(column)).at(-1) ?? 0,
    ),
  );
}

function partOf(economy: EconomyRun, columns: readonly RoleColumn[]): number | null {
  if (economy.emission.blocks.length === 0) return null;
  const flows = new Flows(economy, 1);
  const values = new Map(ROLES.map(({ column }) => [column, flows.value(column)[0] ?? 0]));
  const all = [...values.values()].reduce((sum, value) => sum + value, 0);
  return all === 0 ? null : columns.reduce((sum, column) => sum + values.get(column)!, 0) / all;
}

const lastKnown = (values: readonly (number | null)[]): number | null =>
  values.findLast((value) => value !== null) ?? null;
