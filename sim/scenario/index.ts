export { buildScenario, type BuildOptions } from "./build.ts";
export { describeScenario } from "./describe.ts";
export { type Problem, ScenarioError } from "./error.ts";
export { isEconomy, isEconomyTree } from "./kind.ts";
export {
  type LoadOptions,
  loadAnyScenario,
  loadScenario,
  type ReadEconomy,
  strategyModules,
} from "./load.ts";
export type { ReadSubnetScenario, ScenarioOutline } from "./load-subnet.ts";
export { writeTemplate } from "./template.ts";
export type {
  EpochChanges,
  Protocol,
  ResolvedScenario,
  Restaking,
  ScenarioInput,
  SubnetPlan,
  VariantPlan,
  WeightRow,
} from "./types.ts";
export type {
  AgentPlan,
  Change,
  EconomyPlan,
  EconomyScenario,
  Expectation,
  GenesisWeights,
  Metric,
  Sampling,
  SettingValues,
  Shock,
  StakeGenesis,
  ModuleFile,
  StrategyModule,
  SubnetGenesis,
} from "./economy/types.ts";
export { METRIC_FUNCTIONS, type MetricFunction, networkMetric } from "./economy/metrics.ts";
export { PROTOCOLS } from "./economy/schema.ts";
export { GLOBAL_SETTINGS, lastRegistration, PRESETS, SUBNET_SETTINGS } from "./economy/settings.ts";
export {
  callsIn,
  evaluateNumber,
  type Expression,
  parseExpression,
  type Scope,
  type Value,
} from "./expression/expression.ts";
export { permitsAfterEpoch } from "./permits.ts";
export { scenarioError } from "./error.ts";
export { applyOverride, type Override, parsePath } from "./source/overrides.ts";
export { child, closest, keyPlace, type Member, plainValue, type Tree } from "./source/tree.ts";
export { type LibraryEntry, libraryOf, scenarioFile, type Theme, THEMES } from "./library.ts";
export type {
  BreakEvenText,
  Evidence,
  ExperimentText,
  PublishedText,
  StrengthText,
} from "./study/experiment.ts";
export { loadStudy, type StudySource } from "./study/load.ts";
export type {
  ChoiceText,
  ExpectationText,
  IntervalText,
  MetricText,
  OptimiseText,
  RangeText,
  StudyText,
  SweepText,
} from "./study/schema.ts";
