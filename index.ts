/**
 * The functions of yumasim: what the command line does, for programs.
 *
 * ```ts
 * import { loadScenario, openTrace, renderReport, runScenario } from "yumasim";
 *
 * const scenario = loadScenario("scenarios/economy/subnet-15.yaml", { seed: "7" });
 * const { directory } = await runScenario(scenario, { outDir: "runs/seven" });
 * const neurons = await (await openTrace(directory)).read("neurons");
 * await renderReport([directory], { formats: ["html"], outDir: directory });
 * ```
 */
export {
  type EpochHyperparameters,
  type EpochInput,
  type EpochOutput,
  NO_COMMIT,
  type SparseRows,
} from "./kernels/epoch.ts";
export { ExactKernel } from "./kernels/exact/kernel.ts";
export { ExactSubnet } from "./kernels/exact/subnet.ts";
export {
  REPORT_FORMATS,
  type ReportFormat,
  type MetricLevel,
  type ReportOptions,
  type CheckContext,
  renderCases,
  renderChecks,
  renderDifference,
  renderGuarantees,
  renderReport,
  type RunReportOptions,
} from "./reports/index.ts";
/** The measures of docs/metrics.md as pure functions: `metrics.gini(amounts)`. */
export * as metrics from "./reports/metrics/index.ts";
export { InputError } from "./sim/errors.ts";
export {
  benchLines,
  checkLines,
  checkSources,
  type EvalCase,
  type EvalFamily,
  type EvalSummary,
  type Evaluator,
  evaluateLines,
  FAMILIES,
  type InputLine,
  openFamily,
  readLines,
  type WriteAnswer,
} from "./sim/eval/index.ts";
export {
  asExpected,
  type Experiment,
  experimentJson,
  type ExperimentOptions,
  type ExperimentRun,
  experimentText,
  isExperiment,
  loadExperiment,
  runExperiment,
  writeExperiment,
} from "./sim/experiment/index.ts";
export type { JsonObject, JsonValue } from "./sim/json.ts";
export {
  DIFFERENCE_TEMPLATE,
  REPORT_TEMPLATES,
  type ReportChart,
  type ReportSection,
  type ReportSettings,
  type ReportTemplate,
} from "./sim/report-settings.ts";
export {
  type Acquaintance,
  type AgentIdentity,
  type CallOutcome,
  ChainView,
  type Decision,
  defineStrategy,
  type Holding,
  type Parameter,
  parameters,
  type PendingCall,
  type Role,
  type Service,
  sign,
  type Strategy,
  StrategyRegistry,
  type Submission,
  SubnetView,
} from "./sim/agents/index.ts";
export {
  type AccountId,
  type Call,
  type CallArguments,
  type CallName,
  type ChainError,
  coldkeyHash,
  type Netuid,
  type Reveal,
  revealHash,
} from "./sim/chain/index.ts";
export type { SubnetParameters } from "./sim/chain/state/parameters.ts";
export type { RandomStream } from "./sim/engine/random.ts";
export { requiredUtilities, writeMap } from "./sim/map/files.ts";
export { type Guarantees, guaranteesOf, type StakeGuarantee } from "./sim/map/guarantees.ts";
export { computeMap, type MapRun } from "./sim/map/map.ts";
export { mapOptions, type MapWishes } from "./sim/map/options.ts";
export { describeMap } from "./sim/map/text.ts";
export {
  checkAnnotations,
  checkJunit,
  type CheckOptions,
  checkScenarios,
  checkText,
  compareRuns,
  diffText,
  keptColumns,
  passed as checkPassed,
} from "./sim/regression/index.ts";
export { RUN_BACKENDS, type RunBackend } from "./sim/run/backend-names.ts";
export { diagnose, type Diagnosis } from "./sim/run/doctor.ts";
export {
  type CallReceipt,
  type CallRecord,
  checkMetrics,
  type EconomyProgress,
  type EconomyRunOptions,
  type EconomySummary,
  engineVersion,
  type EventKind,
  type EventRecord,
  type Metagraph,
  type MetricValues,
  type NetworkOptions,
  type NewSubnet,
  readMetrics,
  type Refusal,
  resumeEconomy,
  runAnyScenario,
  runEconomy,
  type RunOptions,
  type RunProgress,
  runScenario,
  type RunSummary,
  savedStrategies,
  SimulatedNetwork,
  strategiesOf,
  type Wallet,
} from "./sim/run/index.ts";
export { listLibrary, type Listing, listMetrics, listStrategies } from "./sim/run/listing.ts";
export {
  type AgentPlan,
  type BuildOptions,
  buildScenario,
  describeScenario,
  type EconomyPlan,
  type EconomyScenario,
  type EpochChanges,
  type Expectation,
  type GenesisWeights,
  isEconomy,
  loadAnyScenario,
  type LoadOptions,
  loadScenario,
  loadStudy,
  type Metric,
  type ModuleFile,
  PRESETS,
  type Problem,
  PROTOCOLS,
  type Protocol,
  type ResolvedScenario,
  type Sampling,
  ScenarioError,
  scenarioFile,
  type ScenarioInput,
  type SettingValues,
  type Shock,
  type StakeGenesis,
  type StrategyModule,
  type StudySource,
  strategyModules,
  type SubnetGenesis,
  type SubnetPlan,
  type WeightRow,
  writeTemplate,
  type ExperimentText,
  libraryOf,
  type LibraryEntry,
  type Theme,
} from "./sim/scenario/index.ts";
export { rao } from "./sim/scenario/rao.ts";
export {
  chooseShard,
  type GatherResult,
  gatherSweep,
  runSweep,
  search as searchParameters,
  type SearchResult,
  type Shard,
  type Submission as SlurmSubmission,
  submitSlurm,
  type SweepOptions,
  type SweepProgress,
  type SweepResult,
} from "./sim/sweep/index.ts";
export {
  type BackendRecord,
  type CellValue,
  type CheckResult,
  type ColumnArray,
  type ColumnSchema,
  type ColumnSpread,
  type ColumnStatistics,
  type ColumnSummary,
  type ColumnType,
  type Comparison,
  type Difference,
  ECONOMY_TABLES,
  type ExpectationResult,
  type ExportedTable,
  type ExportFormat,
  type ExportOptions,
  exportTables,
  inspectSweep,
  inspectTable,
  type SweepSummary,
  readSweepFile,
  readCellResults,
  readSearchFile,
  type CellResult,
  type SearchFile,
  type SearchStep,
  type SweepCell,
  type SweepFile,
  type SweepMetric,
  type SweepPart,
  openTrace,
  readManifest,
  type RunEnvironment,
  type RowIdentity,
  type RunManifest,
  type ShownValue,
  type SpreadPoint,
  type TableDigest,
  type TableFile,
  type TableResult,
  tableFiles,
  type TableSchema,
  tableSchema,
  type TableSummary,
  type Trace,
  type TraceBatch,
  TRACE_TABLES,
  type AttackEconomics,
  type BreakEven,
  type Estimate,
  type ExperimentResult,
  type MetricPath,
  type PublishedResult,
  type StrengthCurve,
  type Verdict,
} from "./sim/trace/index.ts";
export { runCases, type CaseWishes } from "./sim/eval/variant/case-runs.ts";
export { findVariant, VARIANTS, type Variant } from "./kernels/variants/names.ts";
export { earlyPools, type EarlyOutcome, type EarlyPool } from "./kernels/variants/paper/bit001.ts";
export { cabalUnderTrust, honestEmission } from "./kernels/variants/paper/cabal.ts";
export {
  consensusAlpha,
  type ConsensusAlpha,
  lateCopierDividend,
} from "./kernels/variants/paper/late-copier.ts";
