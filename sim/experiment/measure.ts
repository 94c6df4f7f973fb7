/** One run of one comparison: its metrics at the end and over time, and a digest of all that it came to. */
import { createHash } from "node:crypto";
import { encodeState } from "../engine/checkpoint.ts";
import { measureEconomy, metricColumns, readMetrics, readSeries, traceInMemory } from "../run/index.ts";
import {
  type EconomyPlan,
  isEconomy,
  loadAnyScenario,
  type Metric,
  type MetricText,
  networkMetric,
  type ResolvedScenario,
  type Tree,
} from "../scenario/index.ts";
import type { Assignment } from "../sweep/assignment.ts";
import { type MemoryTrace, type TableColumns, TRACE_TABLES } from "../trace/index.ts";
import { comparisonTree } from "./load.ts";

/** What the runs of an experiment share; goes to the worker threads. */
export interface MeasureContext {
  readonly path: string;
  readonly tree: Tree;
  readonly metrics: readonly string[];
  readonly definitions: Readonly<Record<string, MetricText>>;
  readonly attacker: readonly string[];
  readonly roles: Readonly<Record<string, readonly string[]>>;
  /** Metrics that are wanted over time; of an economy all are there. */
  readonly overTime: readonly string[];
  /** Whether the digest is wanted: of a single subnet it needs everything that was computed. */
  readonly digest: boolean;
}

export interface MeasureTask {
  readonly seed: string;
  readonly comparison: string;
  /** Put over the comparison's own values. */
  readonly assignments: readonly Assignment[];
}

export interface Measured {
  /** At the end; NaN where there is none. */
  readonly values: Readonly<Record<string, number>>;
  /** Blocks since the beginning, or epochs of a single subnet. */
  readonly times: readonly number[];
  readonly series: Readonly<Record<string, readonly number[]>>;
  /** Of the final state of the chain, or of all tables of a single subnet; empty where it is not wanted. */
  readonly digest: string;
}

/** Runs a task. Depends on its arguments alone. */
export async function measure(context: MeasureContext, task: MeasureTask): Promise<Measured> {
  const tree = comparisonTree(context.tree, task.comparison, task.assignments);
  const scenario = loadAnyScenario(context.path, { tree, seed: task.seed });
  if (!isEconomy(scenario)) return measureSubnet(context, scenario);
  const [plan] = scenario.plans;
  if (plan === undefined) throw new Error("an economy without a plan");
  const { state, ...measured } = measureEconomy(plan, ownMetrics(context, plan));
  return { ...measured, digest: createHash("sha256").update(encodeState(state)).digest("hex") };
}

const listed = (names: readonly string[]): string => names.map((name) => JSON.stringify(name)).join(", ");
const summed = (name: string, populations: readonly string[]): string =>
  populations.map((population) => `${name}(${JSON.stringify(population)})`).join(" + ");

/** The scenario's metrics, and wealth and costs of attacker and roles. */
function ownMetrics({ attacker, roles }: MeasureContext, { metrics }: EconomyPlan): Metric[] {
  return [
    ...metrics,
    networkMetric("attacker_wealth", `exit_wealth(${listed(attacker)})`),
    networkMetric("attacker_spent", summed("spent", attacker)),
    networkMetric(
      "attacker_capital",
      `${summed("initial_stake", attacker)} + ${summed("peak_outlay", attacker)}`,
    ),
    ...Object.entries(roles).map(([role, populations]) =>
      networkMetric(`wealth_${role}`, `exit_wealth_alone(${listed(populations)})`),
    ),
  ];
}

async function measureSubnet(context: MeasureContext, scenario: ResolvedScenario): Promise<Measured> {
  const { attacker, roles, definitions, metrics, overTime } = context;
  const stakes: Record<string, MetricText> = Object.fromEntries(
    attacker.map((group) => [
      group,
      { column: "neurons.alpha_stake", of: group, rows: "sum", epochs: "first" } as const,
    ]),
  );
  const trace = await traceInMemory(
    scenario,
    context.digest
      ? ALL_COLUMNS
      : merged(metricColumns(definitions, metrics), metricColumns(stakes, attacker), PAID_COLUMNS),
  );
  const { comparison } = scenario.comparisons[0]!;
  const values = await readMetrics(trace, [comparison], definitions, metrics);
  const capital = await readMetrics(trace, [comparison], stakes, attacker);
  const paid = await paidOverTime(trace);
  const wealth: Record<string, readonly number[]> = {
    attacker_wealth: paid.of(attacker),
    ...Object.fromEntries(Object.entries(roles).map(([role, groups]) => [`wealth_${role}`, paid.of(groups)])),
  };
  const series = { ...wealth };
  for (const name of overTime) series[name] ??= await readSeries(trace, definitions, name);
  return {
    values: {
      ...values[comparison],
      ...Object.fromEntries(Object.entries(wealth).map(([name, list]) => [name, list.at(-1) ?? 0])),
      attacker_spent: 0,
      attacker_capital: Object.values(capital[comparison] ?? {}).reduce((sum, rao) => sum + rao, 0) / 1e9,
    },
    times: paid.epochs,
    series,
    digest: context.digest ? await digestOf(trace) : "",
  };
}

const PAID_COLUMNS: TableColumns = new Map([["neurons", new Set(["epoch", "hotkey", "emission"])]]);

const ALL_COLUMNS: TableColumns = new Map(
  TRACE_TABLES.map(({ name, columns }) => [name, new Set(columns.map((column) => column.name))]),
);

function merged(...parts: readonly TableColumns[]): TableColumns {
  const all = new Map<string, Set<string>>();
  for (const [table, columns] of parts.flatMap((part) => [...part]))
    all.set(table, new Set([...(all.get(table) ?? []), ...columns]));
  return all;
}

/** Alpha that neurons were paid, summed since the beginning, by epoch. */
async function paidOverTime(trace: MemoryTrace) {
  const batch = await trace.read("neurons");
  const hotkeys = batch.labels("hotkey");
  const epochs = batch.column("epoch");
  const positions = batch.column("hotkey");
  const emission = batch.column("emission");
  const count = batch.rows === 0 ? 0 : Number(epochs[batch.rows - 1]) + 1;
  const isMember = (groups: readonly string[]) =>
    hotkeys.map((hotkey) =>
      groups.some(
        (group) =>
          hotkey === group ||
          (hotkey.startsWith(`${group}-`) && /^\d+$/.test(hotkey.slice(group.length + 1))),
      ),
    );
  return {
    epochs: Array.from({ length: count }, (_, epoch) => epoch),
    of: (groups: readonly string[]): number[] => {
      const wanted = isMember(groups);
      const rao = Array.from({ length: count }, () => 0n);
      for (let row = 0; row < batch.rows; row++)
        if (wanted[Number(positions[row])] === true) rao[Number(epochs[row])]! += BigInt(emission[row]!);
      let sum = 0n;
      return rao.map((paid) => Number((sum += paid)) / 1e9);
    },
  };
}

/** Of the numbers in all tables. */
async function digestOf(trace: MemoryTrace): Promise<string> {
  const hash = createHash("sha256");
  for (const { name, columns } of TRACE_TABLES) {
    const batch = await trace.read(name);
    for (const column of columns) {
      const { buffer, byteOffset, byteLength } = batch.column(column.name);
      hash.update(column.name).update(new Uint8Array(buffer, byteOffset, byteLength));
    }
  }
  return hash.digest("hex");
}
