import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../../sim/errors.ts";
import { EXPERIMENT_FILE, EXPERIMENT_FORMAT, type ExperimentResult } from "../../sim/trace/index.ts";

/** The result of the experiment in a run directory. @throws InputError where there is none, or it cannot be read */
export async function readExperiment(directory: string): Promise<ExperimentResult> {
  const path = join(directory, EXPERIMENT_FILE);
  if (!existsSync(path))
    throw new InputError(
      `${directory}: holds no experiment; \`yumasim run\` of a scenario with experiment: writes one`,
    );
  let found: Partial<ExperimentResult> | null = null;
  try {
    found = JSON.parse(await readFile(path, "utf8")) as Partial<ExperimentResult> | null;
  } catch {
    // Said below, as any other wrong content.
  }
  if (found?.format !== EXPERIMENT_FORMAT)
    throw new InputError(`${path}: is no result of an experiment ("${EXPERIMENT_FORMAT}")`);
  return found as ExperimentResult;
}
