import type { ColumnSchema, Difference, ShownValue, TableSchema } from "../trace/index.ts";
import type { DifferenceCollector } from "./collector.ts";
import { columnDigest } from "./digest.ts";
import { identityColumns, pairRows, type RowPair, rowIdentity } from "./rows.ts";
import { type Section, sectionColumns, type SectionColumn, type SectionValues } from "./sections.ts";
import { shownValue } from "./values.ts";

/** The largest difference that counts as none, by `table.column`, in the unit of the column. */
export type Tolerances = ReadonlyMap<string, number>;

const A_ROW: ShownValue = { decimal: "a row", hex: null, ratio: null };

/** Compares two sections about the same block; adds what differs. @returns whether nothing does */
export function compareSections(
  table: TableSchema,
  before: Section,
  after: Section,
  tolerances: Tolerances,
  collector: DifferenceCollector,
): boolean {
  const about = {
    table: table.name,
    comparison: after.comparison,
    block: String(after.block),
    epoch: after.epoch,
  };
  const identity = identityColumns(before).filter((name) => after.columns.get(name)?.kind === "values");
  let pairs: RowPair[] | null = null;
  const alignment = (): RowPair[] => (pairs ??= pairRows(before, after, identity));
  let same = true;

  const inStep = before.rows === after.rows && haveSameRows(before, after, identity);
  const lonely = inStep ? [] : alignment().filter((pair) => pair.before === null || pair.after === null);
  const [loneliest] = lonely;
  if (loneliest) {
    same = false;
    const section = loneliest.before === null ? after : before;
    collector.add({
      table,
      column: null,
      block: after.block,
      rows: lonely.length,
      of: Math.max(before.rows, after.rows),
      largest: null,
      relative: null,
      first: () => ({
        ...about,
        row: rowIdentity(section, identity, loneliest.before ?? loneliest.after ?? 0),
        column: null,
        source: "",
        before: section === before ? A_ROW : null,
        after: section === after ? A_ROW : null,
      }),
    });
  }

  for (const column of sectionColumns(table)) {
    const [old, now] = [before.columns.get(column.name), after.columns.get(column.name)];
    if (!old || !now || isSameColumn(old, now)) continue;
    if (old.kind === "digest" || now.kind === "digest") {
      same = false;
      collector.add({
        table,
        column,
        block: after.block,
        rows: null,
        of: after.rows,
        largest: null,
        relative: null,
        first: () => ({
          ...about,
          row: null,
          column: column.name,
          source: column.source,
          before: null,
          after: null,
        }),
      });
      continue;
    }
    const tolerance = tolerances.get(`${table.name}.${column.name}`) ?? 0;
    const found = differingRows(column, old, now, alignment(), tolerance);
    const [first] = found.rows;
    if (!first) continue;
    same = false;
    collector.add({
      table,
      column,
      block: after.block,
      rows: found.rows.length,
      of: after.rows,
      largest: found.largest,
      relative: found.relative,
      first: (): Difference => ({
        ...about,
        row: rowIdentity(after, identity, first.after ?? 0),
        column: column.name,
        source: column.source,
        before: shown(column, old, first.before ?? 0),
        after: shown(column, now, first.after ?? 0),
      }),
    });
  }
  return same;
}

/** A whole section that only one side has. */
export function addLonelySection(
  table: TableSchema,
  section: Section,
  side: "before" | "after",
  collector: DifferenceCollector,
): void {
  const row: ShownValue = section.rows === 1 ? A_ROW : { ...A_ROW, decimal: `${section.rows} rows` };
  collector.add({
    table,
    column: null,
    block: section.block,
    rows: section.rows,
    of: section.rows,
    largest: null,
    relative: null,
    first: () => ({
      table: table.name,
      comparison: section.comparison,
      block: String(section.block),
      epoch: section.epoch,
      row: rowIdentity(section, identityColumns(section), 0),
      column: null,
      source: "",
      before: side === "before" ? row : null,
      after: side === "after" ? row : null,
    }),
  });
}

function haveSameRows(before: Section, after: Section, identity: readonly string[]): boolean {
  return identity.every((name) => {
    const [old, now] = [before.columns.get(name), after.columns.get(name)];
    return old !== undefined && now !== undefined && isSameColumn(old, now);
  });
}

/** Bit for bit; so a NaN equals itself, and zero is not minus zero. */
function isSameColumn(a: SectionColumn, b: SectionColumn): boolean {
  if (a.kind === "digest" || b.kind === "digest" || a.labels || b.labels)
    return columnDigest(a) === columnDigest(b);
  return Buffer.compare(bytesOf(a), bytesOf(b)) === 0;
}

function bytesOf({ array }: SectionValues): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

function shown(column: ColumnSchema, { array, labels }: SectionValues, row: number): ShownValue {
  const value = array[row] ?? 0;
  return shownValue(column, value, labels ? (labels[Number(value)] ?? "") : null);
}

function differingRows(
  column: ColumnSchema,
  before: SectionValues,
  after: SectionValues,
  pairs: readonly RowPair[],
  tolerance: number,
): {
  readonly rows: readonly RowPair[];
  readonly largest: bigint | number | null;
  readonly relative: number | null;
} {
  let largest: bigint | number | null = null;
  let relative: number | null = null;
  const rows = pairs.filter((pair) => {
    if (pair.before === null || pair.after === null) return false;
    const [old, now] = [before.array[pair.before] ?? 0, after.array[pair.after] ?? 0];
    if (before.labels || after.labels) return before.labels?.[Number(old)] !== after.labels?.[Number(now)];
    if (Object.is(old, now)) return false;
    const distance = distanceOf(old, now);
    // A distance that is no number is never within a tolerance.
    if (distance <= tolerance && tolerance > 0) return false;
    if (largest === null || distance > largest) largest = distance;
    const part = Number(distance) / Math.max(Math.abs(Number(old)), Math.abs(Number(now)));
    if (Number.isFinite(part) && (relative === null || part > relative)) relative = part;
    return true;
  });
  return column.type === "bool" ? { rows, largest: null, relative: null } : { rows, largest, relative };
}

function distanceOf(a: number | bigint, b: number | bigint): number | bigint {
  if (typeof a === "bigint" && typeof b === "bigint") return a > b ? a - b : b - a;
  return Math.abs(Number(a) - Number(b));
}
