import { csvText } from "../../sim/csv.ts";
import { displayText } from "../text/labels.ts";

/** A table for readers and for data files. */
export interface TableColumn {
  /** Header of data files: lower-case words joined by underscores, the unit at the end where there is one. */
  readonly name: string;
  /** Header for readers, with the unit. */
  readonly title: string;
  /** Heading that stands above this and the neighbouring columns with the same one. */
  readonly group?: string;
  /** Right-aligned in a page. */
  readonly numeric: boolean;
  /** Sentences: shown whole, on several lines. */
  readonly prose?: boolean;
  /** Writes a cell for readers; the plain value when absent. */
  readonly format?: (value: Cell) => string;
}

/** Amounts that need all their digits are decimal text. */
export type Cell = string | number | null;

/** Columns and rows; every row has a cell per column. */
export interface Table {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A column of text. */
export function textColumn(name: string, title: string): TableColumn {
  return { name, title, numeric: false };
}

/** A column of texts that are shown whole. */
export function proseColumn(name: string, title: string): TableColumn {
  return {
    name,
    title,
    numeric: false,
    prose: true,
    format: (value) => (value === null ? "–" : displayText(String(value), 1_000)),
  };
}

/** A column of numbers, written for readers by `format`. */
export function numberColumn(
  name: string,
  title: string,
  format?: (value: number | null) => string,
): TableColumn {
  if (format === undefined) return { name, title, numeric: true };
  return { name, title, numeric: true, format: (value) => format(value === null ? null : Number(value)) };
}

/**
 * The table as CSV (RFC 4180, lines end in CR LF). Text that a spreadsheet would take for a formula gets an apostrophe
 * before it, because names come from whoever wrote the scenario.
 */
export function tableToCsv(table: Table): string {
  const lines = [table.columns.map((column) => csvText(column.name))];
  for (const row of table.rows) {
    lines.push(row.map((cell, i) => csvCell(cell, table.columns[i]!.numeric)));
  }
  return lines.map((line) => `${line.join(",")}\r\n`).join("");
}

function csvCell(cell: Cell, numeric: boolean): string {
  if (cell === null) return "";
  return typeof cell === "number" || numeric ? String(cell) : csvText(cell);
}
