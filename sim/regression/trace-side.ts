import { type Trace, tableSchema } from "../trace/index.ts";
import { InputError } from "../errors.ts";
import type { Side, TableSummary } from "./compare.ts";
import { TableSum } from "./digest.ts";
import { traceSections } from "./sections.ts";

/** A run directory whose tables are summed up by their values, as a baseline sums them up. */
export function traceSide(trace: Trace, name: string): Side {
  return {
    name,
    has: (table) => trace.has(table),
    sections: (table) => traceSections(trace, table),
    sum: async (table) => {
      const sum = new TableSum(tableSchema(table));
      for await (const section of traceSections(trace, table)) sum.add(section);
      return sum.end();
    },
  };
}

/** A run directory whose tables are summed up by the digests of their files, which run.json has: no reading. */
export function finishedTraceSide(trace: Trace, name: string): Side {
  const { manifest } = trace;
  if (!manifest)
    throw new InputError(`${trace.directory}: the run has not ended; compare it when it has a run.json`);
  return {
    ...traceSide(trace, name),
    sum: (table): Promise<TableSummary> => {
      const { rows, sha256 } = manifest.tables[table] ?? { rows: 0, sha256: "" };
      return Promise.resolve({ rows, digest: sha256 });
    },
  };
}
