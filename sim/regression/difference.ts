import type { RowIdentity } from "./rows.ts";
import type { ShownValue } from "./values.ts";

/** One place where two runs disagree. */
export interface Difference {
  readonly table: string;
  readonly comparison: string;
  readonly block: string;
  readonly epoch: number | null;
  /** What the row is about; null where only a digest of the column is known. */
  readonly row: RowIdentity | null;
  /** The column; null where one run has a row that the other has not. */
  readonly column: string | null;
  /** Of the column's definition, for example "spec/epoch.md 6.1"; empty where there is none. */
  readonly source: string;
  readonly before: ShownValue | null;
  readonly after: ShownValue | null;
}

/** How far the differences of one column spread. */
export interface ColumnSpread {
  readonly table: string;
  /** The column; null counts rows that only one run has. */
  readonly column: string | null;
  /** How many rows differ; null where the values were not kept. */
  readonly rows: number | null;
  /** How many blocks have a difference. */
  readonly blocks: number;
  readonly firstBlock: string;
  readonly lastBlock: string;
  /** The largest difference, in the unit of the column; null for texts and where the values were not kept. */
  readonly largest: string | null;
}

/** What the comparison of two runs, or of a run and a baseline, found. */
export interface Comparison {
  /** Whether nothing differs, or nothing by more than the tolerances. */
  readonly same: boolean;
  /** Things about the runs as a whole that differ: the scenario, a table that one of them lacks. */
  readonly notes: readonly string[];
  /** The earliest difference; in its block, the one that the protocol computes first. */
  readonly first: Difference | null;
  readonly spread: readonly ColumnSpread[];
  readonly tables: readonly TableResult[];
}

export interface TableResult {
  readonly table: string;
  readonly same: boolean;
  /** Rows that were compared, of the run that came second. */
  readonly rows: number;
}
