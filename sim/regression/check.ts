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
 * @throws InputError for all scenarios that cannot be read and baselines that are missing, before anything runs
 */
export async function checkScenarios(
  paths: readonly string[],
  options: CheckOptions,
): Promise<readonly CheckResult[]> {
  const subjects = await subjectsOf(paths, options);
  const results: CheckResult[] = [];
  for (const subject of subjects) {
    if (options.signal?.aborted === true) break;
    options.onStart?.(subject.path);
    results.push(await checkSubject(subject, options));
  }
  return results;
}

/** A scenario that was read, and what it is checked against. */
interface Subject {
  readonly path: string;
  readonly scenario: ReturnType<typeof loadAnyScenario>;
  readonly strategies: Awaited<ReturnType<typeof strategiesOf>>;
  readonly study: ReturnType<typeof loadStudy>["text"];
  /** Of the baseline. */
  readonly file: string;
  /** Null where a new one is to be written. */
  readonly baseline: Baseline | null;
}

async function subjectsOf(paths: readonly string[], options: CheckOptions): Promise<Subject[]> {
  const subjects: Subject[] = [];
  const problems: string[] = [];
  for (const path of paths)
    try {
      const subject = await subjectOf(path, options);
      const other = subjects.find(({ file }) => file === subject.file);
      if (other !== undefined)
        throw new InputError(
          `${other.path} and ${path} have the same baseline ${subject.file}; rename one of them`,
        );
      subjects.push(subject);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(error.message);
    }
  if (problems.length > 0) throw new InputError(problems.join("\n"));
  return subjects;
}

async function subjectOf(
  path: string,
  { against, update, allowCode = false }: CheckOptions,
): Promise<Subject> {
  const strategies = await strategiesOf(path, {}, allowCode);
  const scenario = loadAnyScenario(path, { strategies });
  const { text: study } = loadStudy(path);
  const file = join(against, `${scenario.name}.json`);
  const baseline = await readBaseline(file);
  if (!baseline && !update)
    throw new InputError(`${path}: there is no baseline ${file}; write it with --update`);
  return { path, scenario, strategies, study, file, baseline };
}

async function checkSubject(
  { path, scenario, strategies, study, file, baseline }: Subject,
  { update, columns }: CheckOptions,
): Promise<CheckResult> {
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
