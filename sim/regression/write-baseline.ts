import { InputError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import { type RunManifest, type TableSchema, tableSchema, type Trace } from "../trace/index.ts";
import {
  type Baseline,
  BASELINE_FORMAT,
  type BaselineSection,
  type BaselineTable,
} from "./baseline-format.ts";
import { columnDigest, TableSum } from "./digest.ts";
import { encodeColumn } from "./encoding.ts";
import { identityColumns } from "./rows.ts";
import { COMPARED_TABLES } from "./tables.ts";
import { type Section, sectionColumns, traceSections } from "./sections.ts";

/** In a table with more rows the values of the columns that nobody named are not kept, only their digests. */
const MOST_ROWS = 20_000;

/**
 * Which columns keep their values, as `table.column`; null = in tables that are not too long all
 * but ratios that another column stands for.
 */
export type KeptColumns = ReadonlySet<string> | null;

/** Reads `neurons.dividends_raw,bonds.bond`. @throws InputError for a column that no table has */
export function keptColumns(names: readonly string[]): KeptColumns {
  if (names.length === 0) return null;
  const known = COMPARED_TABLES.flatMap((table) =>
    table.columns.map((column) => `${table.name}.${column.name}`),
  );
  for (const name of names)
    if (!known.includes(name))
      throw new InputError(
        `--columns: no column ${name}${didYouMean(name, known)} (write table.column, for example neurons.dividends_raw)`,
      );
  return new Set(names);
}

/** What a baseline keeps of a finished run. */
export async function makeBaseline(
  trace: Trace,
  manifest: RunManifest,
  kept: KeptColumns,
): Promise<Baseline> {
  const tables: Record<string, BaselineTable> = {};
  for (const name of Object.keys(manifest.tables).sort((a, b) => (a < b ? -1 : 1)))
    tables[name] = await makeTable(trace, tableSchema(name), manifest.tables[name]?.rows ?? 0, kept);
  const { scenarioHash, seed, protocol, arithmetic, inputs, comparisons } = manifest;
  return {
    format: BASELINE_FORMAT,
    name: manifest.name,
    scenarioHash,
    seed,
    protocol,
    arithmetic,
    inputs,
    comparisons,
    tables,
  };
}

async function makeTable(
  trace: Trace,
  schema: TableSchema,
  rows: number,
  kept: KeptColumns,
): Promise<BaselineTable> {
  const sum = new TableSum(schema);
  const sections: BaselineSection[] = [];
  const earlier = new Map<string, Record<string, string>>();
  for await (const section of traceSections(trace, schema.name)) {
    sum.add(section);
    const before = earlier.get(section.comparison) ?? {};
    const now: Record<string, string> = {};
    sections.push(makeSection(schema, section, { before, now, keeps: keeper(schema, section, rows, kept) }));
    earlier.set(section.comparison, now);
  }
  return { ...sum.end(), sections };
}

/** Whether the values of a column are kept; those that say what a row is about always are when any are. */
function keeper(
  schema: TableSchema,
  section: Section,
  rows: number,
  kept: KeptColumns,
): (name: string) => boolean {
  if (kept === null) {
    const names = new Set(schema.columns.map((column) => column.name));
    const isQuotient = (name: string): boolean =>
      name.endsWith("_ratio") && names.has(name.slice(0, -"_ratio".length));
    return (name) => rows <= MOST_ROWS && !isQuotient(name);
  }
  const identity = identityColumns(section);
  const any = schema.columns.some(({ name }) => kept.has(`${schema.name}.${name}`));
  return (name) => kept.has(`${schema.name}.${name}`) || (any && identity.includes(name));
}

interface Memory {
  /** Digests of the columns in the section before, with the number of rows. */
  readonly before: Readonly<Record<string, string>>;
  /** Filled with those of this one. */
  readonly now: Record<string, string>;
  readonly keeps: (column: string) => boolean;
}

function makeSection(schema: TableSchema, section: Section, { before, now, keeps }: Memory): BaselineSection {
  const values: Record<string, string | readonly string[]> = {};
  const digests: Record<string, string> = {};
  for (const { name } of sectionColumns(schema)) {
    const column = section.columns.get(name);
    if (column?.kind !== "values") continue;
    const digest = columnDigest(column);
    now[name] = `${section.rows} ${digest}`;
    if (before[name] === now[name]) continue;
    if (keeps(name)) values[name] = encodeColumn(column);
    else digests[name] = digest;
  }
  return {
    comparison: section.comparison,
    block: String(section.block),
    epoch: section.epoch,
    rows: section.rows,
    values,
    digests,
  };
}
