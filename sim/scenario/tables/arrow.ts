import { createRequire } from "node:module";
import type * as Arrow from "apache-arrow";
import { scenarioError } from "../error.ts";
import type { Cell, Table } from "./table.ts";

/** Loaded when a scenario names an Arrow file, as few do: threads of a sweep would start twice as long with it. */
const openArrow = (): typeof Arrow => createRequire(import.meta.url)("apache-arrow") as typeof Arrow;

/** Reads an Arrow table, file or stream format. */
export function readArrow(bytes: Uint8Array, file: string): Table {
  try {
    const table = openArrow().tableFromIPC(bytes);
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
