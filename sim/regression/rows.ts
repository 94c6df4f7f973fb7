/** Which row of one section answers to which row of another. */
import type { RowIdentity } from "../trace/index.ts";
import type { Section } from "./sections.ts";

/** Columns that say what a row is about; all others say something about it. */
const IDENTITY = [
  "netuid",
  "uid",
  "validator_uid",
  "miner_uid",
  "metric",
  "event",
  "call",
  "hotkey",
  "agent",
];

/** Where a table has one of these, it and those before it tell the rows apart; a hotkey beside a uid can change. */
const SUFFICIENT: ReadonlySet<string> = new Set(["uid", "miner_uid", "metric"]);

/** The names of the columns that tell the rows of these sections apart. */
export function identityColumns(section: Section): readonly string[] {
  const names: string[] = [];
  for (const name of IDENTITY) {
    if (section.columns.get(name)?.kind !== "values") continue;
    names.push(name);
    if (SUFFICIENT.has(name)) break;
  }
  return names;
}

/** The value of a column in a row as text; null if it was not kept. */
export function cellText(section: Section, column: string, row: number): string | null {
  const values = section.columns.get(column);
  if (values?.kind !== "values") return null;
  const value = values.array[row] ?? 0;
  return values.labels ? (values.labels[Number(value)] ?? "") : String(value);
}

/** What a row is about. */
export function rowIdentity(section: Section, names: readonly string[], row: number): RowIdentity {
  return Object.fromEntries(names.map((name) => [name, cellText(section, name, row) ?? ""]));
}

/** A row of both sections, or of one where the other has none. */
export interface RowPair {
  readonly before: number | null;
  readonly after: number | null;
}

/** Pairs the rows of two sections by what they are about; the second one with the same identity is a row of its own. */
export function pairRows(before: Section, after: Section, names: readonly string[]): RowPair[] {
  const keys = (section: Section): string[] => {
    const seen = new Map<string, number>();
    return Array.from({ length: section.rows }, (_, row) => {
      const key = names.map((name) => cellText(section, name, row)).join("\0");
      const count = seen.get(key) ?? 0;
      seen.set(key, count + 1);
      return `${key}\0${count}`;
    });
  };
  const rows = new Map(keys(after).map((key, row) => [key, row]));
  const pairs = keys(before).map((key, row): RowPair => {
    const partner = rows.get(key) ?? null;
    rows.delete(key);
    return { before: row, after: partner };
  });
  return [...pairs, ...[...rows.values()].map((row) => ({ before: null, after: row }))];
}
