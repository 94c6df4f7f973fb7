/** What is said of a cell between the threads of a sweep and within them. */
import type { OpenBackend } from "../run/backend-names.ts";
import type { MetricValues, strategiesOf } from "../run/index.ts";
import type { EconomyScenario, MetricText, ResolvedScenario, Tree } from "../scenario/index.ts";
import type { RunManifest } from "../trace/index.ts";
import type { Assignment } from "./assignment.ts";

export type AnyScenario = ResolvedScenario | EconomyScenario;

/** What all cells of a sweep share; plain data. */
export interface CellSettings {
  /** The scenario file; files that it names lie beside it. */
  readonly path: string;
  readonly scenario: Tree;
  readonly directory: string;
  readonly keepTraces: boolean;
  readonly metrics: readonly string[];
  readonly definitions: Readonly<Record<string, MetricText>>;
  readonly backend: OpenBackend;
  readonly request: string;
  /** Whether the strategy modules that the scenario names may be loaded. */
  readonly allowCode: boolean;
}

/** The same on a thread: with the strategies that its scenario can name, if it is one of a whole economy. */
export interface CellContext extends CellSettings {
  readonly strategies: Awaited<ReturnType<typeof strategiesOf>> | undefined;
}

/** A cell on its way to a worker. */
export interface CellTask {
  readonly seed: string | null;
  readonly assignments: readonly Assignment[];
}

export interface NamedCell {
  readonly id: string;
  readonly task: CellTask;
}

/** What a cell is called, and why it cannot run, if it cannot. */
export interface CellIdentity {
  readonly id: string;
  readonly error: string | null;
  /** Pairs of neurons times epochs, a measure of its length; infinite for an economy, which never runs beside others. */
  readonly work: number;
}

/** A cell whose scenario has been worked out. */
export interface LoadedCell extends NamedCell {
  readonly scenario: AnyScenario;
}

/** What comes of a cell. */
export interface Results {
  readonly values: MetricValues;
  readonly tables: RunManifest["tables"] | null;
}
