/** What a sweep leaves beside its tables: `sweep.json`, a file per cell, and `search.json` of a search. */
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../errors.ts";
import type { JsonValue } from "../json.ts";
import { ENVIRONMENT_FILE, type InputDigest, type RunManifest, type TableDigest } from "./manifest.ts";

export const SWEEP_FORMAT = "yumasim-sweep/1";
export const CELL_FORMAT = "yumasim-cell/1";
export const SEARCH_FORMAT = "yumasim-search/1";

/** Where the parts of a sweep lie. */
export const sweepLayout = (directory: string) => ({
  sweep: join(directory, "sweep.json"),
  search: join(directory, "search.json"),
  environment: join(directory, ENVIRONMENT_FILE),
  cells: join(directory, "cells"),
  record: (id: string) => join(directory, "cells", `${id}.json`),
  trace: (id: string) => join(directory, "traces", id),
  shards: join(directory, "shards"),
  temporary: join(directory, "tmp"),
});

/** What names a path: members of `sweep:`. */
export const SWEEP_PARTS = ["grid", "zip", "random", "sobol"] as const;
export type SweepPart = (typeof SWEEP_PARTS)[number];

/** `sweep.json`: what a sweep is; the same bytes in every shard and on every machine. */
export interface SweepFile {
  readonly format: typeof SWEEP_FORMAT;
  readonly name: string;
  readonly title: string;
  /** What the results depend on besides the cells: versions, metrics, whether traces are kept, the backend. */
  readonly request: string;
  readonly engineVersion: string;
  readonly backend: string;
  readonly keep: "traces" | readonly string[];
  /** Metrics of each cell, in the order of `keep`. */
  readonly metrics: readonly SweepMetric[];
  /** Paths that are varied, in their order. */
  readonly paths: readonly string[];
  /** Which part of `sweep:` names each path. */
  readonly parts: readonly SweepPart[];
  /** What the scenario itself says at each path, as text; null where it says nothing. */
  readonly own: readonly (string | null)[];
  readonly cells: readonly SweepCell[];
}

export interface SweepMetric {
  readonly name: string;
  /** Null where the scenario does not say one. */
  readonly unit: string | null;
}

export interface SweepCell {
  readonly id: string;
  readonly point: number;
  readonly replica: number;
  readonly seed: string;
  /** Values of `paths`, as text. */
  readonly values: readonly string[];
}

/** A finished cell: nothing in it depends on the machine, the number of workers, or the rest of the sweep. */
export interface CellRecord {
  readonly format: typeof CELL_FORMAT;
  readonly id: string;
  readonly status: "done" | "failed";
  /** Why it failed; null when it did not. */
  readonly error: string | null;
  /** What was asked of the run: versions, metrics, whether its trace is kept, the backend. */
  readonly request: string;
  /** What computed its epochs. */
  readonly backend: string;
  /** As in `run.json`. */
  readonly arithmetic: RunManifest["arithmetic"];
  readonly inputs: readonly InputDigest[];
  /** By comparison and metric; null stands for no number. */
  readonly metrics: Readonly<Record<string, Readonly<Record<string, number | null>>>>;
  /** Of the tables of its trace; null when no trace is kept. */
  readonly tables: Readonly<Record<string, TableDigest>> | null;
  /** The resolved scenario; null when it could not be read. */
  readonly scenario: JsonValue;
}

/** What the tables of a sweep hold of a cell. */
export type CellOutcome = Pick<CellRecord, "status" | "error" | "arithmetic" | "metrics">;

/** One point of a search, in the order in which they were asked for. */
export interface SearchStep {
  /** By path, as text. */
  readonly values: Readonly<Record<string, string>>;
  /** Mean of the metric over the replicas; null when one of them failed or gave no number. */
  readonly metric: number | null;
  /** Identities of the cells. */
  readonly cells: readonly string[];
}

/** `search.json`: what was searched, what was found, and every point on the way. */
export interface SearchFile {
  readonly format: typeof SEARCH_FORMAT;
  readonly name: string;
  readonly title: string;
  readonly engineVersion: string;
  readonly seed: string;
  readonly find: "minimum" | "maximum" | "crossing";
  readonly metric: string;
  /** Of the metric; null where the scenario does not say one. */
  readonly unit: string | null;
  readonly comparison: string | null;
  /** What is crossed; null for an extreme. */
  readonly value: number | null;
  readonly replicas: number;
  /** To which part of the range the answer was to be known. */
  readonly within: number;
  /** Null when nothing was found: no crossing, or only failures. */
  readonly answer: SearchStep | null;
  /** Whether the answer is known as well as was asked. */
  readonly settled: boolean;
  readonly path: readonly SearchStep[];
}

const QUANTITY = /^(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)(?: (\S.*))?$/;

/** A value of a path that is a number, with its unit where it has one; null for any other text. */
export function quantityOf(text: string): { readonly number: number; readonly unit: string | null } | null {
  const match = QUANTITY.exec(text);
  return match === null ? null : { number: Number(match[1]), unit: match[2] ?? null };
}

/** The file of a sweep; null when there is none. @throws InputError when the directory holds something else */
export async function readSweepFile(directory: string): Promise<SweepFile | null> {
  const path = sweepLayout(directory).sweep;
  return await readFormat<SweepFile>(
    path,
    SWEEP_FORMAT,
    `is no description of a sweep ("${SWEEP_FORMAT}"); choose another --out`,
  );
}

/** The file of a search; null when there is none. @throws InputError when it is another file */
export async function readSearchFile(directory: string): Promise<SearchFile | null> {
  const path = sweepLayout(directory).search;
  return await readFormat<SearchFile>(path, SEARCH_FORMAT, `is no result of a search ("${SEARCH_FORMAT}")`);
}

async function readFormat<T extends { readonly format: string }>(
  path: string,
  format: T["format"],
  otherwise: string,
): Promise<T | null> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return null;
    throw error;
  }
  let found: Partial<T> | null = null;
  try {
    found = JSON.parse(text) as Partial<T> | null;
  } catch {
    // Reported below, as any other wrong content.
  }
  if (found?.format !== format) throw new InputError(`${path}: ${otherwise}`);
  return found as T;
}

/** The record of a cell; null when there is none, or half of one. */
export function readRecord(directory: string, id: string): CellRecord | null {
  try {
    const found = JSON.parse(
      readFileSync(sweepLayout(directory).record(id), "utf8"),
    ) as Partial<CellRecord> | null;
    return found?.format === CELL_FORMAT && found.id === id ? (found as CellRecord) : null;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** What became of a cell of a sweep. */
export interface CellResult {
  /** `missing`: it has not run yet, or what lies there was asked for in another way. */
  readonly status: "done" | "failed" | "missing";
  /** Why it failed; null when it did not. */
  readonly error: string | null;
  /** By comparison and metric; null stands for no number. */
  readonly metrics: CellRecord["metrics"];
}

/** What became of every cell of a sweep, in the order of its file; those of a sweep that was stopped included. */
export function readCellResults(directory: string, { cells, request }: SweepFile): CellResult[] {
  return cells.map(({ id }) => {
    const record = readRecord(directory, id);
    if (record === null || record.request !== request) return { status: "missing", error: null, metrics: {} };
    const { status, error, metrics } = record;
    return { status, error, metrics };
  });
}
