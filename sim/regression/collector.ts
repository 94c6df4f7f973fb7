/** Gathers the differences of one comparison: the first one, and how far each column spreads. */
import { type ColumnSchema, type TableSchema } from "../trace/index.ts";
import { COMPARED_TABLES } from "./tables.ts";
import type { ColumnSpread, Difference } from "./difference.ts";

/** The place of a difference in the order of a block's computation; smaller comes first. */
type Rank = readonly number[];

const AT_THE_END = 1_000;

/** Pages of the protocol's description in the order in which the tables first name them. */
function pageOf(source: string): string {
  return source.split(" ")[0] ?? "";
}

const PAGES: readonly string[] = [
  ...new Set(COMPARED_TABLES.flatMap(({ columns }) => columns.map(({ source }) => pageOf(source)))),
].filter((page) => page !== "");

/** `spec/epoch.md 6.1` to page, 6, 1; what has no definition comes last. */
function sourceRank(source: string): Rank {
  const [page, section = ""] = source.split(" ");
  const position = PAGES.indexOf(page ?? "");
  if (position < 0) return [AT_THE_END, 0, 0];
  const [major = 0, minor = 0] = section.split(".").map(Number);
  return [position, major, minor];
}

/** Whether a table is about single neurons: a sum over a subnet says less, and comes after them. */
function tellsNeurons({ columns }: TableSchema): boolean {
  return columns.some(({ name }) => name === "uid" || name === "miner_uid");
}

/**
 * The order inside a block: by the section of the protocol that computes the value, then by table and column; the value
 * before its conversion to u16 first, since it says more.
 */
function columnRank(table: TableSchema, column: ColumnSchema | null): Rank {
  const tableRank = [tellsNeurons(table) ? 0 : 1, COMPARED_TABLES.indexOf(table)];
  if (!column) return [AT_THE_END + 1, 0, 0, ...tableRank, 0, 0];
  const precision = column.unit === "I32F32" ? 0 : column.type === "float64" ? 2 : 1;
  return [...sourceRank(column.source), ...tableRank, precision, table.columns.indexOf(column)];
}

function isBefore(a: Rank, b: Rank): boolean {
  for (const [position, value] of a.entries()) {
    const other = b[position] ?? 0;
    if (value !== other) return value < other;
  }
  return false;
}

interface Tally {
  readonly table: string;
  readonly column: string | null;
  rows: number | null;
  blocks: number;
  firstBlock: bigint;
  lastBlock: bigint;
  largest: bigint | number | null;
}

/** What is added for one column of one section. */
export interface SectionDifference {
  readonly table: TableSchema;
  readonly column: ColumnSchema | null;
  readonly block: bigint;
  /** Rows that differ; null where they cannot be counted. */
  readonly rows: number | null;
  readonly largest: bigint | number | null;
  /** The first of them. */
  readonly first: () => Difference;
}

export class DifferenceCollector {
  readonly #tallies = new Map<string, Tally>();
  #first: { readonly block: bigint; readonly rank: Rank; readonly difference: Difference } | null = null;

  add({ table, column, block, rows, largest, first }: SectionDifference): void {
    const key = `${table.name}\0${column?.name ?? ""}`;
    const tally: Tally = this.#tallies.get(key) ?? {
      table: table.name,
      column: column?.name ?? null,
      rows: 0,
      blocks: 0,
      firstBlock: block,
      lastBlock: block,
      largest: null,
    };
    this.#tallies.set(key, tally);
    tally.rows = tally.rows === null || rows === null ? null : tally.rows + rows;
    tally.blocks++;
    if (block < tally.firstBlock) tally.firstBlock = block;
    if (block > tally.lastBlock) tally.lastBlock = block;
    if (largest !== null && (tally.largest === null || largest > tally.largest)) tally.largest = largest;
    const rank = columnRank(table, column);
    const best = this.#first;
    if (!best || block < best.block || (block === best.block && isBefore(rank, best.rank)))
      this.#first = { block, rank, difference: first() };
  }

  get first(): Difference | null {
    return this.#first?.difference ?? null;
  }

  /** Per column, in the order of the tables. */
  spread(): ColumnSpread[] {
    const place = ({ table, column }: Tally): number => {
      const position = COMPARED_TABLES.findIndex(({ name }) => name === table);
      const columns = COMPARED_TABLES[position]?.columns ?? [];
      return position * AT_THE_END + columns.findIndex(({ name }) => name === column);
    };
    return [...this.#tallies.values()]
      .sort((a, b) => place(a) - place(b))
      .map(({ firstBlock, lastBlock, largest, ...rest }) => ({
        ...rest,
        firstBlock: String(firstBlock),
        lastBlock: String(lastBlock),
        largest: largest === null ? null : String(largest),
      }));
  }
}
