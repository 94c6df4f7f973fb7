import { tableFromIPC } from "apache-arrow";
import { scenarioError } from "../error.ts";
import type { Cell, Table } from "./table.ts";

/** Reads an Arrow table, file or stream format. */
export function readArrow(bytes: Uint8Array, file: string): Table {
  try {
    const table = tableFromIPC(bytes);
    const columns = table.schema.fields.map((field) => field.name);
    const vectors = columns.map((_, index) => table.getChildAt(index)!);
    const rows = Array.from({ length: table.numRows }, (_, row) =>
      vectors.map((vector) => vector.get(row) as Cell),
    );
    return { file, columns, rows, rowPlace: (row) => `${file}, row ${row}` };
  } catch (error) {
    throw scenarioError(
      file,
      "",
      `cannot be read as an Arrow table (${error instanceof Error ? error.message : String(error)}); it must be uncompressed`,
    );
  }
}
