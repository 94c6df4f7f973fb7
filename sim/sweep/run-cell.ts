/** What a worker does with a cell. */
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../errors.ts";
import { readMetrics, runAnyScenario } from "../run/index.ts";
import {
  type EconomyScenario,
  loadAnyScenario,
  type MetricText,
  type ResolvedScenario,
  type Tree,
} from "../scenario/index.ts";
import { openTrace } from "../trace/index.ts";
import type { Assignment } from "./assignment.ts";
import { cellTree } from "./cells.ts";
import { CELL_FORMAT, cellId, type CellRecord, layout, writeRecord } from "./record.ts";

type AnyScenario = ResolvedScenario | EconomyScenario;

/** What all cells of a sweep share. */
export interface CellContext {
  /** The scenario file; files that it names lie beside it. */
  readonly path: string;
  readonly scenario: Tree;
  readonly directory: string;
  readonly keepTraces: boolean;
  readonly metrics: readonly string[];
  readonly definitions: Readonly<Record<string, MetricText>>;
  readonly request: string;
}

/** A cell on its way to a worker. */
export interface CellTask {
  readonly seed: string | null;
  readonly assignments: readonly Assignment[];
}

/** What a cell is called, and why it cannot run, if it cannot. */
export interface CellIdentity {
  readonly id: string;
  readonly error: string | null;
}

function load({ path, scenario }: CellContext, { seed, assignments }: CellTask): AnyScenario {
  return loadAnyScenario(path, { tree: cellTree(scenario, assignments), ...(seed !== null && { seed }) });
}

/** The identity of a cell, which is known before it runs. One whose scenario is wrong is named after what is wrong. */
export function identifyCell(context: CellContext, task: CellTask): CellIdentity {
  try {
    const { canonical, inputs } = load(context, task);
    return { id: cellId(canonical, inputs), error: null };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const told = task.assignments.map(({ path, value }) => [
      path,
      value.kind === "scalar" ? String(value.value) : "...",
    ]);
    return { id: cellId([error.message, task.seed, ...told.flat()], []), error: error.message };
  }
}

/**
 * Runs a cell and stores its record, and its trace where that is kept. What is wrong with the scenario, and what breaks
 * inside the simulation, is recorded; what is wrong with the machine (a full disk) is thrown.
 */
export async function runCell(
  context: CellContext,
  task: CellTask,
  id: string,
  unique: string,
): Promise<CellRecord["status"]> {
  const base = {
    format: CELL_FORMAT,
    id,
    request: context.request,
    inputs: [],
    metrics: {},
    tables: null,
  } as const;
  let scenario: AnyScenario | null = null;
  let record: CellRecord;
  const folder = join(layout(context.directory).temporary, unique, id);
  try {
    scenario = load(context, task);
    record = { ...base, ...(await results(context, scenario, folder)), status: "done", error: null };
  } catch (error) {
    if (!(error instanceof Error) || "syscall" in error) throw error;
    record = { ...base, status: "failed", error: error.message, scenario: scenario?.canonical ?? null };
  }
  await rm(folder, { recursive: true, force: true });
  await writeRecord(context.directory, record, unique);
  return record.status;
}

async function results(
  { directory, keepTraces, metrics, definitions }: CellContext,
  scenario: AnyScenario,
  folder: string,
): Promise<Pick<CellRecord, "inputs" | "metrics" | "tables" | "scenario">> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const manifest = await runAnyScenario(scenario, folder);
  const values = await readMetrics(await openTrace(folder), manifest.comparisons, definitions, metrics);
  if (keepTraces) {
    const target = layout(directory).trace(cellId(scenario.canonical, scenario.inputs));
    await mkdir(join(target, ".."), { recursive: true });
    // A trace without a record is what a killed process left behind.
    if (existsSync(target)) await rm(target, { recursive: true });
    await rename(folder, target);
  }
  return {
    inputs: scenario.inputs,
    metrics: Object.fromEntries(
      Object.entries(values).map(([comparison, byName]) => [
        comparison,
        Object.fromEntries(
          Object.entries(byName).map(([name, value]) => [name, Number.isFinite(value) ? value : null]),
        ),
      ]),
    ),
    tables: keepTraces ? manifest.tables : null,
    scenario: scenario.canonical,
  };
}
