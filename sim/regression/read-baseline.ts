import { readFile } from "node:fs/promises";
import { InputError } from "../errors.ts";
import { tableSchema } from "../trace/index.ts";
import { type Baseline, BASELINE_FORMAT, type BaselineTable } from "./baseline-format.ts";
import type { Side } from "./compare.ts";
import { decodeColumn } from "./encoding.ts";
import { type Section, type SectionColumn, sectionColumns } from "./sections.ts";

/** Reads a baseline file; null when there is none. @throws InputError when the file is no baseline */
export async function readBaseline(path: string): Promise<Baseline | null> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  let found: Partial<Baseline> | null;
  try {
    found = JSON.parse(text) as Partial<Baseline> | null;
  } catch (error) {
    throw new InputError(`${path}: is no JSON (${(error as Error).message}); write it again with --update`, {
      cause: error,
    });
  }
  if (found?.format !== BASELINE_FORMAT)
    throw new InputError(
      `${path}: found format ${JSON.stringify(found?.format ?? null)}; allowed: "${BASELINE_FORMAT}"; write it again with --update`,
    );
  return found as Baseline;
}

/** A baseline as one of two sides of a comparison. */
export function baselineSide({ tables }: Baseline, name: string): Side {
  return {
    name,
    has: (table) => Object.hasOwn(tables, table),
    sections: (table) => sectionsOf(table, tables[table]),
    sum: (table) => {
      const { rows, digest } = tables[table] ?? { rows: 0, digest: "" };
      return Promise.resolve({ rows, digest });
    },
  };
}

async function* sectionsOf(name: string, table: BaselineTable | undefined): AsyncGenerator<Section> {
  const columns = sectionColumns(tableSchema(name));
  const earlier = new Map<string, Map<string, SectionColumn>>();
  for (const { comparison, block, epoch, rows, values, digests } of table?.sections ?? []) {
    const now = new Map(earlier.get(comparison));
    for (const column of columns) {
      const written = values[column.name];
      const digest = digests[column.name];
      if (written !== undefined) now.set(column.name, decodeColumn(column.type, written));
      else if (digest !== undefined) now.set(column.name, { kind: "digest", digest });
    }
    earlier.set(comparison, now);
    yield { comparison, block: BigInt(block), epoch, rows, columns: now };
  }
}
