export {
  type RunOptions,
  type RunProgress,
  runScenario,
  runScenariosOn,
  type RunSummary,
} from "./run-scenario.ts";
export { type EpochBackend, openEpochBackend, resolveBackend } from "./backends.ts";
export { RUN_BACKENDS, type RunBackend } from "./backend-names.ts";
export { arithmeticOf, backendFor } from "./arithmetic.ts";
export { measureScenarios, traceInMemory } from "./measure.ts";
export { engineVersion } from "./version.ts";
export {
  type EconomyProgress,
  type EconomyRunOptions,
  type EconomySummary,
  resumeEconomy,
  runEconomy,
} from "./economy/run-economy.ts";
export { type MeasuredEconomy, measureEconomy } from "./economy/measure.ts";
export { savedStrategies, strategiesOf } from "./economy/custom-strategies.ts";
export { type Metagraph } from "./economy/metagraph.ts";
export {
  type CallReceipt,
  type NetworkOptions,
  type NewSubnet,
  SimulatedNetwork,
  type Wallet,
} from "./economy/network.ts";
export type { CallRecord, EventKind, EventRecord, Refusal } from "./economy/recorder.ts";
export { runAnyScenario } from "./run-any.ts";
export { checkMetrics, metricColumns, type MetricValues, readMetrics, readSeries } from "./trace-metrics.ts";
