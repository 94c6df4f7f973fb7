/** What a sweep or a search says of itself in its file, for those who read its results. */
import { child, parsePath, type SweepText, type Tree } from "../scenario/index.ts";
import { type SweepMetric, type SweepPart, TRACE_TABLES } from "../trace/index.ts";
import { assignmentText } from "./assignment.ts";
import type { CellContext } from "./cell.ts";

/** The name of a scenario file without its folder and ending. */
export function nameOf(path: string): string {
  return path.replace(/^.*[\\/]/, "").replace(/\.[^.]*$/, "");
}

/** The title of a scenario; empty when it has none. */
export function titleOf(scenario: Tree): string {
  const title = child(scenario, "title");
  return title?.kind === "scalar" && title.value !== null ? String(title.value) : "";
}

/** The member of `sweep:` that names a path. */
export function partOf(sweep: SweepText | undefined, path: string): SweepPart {
  if (Object.hasOwn(sweep?.zip ?? {}, path)) return "zip";
  if (Object.hasOwn(sweep?.random?.values ?? {}, path)) return "random";
  return Object.hasOwn(sweep?.sobol?.values ?? {}, path) ? "sobol" : "grid";
}

/** What a scenario says at a path before anything is varied, as text; null where it says nothing. */
export function ownText(scenario: Tree, path: string): string | null {
  const value = (parsePath(path) ?? []).reduce<Tree | undefined>(
    (tree, step) => (tree === undefined ? undefined : child(tree, step)),
    scenario,
  );
  return value === undefined ? null : assignmentText({ path, value });
}

/** Ways to make a number of rows whose result has the unit of the column. */
const SAME_UNIT: ReadonlySet<unknown> = new Set(["sum", "mean", "min", "max"]);

/** The metrics that are kept with their units: those of their columns, where they are read from one. */
export function keptMetrics({ metrics, definitions }: CellContext): SweepMetric[] {
  return metrics.map((name) => {
    const definition = definitions[name];
    if (definition === undefined || definition.epochs === "changes") return { name, unit: null };
    if (definition.rows === "count") return { name, unit: "count" };
    if (!SAME_UNIT.has(definition.rows)) return { name, unit: null };
    const [table, column] = definition.column.split(".");
    const unit = TRACE_TABLES.find((one) => one.name === table)?.columns.find(
      (one) => one.name === column,
    )?.unit;
    return { name, unit: unit === undefined || unit === "none" ? null : unit };
  });
}
