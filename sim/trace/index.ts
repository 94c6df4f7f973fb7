export type { ColumnArray } from "./column-buffer.ts";
export {
  type BackendRecord,
  type EconomyRecord,
  ENVIRONMENT_FILE,
  type ExpectationResult,
  type InputDigest,
  RUN_FILE,
  RUN_FORMAT,
  type RunEnvironment,
  type RunManifest,
  type TableDigest,
  type VariantRecord,
} from "./manifest.ts";
export { openTrace, readManifest, type Trace, type TraceBatch } from "./reader.ts";
export { type ColumnSchema, type ColumnType, type TableSchema, tableSchema, TRACE_TABLES } from "./schema.ts";
export { finishTables, type SavedTrace, type TraceOptions, type TraceSink, TraceWriter } from "./writer.ts";
export { MemoryTrace, type TableColumns } from "./memory-trace.ts";
export type { RowValues } from "./table-writer.ts";
export type { ColumnValues } from "./column-buffer.ts";
export { ECONOMY_TABLES, MATRIX_TABLES, NEURON_TABLES, NO_NETUID } from "./economy-tables.ts";
export {
  type AttackEconomics,
  type BreakEven,
  type Estimate,
  type Estimates,
  EXPERIMENT_FILE,
  EXPERIMENT_FORMAT,
  EXPERIMENT_TABLES,
  type ExperimentResult,
  type MetricPath,
  type PublishedResult,
  type StrengthCurve,
  type Verdict,
} from "./experiment.ts";
export {
  type CheckResult,
  type ColumnSpread,
  type Comparison,
  type Difference,
  passed,
  type RowIdentity,
  type ShownValue,
  type SpreadPoint,
  type TableResult,
} from "./comparison.ts";
export {
  EXPORT_FORMATS,
  type ExportedTable,
  type ExportFormat,
  type ExportOptions,
  exportTables,
} from "./export/export.ts";
export { type TableFile, tableFiles } from "./files.ts";
export {
  type CellValue,
  type ColumnStatistics,
  type ColumnSummary,
  inspectTable,
  type TableSummary,
} from "./inspect.ts";
export {
  CELL_FORMAT,
  type CellOutcome,
  type CellRecord,
  type CellResult,
  quantityOf,
  readCellResults,
  readRecord,
  readSearchFile,
  readSweepFile,
  SEARCH_FORMAT,
  type SearchFile,
  type SearchStep,
  SWEEP_FORMAT,
  SWEEP_PARTS,
  type SweepCell,
  type SweepFile,
  sweepLayout,
  type SweepMetric,
  type SweepPart,
} from "./sweep.ts";
export { inspectSweep, type SweepSummary } from "./inspect-sweep.ts";
