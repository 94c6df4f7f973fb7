import { ECONOMY_TABLES } from "./economy-tables.ts";
import { EXPERIMENT_TABLES } from "./experiment.ts";
import { BONDS, NEURONS, SUBNETS, WEIGHTS } from "./tables.ts";

/** Physical type of a column. `label` is text from a list that is fixed before the first row (a dictionary). */
export type ColumnType = "bool" | "uint16" | "uint32" | "uint64" | "int64" | "float64" | "label";

/** One column of a trace table; unit, description and source go into the Arrow field's metadata. */
export interface ColumnSchema {
  readonly name: string;
  readonly type: ColumnType;
  /** `rao`, `blocks`, `u16 proportion` (x stands for x / 65535), `I32F32` (x / 2^32), `ratio`, `count`, or `none`. */
  readonly unit: string;
  readonly description: string;
  /** Where the definition of the value is, for example "spec/epoch.md 6.1"; empty for keys. */
  readonly source: string;
}

/** One table of a trace: the file `<name>.arrow` of a run directory. */
export interface TableSchema {
  readonly name: string;
  readonly description: string;
  readonly columns: readonly ColumnSchema[];
}

/** Every table of the trace of a subnet, in the order in which the manifest lists them. */
export const TRACE_TABLES: readonly TableSchema[] = [SUBNETS, NEURONS, BONDS, WEIGHTS];

/** The table with that name. @throws Error for a name that is no table */
export function tableSchema(name: string): TableSchema {
  const tables = [...TRACE_TABLES, ...ECONOMY_TABLES, ...EXPERIMENT_TABLES];
  const found = tables.find((table) => table.name === name);
  if (!found) throw new Error(`no trace table ${name}; tables: ${tables.map((t) => t.name).join(", ")}`);
  return found;
}
