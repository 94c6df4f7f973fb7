/** What a worker does with cells. It loads no more than cells of one subnet need; whatever else comes, when it does. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { InputError } from "../errors.ts";
import { arithmeticOf, backendFor } from "../run/arithmetic.ts";
import type { EpochBackend, MetricValues } from "../run/index.ts";
import { measureScenarios } from "../run/measure.ts";
import type {
  EconomyScenario,
  ReadEconomy,
  ReadSubnetScenario,
  ResolvedScenario,
  ScenarioOutline,
} from "../scenario/index.ts";
import { isEconomy, isEconomyTree } from "../scenario/kind.ts";
import { readSubnetScenario } from "../scenario/load-subnet.ts";
import { type Assignment, cellTree } from "./assignment.ts";
import type {
  AnyScenario,
  CellContext,
  CellIdentity,
  CellSettings,
  CellTask,
  LoadedCell,
  NamedCell,
  Results,
} from "./cell.ts";
import { cellId, writeRecord } from "./record.ts";
import { CELL_FORMAT, type CellOutcome, type CellRecord, sweepLayout } from "../trace/sweep.ts";

/** Loads the strategies of a sweep's scenario. @throws InputError for modules that nobody allowed */
export async function openContext(settings: CellSettings): Promise<CellContext> {
  const { path, scenario, allowCode } = settings;
  if (!isEconomyTree(scenario)) return { ...settings, strategies: undefined };
  const { strategiesOf } = await import("../run/economy/custom-strategies.ts");
  return { ...settings, strategies: await strategiesOf(path, { tree: scenario }, allowCode) };
}

/** The point that was read last: its replicas follow each other and differ in their seed alone. */
interface ReadPoint {
  readonly assignments: readonly Assignment[];
  readonly scenario: ReadEconomy | ReadSubnetScenario;
}

const latestPoint = new WeakMap<CellContext, ReadPoint>();

async function readPoint(context: CellContext, { assignments }: CellTask): Promise<ReadPoint["scenario"]> {
  const latest = latestPoint.get(context);
  // Assignments arrive as copies; the replicas of one message share theirs.
  const isSame = (one: ReadPoint): boolean =>
    one.assignments === assignments || isDeepStrictEqual(one.assignments, assignments);
  if (latest !== undefined && isSame(latest)) return latest.scenario;
  const tree = cellTree(context.scenario, assignments);
  const { path, strategies } = context;
  const scenario = isEconomyTree(tree)
    ? (await import("../scenario/load.ts")).readAnyScenario(path, { tree, ...(strategies && { strategies }) })
    : readSubnetScenario(path, tree);
  latestPoint.set(context, { assignments, scenario });
  return scenario;
}

/** @throws InputError where the backend cannot compute it */
function checkBackend({ path, backend }: CellContext, scenario: ScenarioOutline | EconomyScenario): void {
  if (!isEconomy(scenario)) backendFor(scenario, backend);
  else if (backend !== "exact")
    throw new InputError(
      `${path}: the epochs of an economy are computed exactly; leave out --backend ${backend}`,
    );
}

async function load(context: CellContext, task: CellTask): Promise<AnyScenario> {
  const scenario = (await readPoint(context, task)).resolve(task.seed ?? undefined);
  checkBackend(context, scenario);
  return scenario;
}

/** The identity of a cell, which is known before it runs. One whose scenario is wrong is named after what is wrong. */
export async function identifyCell(context: CellContext, task: CellTask): Promise<CellIdentity> {
  try {
    const scenario = (await readPoint(context, task)).outline(task.seed ?? undefined);
    checkBackend(context, scenario);
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

function workOf(scenario: ScenarioOutline | EconomyScenario): number {
  if (isEconomy(scenario)) return Infinity;
  return scenario.comparisons.reduce((sum, { n }) => sum + n * n * scenario.epochs, 0);
}

/**
 * Runs cells and stores their records, and their traces where they are kept. On a float backend those of one subnet and
 * equally many epochs are computed side by side, else each is stored before the next begins; what comes out is the same.
 * What is wrong with a scenario, and what breaks inside the simulation, is recorded; what is wrong with the machine (a
 * full disk) is thrown.
 * @param unique what no other writer has in the names of its files
 * @returns what became of each cell
 */
export async function runCells(
  context: CellContext,
  backend: EpochBackend,
  cells: readonly NamedCell[],
  unique: string,
): Promise<CellOutcome[]> {
  const folder = join(sweepLayout(context.directory).temporary, unique);
  const outcomes = new Map<string, CellOutcome>();
  const store = (cell: NamedCell, outcome: Outcome): void => {
    const record = recordOf(context, backend, cell.id, outcome);
    writeRecord(context.directory, record, unique);
    const { status, error, arithmetic, metrics } = record;
    outcomes.set(cell.id, { status, error, arithmetic, metrics });
  };
  const runGroup = async (group: readonly LoadedCell[]): Promise<void> => {
    const found = await outcomesOf(context, backend, group, folder);
    for (const [k, cell] of group.entries()) store(cell, found[k]!);
  };
  const groups = new Map<number, LoadedCell[]>();
  for (const cell of cells) {
    const loaded = await loadCell(context, cell);
    if ("error" in loaded) store(cell, { error: loaded.error, scenario: null });
    else if (isEconomy(loaded.scenario) || backend.epochs.kind === "resident") await runGroup([loaded]);
    else {
      const { epochs } = loaded.scenario;
      groups.set(epochs, [...(groups.get(epochs) ?? []), loaded]);
    }
  }
  for (const group of groups.values()) await runGroup(group);
  return Array.from(cells, ({ id }) => outcomes.get(id)!);
}

async function loadCell(
  context: CellContext,
  cell: NamedCell,
): Promise<LoadedCell | { readonly error: string }> {
  try {
    return { ...cell, scenario: await load(context, cell.task) };
  } catch (error) {
    return { error: told(error) };
  }
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
    return Array.from(group, ({ scenario }, k) => ({ scenario, results: results[k]! }));
  } catch (error) {
    const message = told(error);
    const [first] = group;
    if (group.length <= 1) return [{ scenario: first?.scenario ?? null, error: message }];
    // One of them is to blame, and says so when it runs alone.
    const outcomes: Outcome[] = [];
    for (const cell of group) outcomes.push(...(await outcomesOf(context, backend, [cell], folder)));
    return outcomes;
  } finally {
    // What a run that broke left of its trace.
    if (context.keepTraces) await rm(folder, { recursive: true, force: true });
  }
}

async function resultsOf(
  context: CellContext,
  backend: EpochBackend,
  group: readonly LoadedCell[],
  folder: string,
): Promise<Results[]> {
  const { definitions, metrics } = context;
  if (context.keepTraces) return (await import("./whole-runs.ts")).keptRuns(context, backend, group, folder);
  const studies: ResolvedScenario[] = [];
  const measured: MetricValues[] = [];
  for (const { scenario } of group)
    if (!isEconomy(scenario)) studies.push(scenario);
    else measured.push((await import("./whole-runs.ts")).economyValues(context, scenario));
  if (studies.length > 0) measured.push(...(await measureScenarios(backend, studies, definitions, metrics)));
  return Array.from(measured, (values) => ({ values, tables: null }));
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
    Array.from(Object.entries(values), ([comparison, byName]) => [
      comparison,
      Object.fromEntries(Array.from(Object.entries(byName), ([name, value]) => [name, storedNumber(value)])),
    ]),
  );
  return { ...base, status: "done", error: null, inputs: outcome.scenario.inputs, metrics, tables };
}

/** A number as it comes back from a record, which knows no -0 and none that is not finite. */
function storedNumber(value: number): number | null {
  if (!Number.isFinite(value)) return null;
  return value === 0 ? 0 : value;
}
