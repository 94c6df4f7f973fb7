/** What a baseline file holds: enough to point at a difference, small enough to be committed. */
import type { InputDigest } from "../trace/index.ts";

export const BASELINE_FORMAT = "yumasim-baseline/1";

/** The results that a scenario had when the baseline was written. */
export interface Baseline {
  readonly format: typeof BASELINE_FORMAT;
  readonly name: string;
  readonly scenarioHash: string;
  readonly seed: string;
  readonly protocol: string;
  readonly arithmetic: string;
  readonly inputs: readonly InputDigest[];
  readonly comparisons: readonly string[];
  readonly tables: Readonly<Record<string, BaselineTable>>;
}

export interface BaselineTable {
  readonly rows: number;
  /** sha256 of all values of the table. */
  readonly digest: string;
  readonly sections: readonly BaselineSection[];
}

/**
 * The rows of one block of one comparison. A column that is neither in `values` nor in `digests` is as in the section
 * before it of the same comparison.
 */
export interface BaselineSection {
  readonly comparison: string;
  readonly block: string;
  readonly epoch: number | null;
  readonly rows: number;
  /** `0*3 17 4` (three zeros, 17, 4); texts with a space in them as a list. */
  readonly values: Readonly<Record<string, string | readonly string[]>>;
  /** The first 16 digits of the sha256 of a column whose values are not kept. */
  readonly digests: Readonly<Record<string, string>>;
}
