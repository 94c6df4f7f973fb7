import { InputError } from "../../errors.ts";
import { engineVersion } from "../../run/index.ts";
import {
  type LoadOptions,
  loadStudy,
  type OptimiseText,
  scenarioError,
  closest,
} from "../../scenario/index.ts";
import {
  readRecord,
  SEARCH_FORMAT,
  type SearchFile,
  type SearchStep,
  sweepLayout,
} from "../../trace/index.ts";
import { type Assignment, assignmentText, numberValue } from "../assignment.ts";
import { replicaSeed, seedOf } from "../cells.ts";
import { batchesOf, exactLimits } from "../batches.ts";
import { cellContext } from "../context.ts";
import { keptMetrics, nameOf, titleOf } from "../description.ts";
import { finishedIds } from "../finished.ts";
import { CellPool } from "../pool.ts";
import { writeWhole } from "../record.ts";
import type { CellContext, CellTask } from "../cell.ts";
import { claimDirectory, releaseDirectory } from "../directory.ts";
import { bisect, type Evaluate, type Found, goldenSection, nelderMead } from "./methods.ts";

export interface SearchOptions extends Pick<LoadOptions, "seed" | "set"> {
  readonly directory: string;
  readonly workers: number;
  /** Load the strategy modules that the scenario names. */
  readonly allowCode?: boolean;
  readonly onProgress?: (evaluated: number, most: number) => void;
  readonly signal?: AbortSignal;
}

/** What a search came to. */
export interface SearchResult extends Omit<SearchFile, "format"> {
  readonly directory: string;
  /** The file that holds all this. */
  readonly file: string;
}

/** Thrown inside of a search that is to stop. */
class Stopped extends Error {}

/**
 * Searches the extreme or the crossing of a metric, as `optimise:` of the scenario says, and stores its path in
 * search.json beside the cells. Run again, it takes the cells that are finished from there.
 * @returns null when it was stopped
 * @throws InputError for a wrong scenario
 */
export async function search(path: string, options: SearchOptions): Promise<SearchResult | null> {
  const source = loadStudy(path, options);
  const { optimise } = source.text;
  if (!optimise) throw scenarioError(path, "optimise", "missing; it says what is searched (docs/sweeps.md)");
  const context = await cellContext(path, source, options.directory, {
    keep: [optimise.metric],
    allowCode: options.allowCode,
  });
  const unique = await claimDirectory(options.directory);
  const { strategies: _, ...settings } = context;
  const pool = new CellPool(options.workers, settings);
  try {
    const steps: SearchStep[] = [];
    const seed = options.seed ?? seedOf(source.scenario);
    const paths = Object.entries(optimise.over);
    const sign = optimise.find === "maximum" ? -1 : 1;
    const offset = optimise.find === "crossing" ? (optimise.value ?? 0) : 0;
    const evaluate: Evaluate = async (places) => {
      const points = places.map((place) =>
        paths.map(([name, { from, to, unit }], k): Assignment => ({
          path: name,
          value: numberValue(
            from + (to - from) * (place[k] ?? 0),
            false,
            unit,
            closest(source.tree, ["optimise", "over", name]),
          ),
        })),
      );
      const found = await Promise.all(
        points.map((assignments) =>
          evaluatePoint(pool, context, optimise, assignments, seed, options.signal),
        ),
      );
      steps.push(...found);
      options.onProgress?.(steps.length, optimise.most);
      return found.map(({ metric }) => (metric === null ? NaN : sign * (metric - offset)));
    };
    const end = await method(optimise, paths.length, evaluate);
    const answer = end ? stepOf(steps, end, sign, offset) : null;
    const found: SearchFile = {
      format: SEARCH_FORMAT,
      name: nameOf(path),
      title: titleOf(source.scenario),
      engineVersion: engineVersion(),
      seed,
      find: optimise.find,
      metric: optimise.metric,
      unit: keptMetrics(context)[0]?.unit ?? null,
      comparison: optimise.comparison ?? null,
      value: optimise.find === "crossing" ? offset : null,
      replicas: optimise.replicas,
      within: optimise.within,
      answer,
      settled: answer !== null && (end?.settled ?? false),
      path: steps,
    };
    const { directory } = options;
    const file = sweepLayout(directory).search;
    writeWhole(directory, file, `${JSON.stringify(found, null, 2)}\n`, unique);
    const { format: _, ...result } = found;
    return { ...result, directory, file };
  } catch (error) {
    if (error instanceof Stopped) return null;
    throw error;
  } finally {
    await pool.close();
    await releaseDirectory(options.directory);
  }
}

function method(optimise: OptimiseText, dimensions: number, evaluate: Evaluate): Promise<Found | null> {
  const { find, within, most } = optimise;
  if (find === "crossing") return bisect(evaluate, within, most);
  if (dimensions === 1) return goldenSection(evaluate, within, most);
  return nelderMead(evaluate, dimensions, within, most);
}

/** The step that a search ended at. */
function stepOf(
  steps: readonly SearchStep[],
  { value }: Found,
  sign: number,
  offset: number,
): SearchStep | null {
  return steps.findLast(({ metric }) => metric !== null && sign * (metric - offset) === value) ?? null;
}

async function evaluatePoint(
  pool: CellPool,
  context: CellContext,
  { metric, comparison, replicas }: OptimiseText,
  assignments: readonly Assignment[],
  seed: string,
  signal: AbortSignal | undefined,
): Promise<SearchStep> {
  const tasks = Array.from({ length: replicas }, (_, replica): CellTask => ({
    seed: replicas === 1 ? seed : replicaSeed(seed, replica),
    assignments,
  }));
  const identities = await pool.identify(tasks);
  for (const { error } of identities) if (error !== null) throw new InputError(error);
  if (signal?.aborted === true) throw new Stopped();
  const finished = await finishedIds(
    context.directory,
    identities.map(({ id }) => id),
    context.request,
  );
  const named = new Map(identities.map(({ id, work }, index) => [id, { id, work, task: tasks[index]! }]));
  const waiting = [...named.values()].filter(({ id }) => !finished.has(id));
  await Promise.all(
    batchesOf(waiting, exactLimits(waiting.length, pool.workers)).map((ids) =>
      pool.run(ids.map((id) => named.get(id)!)),
    ),
  );
  const values: (number | null)[] = [];
  for (const { id } of identities) {
    const record = readRecord(context.directory, id);
    const all = record?.metrics ?? {};
    const name = comparison ?? Object.keys(all)[0] ?? "";
    if (record?.status === "done" && !Object.hasOwn(all, name))
      throw new InputError(
        `optimise.comparison: no comparison ${name}; allowed: ${Object.keys(all).join(", ")}`,
      );
    values.push(all[name]?.[metric] ?? null);
  }
  const numbers = values.filter((value) => value !== null);
  return {
    values: Object.fromEntries(assignments.map((one) => [one.path, assignmentText(one)])),
    metric:
      numbers.length < values.length ? null : numbers.reduce((sum, value) => sum + value, 0) / numbers.length,
    cells: identities.map(({ id }) => id),
  };
}
