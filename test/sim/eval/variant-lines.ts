import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { JsonObject } from "../../../sim/json.ts";

/** A stored run: what was asked, and the members of its result. */
export interface StoredRun extends JsonObject {
  readonly case: number;
  readonly version: string;
  readonly bond_penalty: number;
  /** Name of the variation, in the file of variations. */
  readonly options?: string;
}

export interface StoredTable {
  readonly rows: readonly {
    readonly case: number;
    readonly bond_penalty: number;
    readonly totals: Readonly<Record<string, readonly number[]>>;
  }[];
}

/** Reads one of the run files in test/golden. */
export function readRuns(file: string): {
  readonly runs: readonly StoredRun[];
  readonly csv_table: StoredTable;
} {
  const bytes = readFileSync(new URL(`../../golden/${file}`, import.meta.url));
  return JSON.parse(gunzipSync(bytes).toString("utf8")) as { runs: StoredRun[]; csv_table: StoredTable };
}

/** A stored run as a line for `yumasim eval variant --check`. */
export function runToLine(run: StoredRun, compat: boolean): JsonObject {
  const { case: id, version, bond_penalty, options, ...out } = run;
  return {
    name: [
      `case-${id}`,
      version,
      `penalty-${bond_penalty}`,
      ...(options === undefined ? [] : [options]),
    ].join("/"),
    in: {
      case: id,
      version,
      bond_penalty,
      ...(options !== undefined && { options }),
      ...(compat && { compat }),
    },
    out,
  };
}
