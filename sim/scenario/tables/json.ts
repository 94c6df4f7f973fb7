import { scenarioError } from "../error.ts";
import type { Cell, Table } from "./table.ts";

/** Parses JSON; a syntax error becomes a ScenarioError. */
export function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw scenarioError(file, "", `no valid JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Reads a table from JSON: a list of objects with the same members. */
export function readJsonTable(text: string, file: string): Table {
  const parsed = parseJson(text, file);
  if (!Array.isArray(parsed) || parsed.length === 0)
    throw scenarioError(file, "", "a list of objects is needed, one for each row");
  const list: readonly unknown[] = parsed;
  const columns: string[] = [];
  const seen = new Set<string>();
  list.forEach((row, index) => {
    if (typeof row !== "object" || row === null || Array.isArray(row))
      throw scenarioError(`${file}[${index}]`, "", "an object with the columns as members is needed");
    for (const name of Object.keys(row))
      if (!seen.has(name)) {
        seen.add(name);
        columns.push(name);
      }
  });
  return {
    file,
    columns,
    rows: list.map((row) => columns.map((name) => (row as Record<string, Cell>)[name])),
    rowPlace: (row) => `${file}[${row}]`,
  };
}
