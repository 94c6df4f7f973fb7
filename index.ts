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
export { type ReportFormat, type ReportOptions, renderReport } from "./reports/index.ts";
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
} from "./sim/eval/index.ts";
export type { JsonObject, JsonValue } from "./sim/json.ts";
export {
  type AgentIdentity,
  ChainView,
  type Decision,
  defineStrategy,
  parameters,
  type Role,
  sign,
  type Strategy,
  StrategyRegistry,
  type Submission,
  SubnetView,
} from "./sim/agents/index.ts";
export type { AccountId, CallArguments, CallName, ChainError, Netuid } from "./sim/chain/index.ts";
export * from "./sim/run/index.ts";
export { rao } from "./sim/scenario/rao.ts";
export * from "./sim/scenario/index.ts";
export {
  type BackendRecord,
  type ColumnArray,
  type ColumnSchema,
  type ColumnType,
  ECONOMY_TABLES,
  type ExpectationResult,
  openTrace,
  type RunEnvironment,
  type RunManifest,
  type TableDigest,
  type TableSchema,
  tableSchema,
  type Trace,
  type TraceBatch,
  TRACE_TABLES,
} from "./sim/trace/index.ts";
