import { readFile } from "node:fs/promises";
import { z } from "zod";
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
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (error) {
    throw new InputError(`${path}: is no JSON (${(error as Error).message}); ${AGAIN}`, { cause: error });
  }
  const read = baselineShape.safeParse(found);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new InputError(
    `${path}: is no baseline of the format "${BASELINE_FORMAT}" (${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}); ${AGAIN}`,
  );
}

const AGAIN = "write it again with --update";

const texts = z.record(z.string(), z.string());

const baselineShape: z.ZodType<Baseline> = z.object({
  format: z.literal(BASELINE_FORMAT),
  name: z.string(),
  scenarioHash: z.string(),
  seed: z.string(),
  protocol: z.string(),
  arithmetic: z.string(),
  inputs: z.array(z.object({ path: z.string(), sha256: z.string() })),
  comparisons: z.array(z.string()),
  tables: z.record(
    z.string(),
    z.object({
      rows: z.int(),
      digest: z.string(),
      sections: z.array(
        z.object({
          comparison: z.string(),
          block: z.string().regex(/^\d+$/),
          epoch: z.int().nullable(),
          rows: z.int(),
          values: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
          digests: texts,
        }),
      ),
    }),
  ),
});

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
