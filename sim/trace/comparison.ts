/** What the comparison of two runs, or of a run and its baseline, found: plain data, which texts and reports are made of. */
import type { ExpectationResult } from "./manifest.ts";

/** A column and the value that a row has in it, for example `uid: "3"`. */
export type RowIdentity = Readonly<Record<string, string>>;

/** A value of a table, for a person and for a program. */
export interface ShownValue {
  /** The raw value in decimal, or the text of a label. */
  readonly decimal: string;
  /** The same bits in hexadecimal (two's complement, IEEE 754); null for a text. */
  readonly hex: string | null;
  /** What the raw value stands for, where it is a fraction. */
  readonly ratio: number | null;
}

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

/** The differences of a column in one block; where very many blocks differ, in a span of them. */
export interface SpreadPoint {
  /** First and last block with a difference. */
  readonly firstBlock: string;
  readonly lastBlock: string;
  /** How many rows differ, in the block of the span where most do; null where the values were not kept. */
  readonly rows: number | null;
  /** How many rows that block has. */
  readonly of: number;
  /** The largest difference, in the unit of the column; null for texts, flags, and where the values were not kept. */
  readonly largest: string | null;
  /** The largest difference as a part of the larger of its two values; null where `largest` is. */
  readonly relative: number | null;
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
  /** The course of the differences, in the order of blocks: at most 240 points, at the same blocks for all columns. */
  readonly course: readonly SpreadPoint[];
}

export interface TableResult {
  readonly table: string;
  /** Whether nothing differs by more than the tolerances. */
  readonly same: boolean;
  /** Whether nothing differs at all. */
  readonly exact: boolean;
  /** Rows that were compared, of the run that came second. */
  readonly rows: number;
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
  /** First and last block of the tables that were compared row by row; null where their digests said it all. */
  readonly blocks: { readonly first: string; readonly last: string } | null;
}

/** What became of one scenario that was run and compared with its baseline. */
export interface CheckResult {
  /** The scenario file. */
  readonly scenario: string;
  readonly name: string;
  readonly baseline: string;
  /** Null when the baseline was written for the first time. */
  readonly comparison: Comparison | null;
  /** Whether a new baseline was written. */
  readonly updated: boolean;
  /** What became of the scenario's `expect:`. */
  readonly expectations: readonly ExpectationResult[];
}

/**
 * Whether a check says yes: what was expected holds, and everything is as the baseline has it, or that is what was asked
 * to change.
 */
export function passed({ comparison, updated, expectations }: CheckResult): boolean {
  return (updated || comparison?.same === true) && expectations.every(({ met }) => met);
}
