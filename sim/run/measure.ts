/** Runs of which nothing is wanted but metrics: nothing is written to disk. */
import type { MetricText, ResolvedScenario } from "../scenario/index.ts";
import { MemoryTrace, type TableColumns } from "../trace/index.ts";
import { type EpochBackend, openEpochBackend } from "./backends.ts";
import { MetricSink } from "./metric-sink.ts";
import { stepEpochs, traceLabels } from "./step-epochs.ts";
import type { MetricValues } from "./trace-metrics.ts";

/**
 * The metrics of scenarios that have equally many epochs, computed side by side; the values are those of runs one by one.
 * @returns values per scenario
 * @throws InputError for a name that is no metric
 */
export async function measureScenarios(
  backend: EpochBackend,
  scenarios: readonly ResolvedScenario[],
  definitions: Readonly<Record<string, MetricText>>,
  names: readonly string[],
): Promise<MetricValues[]> {
  const tracks = Array.from(scenarios, (scenario) => ({
    scenario,
    sink: new MetricSink(definitions, names, traceLabels(scenario), scenario.epochs),
  }));
  await stepEpochs(backend, tracks);
  return Array.from(tracks, ({ scenario, sink }) =>
    sink.values(Array.from(scenario.comparisons, ({ comparison }) => comparison)),
  );
}

/** Runs a scenario on the exact kernel. @returns the columns asked for */
export async function traceInMemory(scenario: ResolvedScenario, columns: TableColumns): Promise<MemoryTrace> {
  const backend = await openEpochBackend("exact");
  try {
    const sink = new MemoryTrace(columns, traceLabels(scenario));
    await stepEpochs(backend, [{ scenario, sink }]);
    return sink;
  } finally {
    await backend.close();
  }
}
