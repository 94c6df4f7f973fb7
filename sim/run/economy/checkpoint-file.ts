/** The checkpoint of a run directory: one file, replaced as a whole. */
import { existsSync } from "node:fs";
import { open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { decodeCheckpoint, encodeCheckpoint } from "../../engine/checkpoint.ts";
import { InputError } from "../../errors.ts";
import type { EconomyScenario } from "../../scenario/index.ts";
import { type ExpectationResult, RUN_FILE, type RunManifest, type SavedTrace } from "../../trace/index.ts";
import type { SavedSimulation } from "./simulation.ts";
import { CHECKPOINT_FILE } from "../output-directory.ts";
import { engineVersion } from "../version.ts";

/** Everything that a run needs to go on. */
export interface Checkpoint {
  readonly engineVersion: string;
  readonly scenario: EconomyScenario;
  readonly manifest: Omit<RunManifest, "tables" | "economy">;
  /** Position of the comparison that is running. */
  readonly comparison: number;
  /** Null between two comparisons. */
  readonly simulation: SavedSimulation | null;
  readonly trace: SavedTrace;
  /** Of the comparisons that have ended. */
  readonly expectations: readonly ExpectationResult[];
}

/** Writes a checkpoint so that a process killed at any moment leaves the old or the new one. */
export async function writeCheckpoint(directory: string, checkpoint: Checkpoint): Promise<void> {
  const path = join(directory, CHECKPOINT_FILE);
  const temporary = `${path}.tmp`;
  const file = await open(temporary, "w");
  try {
    await file.writeFile(encodeCheckpoint(checkpoint));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}

/** @throws InputError when there is none, or one of another version */
export async function readCheckpoint(directory: string): Promise<Checkpoint> {
  const path = join(directory, CHECKPOINT_FILE);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch {
    throw new InputError(
      existsSync(join(directory, RUN_FILE))
        ? `${directory}: this run has ended, so nothing is left to resume; \`yumasim inspect\` and \`yumasim report\` show what it holds`
        : `${directory}: holds no checkpoint; only a run of an economy that was stopped can be resumed`,
    );
  }
  const checkpoint = decodeCheckpoint(bytes) as Checkpoint | undefined;
  if (checkpoint === undefined)
    throw new InputError(`${path}: is no checkpoint, or a damaged one; run the scenario again with --force`);
  if (checkpoint.engineVersion !== engineVersion())
    throw new InputError(
      `${path}: was written by version ${checkpoint.engineVersion}; this is ${engineVersion()}: run the scenario again with --force`,
    );
  return checkpoint;
}

export async function removeCheckpoint(directory: string): Promise<void> {
  await rm(join(directory, CHECKPOINT_FILE), { force: true });
  await rm(join(directory, `${CHECKPOINT_FILE}.tmp`), { force: true });
}
