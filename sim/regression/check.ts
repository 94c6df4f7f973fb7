import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { InputError } from "../errors.ts";
import { readMetrics, runAnyScenario, strategiesOf } from "../run/index.ts";
import { loadAnyScenario, loadStudy } from "../scenario/index.ts";
import { type CheckResult, type Comparison, openTrace, type RunManifest } from "../trace/index.ts";
import type { Baseline } from "./baseline-format.ts";
import { compareSides } from "./compare.ts";
import { subnetExpectations } from "./expectations.ts";
import { baselineSide, readBaseline } from "./read-baseline.ts";
import { traceSide } from "./trace-side.ts";
import { type KeptColumns, makeBaseline } from "./write-baseline.ts";

export interface CheckOptions {
  /** Directory of the baselines, a file per scenario. */
  readonly against: string;
  /** Write new baselines. */
  readonly update: boolean;
  /** Columns whose values a new baseline keeps. */
  readonly columns: KeptColumns;
  /** Load the strategy modules that scenarios name. */
  readonly allowCode?: boolean;
  readonly onStart?: (scenario: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Runs every scenario and compares what comes out with its baseline.
 * @throws InputError for a scenario that cannot be read, or a baseline that is missing
 */
export async function checkScenarios(
  paths: readonly string[],
  options: CheckOptions,
): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  const files = new Map<string, string>();
  for (const path of paths) {
    if (options.signal?.aborted === true) break;
    options.onStart?.(path);
    const result = await checkScenario(path, options);
    const other = files.get(result.baseline);
    if (other !== undefined)
      throw new InputError(
        `${other} and ${path} have the same baseline ${result.baseline}; rename one of them`,
      );
    files.set(result.baseline, path);
    results.push(result);
  }
  return results;
}

async function checkScenario(
  path: string,
  { against, update, columns, allowCode = false }: CheckOptions,
): Promise<CheckResult> {
  const strategies = await strategiesOf(path, {}, allowCode);
  const scenario = loadAnyScenario(path, { strategies });
  const { text: study } = loadStudy(path);
  const file = join(against, `${scenario.name}.json`);
  const baseline = await readBaseline(file);
  if (!baseline && !update)
    throw new InputError(`${path}: there is no baseline ${file}; write it with --update`);
  const folder = await mkdtemp(join(tmpdir(), "yumasim-check-"));
  try {
    const manifest = await runAnyScenario(scenario, folder, strategies);
    const trace = await openTrace(folder);
    const expected = study.expect.map(({ metric }) => metric);
    const values = await readMetrics(trace, manifest.comparisons, study.metrics, expected);
    const expectations = manifest.economy?.expectations ?? subnetExpectations(study.expect, manifest, values);
    let comparison: Comparison | null = null;
    if (baseline) {
      const found = await compareSides(
        baselineSide(baseline, "the baseline"),
        traceSide(trace, "this version"),
        new Map(Object.entries(study.check?.tolerances ?? {})),
      );
      const notes = [...manifestNotes(baseline, manifest), ...found.notes];
      comparison = { ...found, notes, same: found.same && notes.length === 0 };
    }
    const text = update ? `${JSON.stringify(await makeBaseline(trace, manifest, columns), null, 1)}\n` : null;
    const updated = text !== null && (await replaceFile(file, text));
    return { scenario: path, name: scenario.name, baseline: file, comparison, updated, expectations };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What makes a baseline one of something else: its numbers may agree all the same, but nobody can rely on it. */
function manifestNotes(baseline: Baseline, manifest: RunManifest): string[] {
  const notes: string[] = [];
  if (baseline.scenarioHash !== manifest.scenarioHash)
    notes.push("the scenario is another one than the baseline's (its text or its defaults changed)");
  for (const { path, sha256 } of manifest.inputs)
    if (baseline.inputs.find((input) => input.path === path)?.sha256 !== sha256)
      notes.push(`the file ${path} is another one than the baseline's`);
  for (const member of ["seed", "protocol", "arithmetic"] as const)
    if (baseline[member] !== manifest[member])
      notes.push(`the ${member} is ${manifest[member]}; the baseline's is ${baseline[member]}`);
  return notes;
}

/** Writes a file whole or not at all. @returns whether that changed it */
async function replaceFile(path: string, text: string): Promise<boolean> {
  const before = await readFile(path, "utf8").catch(() => null);
  if (before === text) return false;
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  await writeFile(temporary, text);
  await rename(temporary, path);
  return true;
}
