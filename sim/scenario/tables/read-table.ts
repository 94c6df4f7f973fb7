import { scenarioError } from "../error.ts";
import { decodeText } from "../source/read-file.ts";
import { readArrow } from "./arrow.ts";
import { readCsv } from "./csv.ts";
import { readJsonTable } from "./json.ts";
import type { Table } from "./table.ts";

/** Reads a table in the format that the file's name ends with. */
export function readTable(bytes: Uint8Array, file: string): Table {
  const ending = /\.([a-z]+)$/i.exec(file)?.[1]?.toLowerCase();
  if (ending === "arrow" || ending === "arrows") return readArrow(bytes, file);
  if (ending !== "csv" && ending !== "json")
    throw scenarioError(
      file,
      "",
      "the name must end in .csv, .json, .arrow or .arrows, which says how to read it",
    );
  const text = decodeText(bytes);
  if (text === undefined) throw scenarioError(file, "", "is no UTF-8 text");
  return ending === "csv" ? readCsv(text, file) : readJsonTable(text, file);
}
