import { formatPath, scenarioError } from "../error.ts";
import { didYouMean } from "../../nearest.ts";

/** One value of a table file. */
export type Cell = string | number | bigint | boolean | null | undefined;

/** A table that was read from a file, with a way to say where each row stands. */
export interface Table {
  /** The file, as the scenario names it. */
  readonly file: string;
  readonly columns: readonly string[];
  /** Rows of cells in the order of the columns. */
  readonly rows: readonly (readonly Cell[])[];
  /** `file.csv:7`, for a row's index. */
  rowPlace(row: number): string;
}

/** The index of each known column; a missing required one or an unknown one is an error. */
export function columnIndex<C extends string>(
  table: Table,
  required: readonly C[],
  optional: readonly C[],
): Readonly<Partial<Record<C, number>>> {
  const known: readonly string[] = [...required, ...optional];
  const index: Partial<Record<C, number>> = {};
  table.columns.forEach((name, position) => {
    if (!known.includes(name))
      throw scenarioError(
        table.file,
        "",
        `unknown column ${JSON.stringify(name)}; allowed: ${known.join(", ")}${didYouMean(name, known)}`,
      );
    if (index[name as C] !== undefined)
      throw scenarioError(table.file, "", `column ${name} stands there twice`);
    index[name as C] = position;
  });
  for (const name of required)
    if (index[name] === undefined)
      throw scenarioError(table.file, "", `column ${name} is missing; needed: ${required.join(", ")}`);
  return index;
}

/** The error about one cell. */
export function cellError(table: Table, row: number, column: string, message: string): Error {
  return scenarioError(table.rowPlace(row), formatPath([column]), message);
}

/** A whole number in a cell, whatever way the file stores numbers; undefined if it is none. */
export function wholeCell(cell: Cell): number | undefined {
  if (typeof cell === "bigint") return cell <= 9_007_199_254_740_991n ? Number(cell) : undefined;
  if (typeof cell === "number") return Number.isSafeInteger(cell) ? cell : undefined;
  if (typeof cell === "string" && /^\d{1,15}$/.test(cell.trim())) return Number(cell);
  return undefined;
}
