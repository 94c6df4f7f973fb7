export { type RunOptions, type RunProgress, runScenario, type RunSummary } from "./run-scenario.ts";
export { engineVersion } from "./version.ts";
export {
  type EconomyProgress,
  type EconomyRunOptions,
  type EconomySummary,
  resumeEconomy,
  runEconomy,
} from "./economy/run-economy.ts";
export { savedStrategies, strategiesOf } from "./economy/custom-strategies.ts";
