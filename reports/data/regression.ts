/** Two sides that were compared, as reports need them: a scenario and its baseline, or two runs. */
import {
  type CheckResult,
  type ColumnSpread,
  type Comparison,
  type Difference,
  ECONOMY_TABLES,
  passed,
  TRACE_TABLES,
} from "../../sim/trace/index.ts";
import { formatPercent, formatSignificant } from "../text/format.ts";
import { displayText } from "../text/labels.ts";

/** A comparison and what it belongs to. */
export interface ComparedCase {
  /** Name of the scenario; that of both runs. */
  readonly label: string;
  /** What its two sides are called. */
  readonly sides: readonly [string, string];
  /** Null where there was no baseline yet. */
  readonly comparison: Comparison | null;
  /** Null for two runs. */
  readonly check: CheckResult | null;
  readonly passed: boolean;
}

/** A case with values that differ. */
export interface DifferingCase extends ComparedCase {
  readonly comparison: Comparison & { readonly first: Difference };
}

/** The results of a check; a name that two scenarios have is told apart by its place. */
export function casesOfChecks(results: readonly CheckResult[]): ComparedCase[] {
  const labels = new Set<string>();
  return results.map((check, at) => {
    const name = displayText(check.name, 60);
    const label = labels.has(name) ? `${name} (${at + 1})` : name;
    labels.add(label);
    return {
      label,
      sides: [check.updated ? "before" : "baseline", "now"],
      comparison: check.comparison,
      check,
      passed: passed(check),
    };
  });
}

/** The comparison of two runs. @param names of their directories */
export function caseOfRuns(names: readonly [string, string], comparison: Comparison): ComparedCase {
  const [before, after] = names.map((name) => displayText(name, 40)) as [string, string];
  return {
    label: `${before} and ${after}`,
    sides: before === after ? [`${before} (first)`, `${after} (second)`] : [before, after],
    comparison,
    check: null,
    passed: comparison.same,
  };
}

/** Whether any value differs. */
export function differs(one: ComparedCase): one is DifferingCase {
  return (one.comparison?.first ?? null) !== null;
}

const TABLES = [...TRACE_TABLES, ...ECONOMY_TABLES];

/** The names of the tables of these cases, in the order of the documentation. */
export function tablesOf(cases: readonly ComparedCase[]): string[] {
  const names = new Set(
    cases.flatMap(({ comparison }) => (comparison?.tables ?? []).map(({ table }) => table)),
  );
  return TABLES.map(({ name }) => name).filter((name) => names.has(name));
}

/** The unit of a column; empty where it has none. */
export function unitOf(table: string, column: string | null): string {
  const unit =
    TABLES.find(({ name }) => name === table)?.columns.find(({ name }) => name === column)?.unit ?? "";
  return unit === "none" ? "" : unit;
}

/** `neurons.emission`, or what is said of rows that only one side has. */
export function columnLabel({ table, column }: Pick<Difference, "table" | "column">): string {
  return column === null ? `${table} (rows)` : `${table}.${column}`;
}

/** The columns that differ, in the order in which they begin to: the first difference first. */
export function inOrderOfArrival({ comparison: { spread, first } }: DifferingCase): ColumnSpread[] {
  const isFirst = ({ table, column }: ColumnSpread): boolean =>
    table === first.table && column === first.column;
  const rank = (one: ColumnSpread): number => (isFirst(one) ? 0 : 1);
  return [...spread].sort((a, b) => {
    const [from, to] = [BigInt(a.firstBlock), BigInt(b.firstBlock)];
    return from === to ? rank(a) - rank(b) : from < to ? -1 : 1;
  });
}

/** Blocks that the pictures of a case reach over. */
export function blocksOf({ comparison: { blocks, first } }: DifferingCase): readonly [number, number] {
  return [Number(blocks?.first ?? first.block), Number(blocks?.last ?? first.block)];
}

/** A difference as a part of the value, as a percentage however small it is. */
export function formatPart(part: number | null): string {
  return part === null || part >= 0.0001 ? formatPercent(part) : `${formatSignificant(part * 100)}%`;
}

/** What is known of the values of two sides. */
export type Knowledge = "values" | "a row" | "digest";

/** What is known of the place where two sides part. */
export function knowledgeOf({ column, before, after }: Difference): Knowledge {
  if (column === null) return "a row";
  return before === null && after === null ? "digest" : "values";
}
