import type { Course } from "../../charts/comparison/courses.ts";
import {
  alongSamples,
  dayOf,
  type EconomyRun,
  networkDays,
  subnetsBySize,
} from "../../data/economy/economy-run.ts";
import { yieldsOf } from "../../data/economy/yields.ts";
import { displayText } from "../../text/labels.ts";

type EconomyCourse = Course<EconomyRun>;

const MOST_METRICS = 12;

/** What of economies is drawn over time side by side: the network, and the metrics of the scenario. */
export function economyCourses(economies: readonly EconomyRun[]): {
  readonly network: readonly EconomyCourse[];
  readonly metrics: readonly EconomyCourse[];
} {
  const names = [...new Set(economies.flatMap(({ metrics }) => [...metrics.keys()]))].slice(0, MOST_METRICS);
  return {
    network: NETWORK,
    metrics: names.map((name) => ({
      title: displayText(name, 40),
      unit: "",
      series: (economy) => {
        const own = economy.metrics.get(name);
        return own === undefined
          ? null
          : {
              at: own.blocks.map((block) => dayOf(economy, block)),
              values: own.values.map((value) => (Number.isFinite(value) ? value : null)),
            };
      },
    })),
  };
}

const overPools =
  (column: string, scale: number): EconomyCourse["series"] =>
  (economy) => {
    const { pools } = economy;
    if (pools.blocks.length === 0) return null;
    const subnets = subnetsBySize(economy).map((netuid) =>
      alongSamples(pools, netuid, (rows) => rows.numbers(column)),
    );
    return {
      at: pools.blocks.map((block) => dayOf(economy, block)),
      values: pools.blocks.map((_, i) => subnets.reduce((sum, values) => sum + (values[i] ?? 0), 0) / scale),
    };
  };

const NETWORK: readonly EconomyCourse[] = [
  { title: "Sum of prices", unit: "TAO per alpha", series: overPools("price", 1) },
  { title: "TAO in pools", unit: "TAO", series: overPools("tao", 1e9) },
  {
    title: "Root stake",
    unit: "TAO",
    series: (economy) => ({ at: networkDays(economy), values: economy.network.tokens("root_stake") }),
  },
  {
    title: "APR of nominators",
    unit: "% a year, in alpha",
    series: (economy) => {
      const { flows, nominators } = yieldsOf(economy, 150);
      return flows.length === 0
        ? null
        : { at: flows.to, values: nominators.map((value) => (value === null ? null : 100 * value)) };
    },
  },
  {
    title: "Gini of stake",
    unit: "0 to 1",
    series: (economy) => {
      const { samples } = economy.holdings;
      return samples.length === 0
        ? null
        : { at: samples.map(({ block }) => dayOf(economy, block)), values: samples.map(({ gini }) => gini) };
    },
  },
  {
    title: "Calls refused",
    unit: "since the beginning",
    series: (economy) => ({ at: networkDays(economy), values: economy.network.numbers("failures") }),
  },
];
