/** Runs one network without writing anything: what many replicas are made of. */
import { StrategyRegistry } from "../../agents/index.ts";
import type { NetworkState } from "../../chain/index.ts";
import { runLoop } from "../../engine/run-loop.ts";
import type { EconomyPlan, Metric } from "../../scenario/index.ts";
import { MetricScope } from "./metrics.ts";
import { SILENT } from "./recorder.ts";
import { EconomySimulation } from "./simulation.ts";

export interface MeasuredEconomy {
  /** At the last block. */
  readonly values: Readonly<Record<string, number>>;
  /** Blocks since the beginning. */
  readonly times: readonly number[];
  /** By metric, one value per time. */
  readonly series: Readonly<Record<string, readonly number[]>>;
  readonly state: NetworkState;
}

/**
 * @param metrics computed whenever the plan samples its metrics, and at the end
 * @param strategies those that the scenario was loaded with
 */
export function measureEconomy(
  plan: EconomyPlan,
  metrics: readonly Metric[],
  strategies = new StrategyRegistry(),
): MeasuredEconomy {
  const times: number[] = [];
  const series = new Map(metrics.map(({ name }) => [name, [] as number[]]));
  const every = plan.sampling.metrics;
  const simulation: EconomySimulation = new EconomySimulation(
    plan,
    strategies,
    {
      ...SILENT,
      sample: (block) => {
        const elapsed = block - plan.startBlock;
        if (block !== simulation.end && (every === null || elapsed % every !== 0)) return;
        const scope = new MetricScope(simulation);
        times.push(elapsed);
        for (const metric of metrics) series.get(metric.name)!.push(scope.value(metric));
      },
    },
    null,
  );
  runLoop(simulation, simulation.end, () => false);
  return {
    values: Object.fromEntries([...series].map(([name, list]) => [name, list.at(-1) ?? Number.NaN])),
    times,
    series: Object.fromEntries(series),
    state: simulation.chain.state,
  };
}
