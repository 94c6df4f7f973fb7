import { ECONOMY_TABLES, type TableSchema, TRACE_TABLES } from "../trace/index.ts";

/** Every table that a run can have, of a subnet or of a whole economy. */
export const COMPARED_TABLES: readonly TableSchema[] = [...TRACE_TABLES, ...ECONOMY_TABLES];
