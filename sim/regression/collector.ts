/** Gathers the differences of one comparison: the first one, and how far each column spreads. */
import type { ColumnSchema, ColumnSpread, Comparison, Difference, TableSchema } from "../trace/index.ts";
import { type BlockTally, courseOf, larger, spansOf } from "./course.ts";
import { COMPARED_TABLES } from "./tables.ts";

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
  readonly blocks: Map<bigint, BlockTally>;
}

/** What is added for one column of one section. */
export interface SectionDifference {
  readonly table: TableSchema;
  readonly column: ColumnSchema | null;
  readonly block: bigint;
  /** Rows that differ; null where they cannot be counted. */
  readonly rows: number | null;
  /** Rows of the section. */
  readonly of: number;
  /** The largest difference; null where there is no such thing, or it is not known. */
  readonly largest: bigint | number | null;
  /** The largest difference as a part of the larger of its two values. */
  readonly relative: number | null;
  /** The first of them. */
  readonly first: () => Difference;
}

export class DifferenceCollector {
  readonly #tallies = new Map<string, Tally>();
  #first: { readonly block: bigint; readonly rank: Rank; readonly difference: Difference } | null = null;

  #firstBlock: bigint | null = null;
  #lastBlock: bigint | null = null;

  /** A block of a table that is compared row by row, whether or not anything differs in it. */
  visit(block: bigint): void {
    if (this.#firstBlock === null || block < this.#firstBlock) this.#firstBlock = block;
    if (this.#lastBlock === null || block > this.#lastBlock) this.#lastBlock = block;
  }

  add({ table, column, block, rows, of, largest, relative, first }: SectionDifference): void {
    const key = `${table.name}\0${column?.name ?? ""}`;
    const tally: Tally = this.#tallies.get(key) ?? {
      table: table.name,
      column: column?.name ?? null,
      blocks: new Map(),
    };
    this.#tallies.set(key, tally);
    // A block has a section per comparison.
    const known = tally.blocks.get(block);
    tally.blocks.set(block, {
      rows: rows === null || known?.rows === null ? null : (known?.rows ?? 0) + rows,
      of: (known?.of ?? 0) + of,
      largest: larger(known?.largest ?? null, largest),
      relative: larger(known?.relative ?? null, relative),
    });
    const rank = columnRank(table, column);
    const best = this.#first;
    if (!best || block < best.block || (block === best.block && isBefore(rank, best.rank)))
      this.#first = { block, rank, difference: first() };
  }

  get first(): Difference | null {
    return this.#first?.difference ?? null;
  }

  /** First and last block of all that were visited. */
  get blocks(): Comparison["blocks"] {
    const [first, last] = [this.#firstBlock, this.#lastBlock];
    return first === null || last === null ? null : { first: String(first), last: String(last) };
  }

  /** Per column, in the order of the tables. */
  spread(): ColumnSpread[] {
    const place = ({ table, column }: Tally): number => {
      const position = COMPARED_TABLES.findIndex(({ name }) => name === table);
      const columns = COMPARED_TABLES[position]?.columns ?? [];
      return position * AT_THE_END + columns.findIndex(({ name }) => name === column);
    };
    const tallies = [...this.#tallies.values()].sort((a, b) => place(a) - place(b));
    const spans = spansOf(tallies.flatMap(({ blocks }) => [...blocks.keys()]));
    return tallies.map(({ table, column, blocks }) => {
      const places = [...blocks.keys()];
      const found = [...blocks.values()];
      const largest = found.reduce<bigint | number | null>((most, one) => larger(most, one.largest), null);
      return {
        table,
        column,
        rows: found.some(({ rows }) => rows === null)
          ? null
          : found.reduce((sum, { rows }) => sum + (rows ?? 0), 0),
        blocks: blocks.size,
        firstBlock: String(places.reduce((a, b) => (b < a ? b : a))),
        lastBlock: String(places.reduce((a, b) => (b > a ? b : a))),
        largest: largest === null ? null : String(largest),
        course: courseOf(blocks, spans),
      };
    });
  }
}
