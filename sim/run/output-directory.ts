import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../errors.ts";
import {
  ECONOMY_TABLES,
  ENVIRONMENT_FILE,
  EXPERIMENT_FILE,
  EXPERIMENT_TABLES,
  RUN_FILE,
  RUN_FORMAT,
  type RunManifest,
  TRACE_TABLES,
} from "../trace/index.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { JsonValue } from "../json.ts";

/** What decides every byte of a trace: two runs that agree in it have the same results. */
export type RunIdentity = Pick<
  RunManifest,
  "scenarioHash" | "seed" | "arithmetic" | "engineVersion" | "kernelSha256" | "inputs"
>;

const ALL_TABLES = [...TRACE_TABLES, ...ECONOMY_TABLES, ...EXPERIMENT_TABLES];

/** Beside the tables of an economy that has not ended. */
export const CHECKPOINT_FILE = "checkpoint.bin";

/** What a run writes; nothing else in a directory is ever touched. */
const RUN_FILES: ReadonlySet<string> = new Set([
  RUN_FILE,
  ENVIRONMENT_FILE,
  EXPERIMENT_FILE,
  "report.html",
  CHECKPOINT_FILE,
  `${CHECKPOINT_FILE}.tmp`,
  ...ALL_TABLES.flatMap(({ name }) => [`${name}.arrow`, `${name}.arrow.tmp`, `${name}.arrows`]),
]);

/**
 * Makes the directory of a run ready to be written to: creates it, or empties it of an earlier run when that is asked
 * for (`force`) or loses nothing, since the earlier run would come out the same.
 * @throws InputError when it holds something else
 */
export function prepareDirectory(directory: string, identity: RunIdentity, force: boolean): void {
  if (existsSync(directory) && !statSync(directory).isDirectory())
    throw new InputError(`${directory}: not a directory; choose another --out`);
  mkdirSync(directory, { recursive: true });
  const names = readdirSync(directory);
  if (names.length === 0) return;
  const earlier = readManifest(directory);
  // A table alone can be somebody's input; a stream is left behind only by a run that did not end.
  if (!earlier && !ALL_TABLES.some(({ name }) => names.includes(`${name}.arrows`)))
    throw new InputError(`${directory}: is not empty and holds no run; choose another --out`);
  const reason = force ? null : whyOther(earlier, identity);
  if (reason !== null)
    throw new InputError(`${directory}: holds ${reason}; choose another --out, or replace it with --force`);
  for (const name of names) if (RUN_FILES.has(name)) rmSync(join(directory, name));
}

/** The manifest of the run that a directory holds; null when it has none of ours. */
function readManifest(directory: string): Partial<RunManifest> | null {
  try {
    const found = JSON.parse(readFileSync(join(directory, RUN_FILE), "utf8")) as Partial<RunManifest> | null;
    return found?.format === RUN_FORMAT ? found : null;
  } catch {
    return null;
  }
}

/** How a message says what sets an earlier run apart. */
const DIFFERS: Readonly<Record<keyof RunIdentity, string>> = {
  scenarioHash: "a run of another scenario (or another --seed, or other --set values)",
  seed: "a run with another seed",
  arithmetic: "a run in another arithmetic",
  engineVersion: "a run of another version of yumasim",
  kernelSha256: "a run of another version of yumasim",
  inputs: "a run with other input files",
};

/** What sets an earlier run apart; null when it is the same run. */
function whyOther(earlier: Partial<RunManifest> | null, identity: RunIdentity): string | null {
  if (!earlier) return "a run that did not end (`yumasim resume` goes on with one that has a checkpoint)";
  for (const [member, reason] of Object.entries(DIFFERS) as [keyof RunIdentity, string][]) {
    const before = canonicalJson((earlier[member] ?? null) as JsonValue);
    if (before !== canonicalJson(identity[member] as JsonValue)) return reason;
  }
  return null;
}
