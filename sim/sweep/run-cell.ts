/** What a worker does with cells. */
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../errors.ts";
import type { OpenBackend } from "../run/backend-names.ts";
import {
  arithmeticOf,
  backendFor,
  type EpochBackend,
  measureEconomy,
  measureScenarios,
  type MetricValues,
  readMetrics,
  runEconomy,
  runScenariosOn,
  strategiesOf,
} from "../run/index.ts";
import {
  type EconomyScenario,
  isEconomy,
  loadAnyScenario,
  type MetricText,
  type ResolvedScenario,
  type Tree,
} from "../scenario/index.ts";
import { openTrace, type RunManifest } from "../trace/index.ts";
import type { Assignment } from "./assignment.ts";
import { cellTree } from "./cells.ts";
import { CELL_FORMAT, cellId, type CellRecord, layout, writeRecord } from "./record.ts";

type AnyScenario = ResolvedScenario | EconomyScenario;

/** What all cells of a sweep share; plain data. */
export interface CellSettings {
  /** The scenario file; files that it names lie beside it. */
  readonly path: string;
  readonly scenario: Tree;
  readonly directory: string;
  readonly keepTraces: boolean;
  readonly metrics: readonly string[];
  readonly definitions: Readonly<Record<string, MetricText>>;
  readonly backend: OpenBackend;
  readonly request: string;
  /** Whether the strategy modules that the scenario names may be loaded. */
  readonly allowCode: boolean;
}

/** The same on a thread: with the strategies that its scenario can name. */
export interface CellContext extends CellSettings {
  readonly strategies: Awaited<ReturnType<typeof strategiesOf>>;
}

/** Loads the strategies of a sweep's scenario. @throws InputError for modules that nobody allowed */
export async function openContext(settings: CellSettings): Promise<CellContext> {
  const { path, scenario, allowCode } = settings;
  return { ...settings, strategies: await strategiesOf(path, { tree: scenario }, allowCode) };
}

/** A cell on its way to a worker. */
export interface CellTask {
  readonly seed: string | null;
  readonly assignments: readonly Assignment[];
}

export interface NamedCell {
  readonly id: string;
  readonly task: CellTask;
}

/** What a cell is called, and why it cannot run, if it cannot. */
export interface CellIdentity {
  readonly id: string;
  readonly error: string | null;
  /** Pairs of neurons times epochs, a measure of its length; infinite for an economy, which never runs beside others. */
  readonly work: number;
}

function load(
  { path, scenario, backend, strategies }: CellContext,
  { seed, assignments }: CellTask,
): AnyScenario {
  const loaded = loadAnyScenario(path, {
    tree: cellTree(scenario, assignments),
    strategies,
    ...(seed !== null && { seed }),
  });
  if (isEconomy(loaded) && backend !== "exact")
    throw new InputError(
      `${path}: the epochs of an economy are computed exactly; leave out --backend ${backend}`,
    );
  if (!isEconomy(loaded)) backendFor(loaded, backend);
  return loaded;
}

/** The identity of a cell, which is known before it runs. One whose scenario is wrong is named after what is wrong. */
export function identifyCell(context: CellContext, task: CellTask): CellIdentity {
  try {
    const scenario = load(context, task);
    const { canonical, inputs } = scenario;
    return { id: cellId(canonical, inputs, context.backend), error: null, work: workOf(scenario) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const told = task.assignments.map(({ path, value }) => [
      path,
      value.kind === "scalar" ? String(value.value) : "...",
    ]);
    const id = cellId([error.message, task.seed, ...told.flat()], [], context.backend);
    return { id, error: error.message, work: 0 };
  }
}

function workOf(scenario: AnyScenario): number {
  if (isEconomy(scenario)) return Infinity;
  return scenario.comparisons.reduce((sum, { n }) => sum + n * n * scenario.epochs, 0);
}

/**
 * Runs cells and stores their records, and their traces where they are kept. Those of one subnet and equally many epochs
 * are computed side by side; what comes out is the same. What is wrong with a scenario, and what breaks inside the
 * simulation, is recorded; what is wrong with the machine (a full disk) is thrown.
 * @param unique what no other writer has in the names of its files
 * @returns per cell whether it was done or failed
 */
export async function runCells(
  context: CellContext,
  backend: EpochBackend,
  cells: readonly NamedCell[],
  unique: string,
): Promise<CellRecord["status"][]> {
  const groups = new Map<number | string, LoadedCell[]>();
  const statuses = new Map<string, CellRecord["status"]>();
  const store = async (cell: NamedCell, outcome: Outcome): Promise<void> => {
    const record = recordOf(context, backend, cell.id, outcome);
    await writeRecord(context.directory, record, unique);
    statuses.set(cell.id, record.status);
  };
  for (const cell of cells)
    try {
      const scenario = load(context, cell.task);
      const kind = isEconomy(scenario) ? cell.id : scenario.epochs;
      groups.set(kind, [...(groups.get(kind) ?? []), { ...cell, scenario }]);
    } catch (error) {
      await store(cell, { error: told(error), scenario: null });
    }
  const folder = join(layout(context.directory).temporary, unique);
  for (const group of groups.values()) {
    const outcomes = await outcomesOf(context, backend, group, folder);
    for (const [k, cell] of group.entries()) await store(cell, outcomes[k]!);
  }
  return cells.map(({ id }) => statuses.get(id)!);
}

interface LoadedCell extends NamedCell {
  readonly scenario: AnyScenario;
}

interface Results {
  readonly values: MetricValues;
  readonly tables: RunManifest["tables"] | null;
}

/** What became of a cell: its results, or why there are none. */
type Outcome =
  | { readonly scenario: AnyScenario; readonly results: Results }
  | { readonly scenario: AnyScenario | null; readonly error: string };

/** The message of what went wrong with a cell. @throws what went wrong with the machine */
function told(error: unknown): string {
  if (!(error instanceof Error) || "syscall" in error) throw error;
  return error.message;
}

async function outcomesOf(
  context: CellContext,
  backend: EpochBackend,
  group: readonly LoadedCell[],
  folder: string,
): Promise<Outcome[]> {
  try {
    const results = await resultsOf(context, backend, group, folder);
    return group.map(({ scenario }, k) => ({ scenario, results: results[k]! }));
  } catch (error) {
    const message = told(error);
    const [first] = group;
    if (group.length <= 1) return [{ scenario: first?.scenario ?? null, error: message }];
    // One of them is to blame, and says so when it runs alone.
    const outcomes: Outcome[] = [];
    for (const cell of group) outcomes.push(...(await outcomesOf(context, backend, [cell], folder)));
    return outcomes;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function resultsOf(
  context: CellContext,
  backend: EpochBackend,
  group: readonly LoadedCell[],
  folder: string,
): Promise<Results[]> {
  const { definitions, metrics } = context;
  if (context.keepTraces) return keptRuns(context, backend, group, folder);
  const measured: MetricValues[] = [];
  const studies: ResolvedScenario[] = [];
  for (const { scenario } of group)
    if (isEconomy(scenario)) measured.push(economyValues(context, scenario));
    else studies.push(scenario);
  if (studies.length > 0) measured.push(...(await measureScenarios(backend, studies, definitions, metrics)));
  return measured.map((values) => ({ values, tables: null }));
}

/** Values at the end of each comparison. */
function economyValues(
  { metrics: names, strategies }: CellContext,
  { plans }: EconomyScenario,
): MetricValues {
  return Object.fromEntries(
    plans.map((plan) => {
      const metrics = plan.metrics.filter(({ name }) => names.includes(name));
      return [plan.comparison, measureEconomy(plan, metrics, strategies).values];
    }),
  );
}

/** Runs with their traces, which move to their places when all are whole. */
async function keptRuns(
  { directory, definitions, metrics, strategies }: CellContext,
  backend: EpochBackend,
  group: readonly LoadedCell[],
  folder: string,
): Promise<Results[]> {
  const targets = group.map(({ id, scenario }) => ({ id, scenario, outDir: join(folder, id) }));
  const manifests: (RunManifest | null)[] = [];
  const studies: { scenario: ResolvedScenario; outDir: string }[] = [];
  for (const { scenario, outDir } of targets) {
    await rm(outDir, { recursive: true, force: true });
    await mkdir(outDir, { recursive: true });
    if (isEconomy(scenario)) manifests.push((await runEconomy(scenario, { outDir, strategies })).manifest);
    else studies.push({ scenario, outDir });
  }
  if (studies.length > 0)
    manifests.push(...(await runScenariosOn(backend, studies)).map(({ manifest }) => manifest));
  const results: Results[] = [];
  for (const [k, { id, outDir }] of targets.entries()) {
    const manifest = manifests[k];
    if (!manifest) throw new Error(`the run in ${outDir} ended without a manifest`);
    const values = await readMetrics(await openTrace(outDir), manifest.comparisons, definitions, metrics);
    const target = layout(directory).trace(id);
    await mkdir(join(target, ".."), { recursive: true });
    // A trace without a record is what a killed process left behind.
    if (existsSync(target)) await rm(target, { recursive: true });
    await rename(outDir, target);
    results.push({ values, tables: manifest.tables });
  }
  return results;
}

function recordOf(context: CellContext, backend: EpochBackend, id: string, outcome: Outcome): CellRecord {
  const base = {
    format: CELL_FORMAT,
    id,
    request: context.request,
    backend: context.backend,
    arithmetic: outcome.scenario ? arithmeticOf(outcome.scenario, backend.arithmetic) : backend.arithmetic,
    scenario: outcome.scenario?.canonical ?? null,
  } as const;
  if ("error" in outcome)
    return { ...base, status: "failed", error: outcome.error, inputs: [], metrics: {}, tables: null };
  const { values, tables } = outcome.results;
  const metrics = Object.fromEntries(
    Object.entries(values).map(([comparison, byName]) => [
      comparison,
      Object.fromEntries(
        Object.entries(byName).map(([name, value]) => [name, Number.isFinite(value) ? value : null]),
      ),
    ]),
  );
  return { ...base, status: "done", error: null, inputs: outcome.scenario.inputs, metrics, tables };
}
