import { scenarioError } from "../error.ts";
import type { Table } from "./table.ts";

/** Reads comma-separated values as RFC 4180 has them: a header line, quotes around cells with commas. Empty lines and lines after # are skipped. */
export function readCsv(text: string, file: string): Table {
  const records = splitRecords(text, file);
  const header = records.shift();
  if (header === undefined)
    throw scenarioError(file, "", "is empty; a header line with the column names is needed");
  const columns = header.cells.map((cell) => cell.trim());
  for (const { cells, line } of records)
    if (cells.length !== columns.length)
      throw scenarioError(
        `${file}:${line}`,
        "",
        `has ${cells.length} cells; the header names ${columns.length} columns (${columns.join(", ")})`,
      );
  return {
    file,
    columns,
    rows: records.map((record) => record.cells),
    rowPlace: (row) => `${file}:${records[row]!.line}`,
  };
}

interface CsvRecord {
  readonly cells: string[];
  /** Where it begins, from 1. */
  readonly line: number;
}

function splitRecords(text: string, file: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  let line = 1;
  let position = 0;
  while (position < text.length) {
    const start = line;
    const cells: string[] = [];
    for (;;) {
      let cell: string;
      if (text[position] === '"') {
        const end = closingQuote(text, position, `${file}:${start}`);
        cell = text.slice(position + 1, end).replaceAll('""', '"');
        line += cell.split("\n").length - 1;
        position = end + 1;
      } else {
        const end = endOfPlainCell(text, position);
        cell = text.slice(position, end);
        position = end;
      }
      cells.push(cell);
      if (text[position] === ",") position++;
      else break;
    }
    if (position < text.length && text[position] !== "\n" && text[position] !== "\r")
      throw scenarioError(`${file}:${line}`, "", "text follows a closing quote; put a comma between them");
    if (text[position] === "\r") position++;
    if (text[position] === "\n") position++;
    line++;
    const empty = cells.length === 1 && cells[0]!.trim() === "";
    if (!empty && !cells[0]!.startsWith("#")) records.push({ cells, line: start });
  }
  return records;
}

function endOfPlainCell(text: string, from: number): number {
  let end = from;
  while (end < text.length && text[end] !== "," && text[end] !== "\n" && text[end] !== "\r") end++;
  return end;
}

function closingQuote(text: string, opening: number, place: string): number {
  let end = opening + 1;
  for (;;) {
    end = text.indexOf('"', end);
    if (end < 0) throw scenarioError(place, "", "a quoted cell is not closed");
    if (text[end + 1] !== '"') return end;
    end += 2;
  }
}
