/** `sweep.json`: what a sweep is, so that its parts can be told apart and put together. */
import { readFile } from "node:fs/promises";
import { InputError } from "../errors.ts";
import type { JsonValue } from "../json.ts";
import { canonicalJson } from "../run/canonical-json.ts";
import type { OpenBackend } from "../run/backend-names.ts";
import { layout, writeWhole } from "./record.ts";

export const SWEEP_FORMAT = "yumasim-sweep/1";

/** The same bytes in every shard and on every machine. */
export interface SweepFile {
  readonly format: typeof SWEEP_FORMAT;
  readonly name: string;
  readonly title: string;
  /** What the results depend on besides the cells: versions, metrics, whether traces are kept, the backend. */
  readonly request: string;
  readonly engineVersion: string;
  readonly backend: OpenBackend;
  readonly keep: "traces" | readonly string[];
  /** Paths that are varied, in their order. */
  readonly paths: readonly string[];
  readonly cells: readonly SweepCell[];
}

export interface SweepCell {
  readonly id: string;
  readonly point: number;
  readonly replica: number;
  readonly seed: string;
  /** Values of `paths`, as text. */
  readonly values: readonly string[];
}

/** The file of a sweep; null when there is none. @throws InputError when the directory holds something else */
export async function readSweepFile(directory: string): Promise<SweepFile | null> {
  const path = layout(directory).sweep;
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  let found: Partial<SweepFile> | null = null;
  try {
    found = JSON.parse(text) as Partial<SweepFile> | null;
  } catch {
    // Reported below, as any other wrong content.
  }
  if (found?.format !== SWEEP_FORMAT)
    throw new InputError(`${path}: is no description of a sweep ("${SWEEP_FORMAT}"); choose another --out`);
  return found as SweepFile;
}

export function writeSweepFile(directory: string, file: SweepFile, unique: string): void {
  const { cells, ...rest } = file;
  // A cell per line, for people who look for one.
  const head = canonicalJson(rest).slice(0, -1);
  const lines = cells.map((cell) => canonicalJson(cell as unknown as JsonValue));
  writeWhole(directory, layout(directory).sweep, `${head},"cells":[\n${lines.join(",\n")}\n]}\n`, unique);
}
