/** Compares what two sides say of the same tables; a side is a run directory or a baseline. */
import type { Comparison, TableResult, TableSchema } from "../trace/index.ts";
import { COMPARED_TABLES } from "./tables.ts";
import { DifferenceCollector } from "./collector.ts";
import { addLonelySection, compareSections, type Tolerances } from "./compare-sections.ts";
import type { Section } from "./sections.ts";

/** One of the two that are compared. */
export interface Side {
  /** How a message calls it. */
  readonly name: string;
  has(table: string): boolean;
  sections(table: string): AsyncIterable<Section>;
  /** What the whole table comes to: tables of equal digests agree, and need not be compared row by row. */
  sum(table: string): Promise<TableSummary>;
}

/** Rows and digest of a table; only digests of the same kind can be compared. */
export interface TableSummary {
  readonly rows: number;
  readonly digest: string;
}

export const NO_TOLERANCE: Tolerances = new Map();

/** Compares every table of both sides. */
export async function compareSides(
  before: Side,
  after: Side,
  tolerances: Tolerances = NO_TOLERANCE,
): Promise<Comparison> {
  const collector = new DifferenceCollector();
  const notes: string[] = [];
  const tables: TableResult[] = [];
  for (const table of COMPARED_TABLES) {
    const [inBefore, inAfter] = [before.has(table.name), after.has(table.name)];
    if (!inBefore && !inAfter) continue;
    if (inBefore && inAfter) tables.push(await compareTable(table, before, after, tolerances, collector));
    else {
      notes.push(`only ${inBefore ? before.name : after.name} has a table ${table.name}`);
      tables.push({ table: table.name, same: false, exact: false, rows: 0 });
    }
  }
  return {
    same: notes.length === 0 && tables.every(({ same }) => same),
    notes,
    first: collector.first,
    spread: collector.spread(),
    tables,
    blocks: collector.blocks,
  };
}

async function compareTable(
  table: TableSchema,
  before: Side,
  after: Side,
  tolerances: Tolerances,
  collector: DifferenceCollector,
): Promise<TableResult> {
  const [old, { rows, digest }] = await Promise.all([before.sum(table.name), after.sum(table.name)]);
  if (old.digest === digest) return { table: table.name, same: true, exact: true, rows };
  let same = true;
  // Sections that wait for the one about the same block on the other side; none when both go in step.
  const waiting = { before: new Map<string, Section>(), after: new Map<string, Section>() };
  const counts = { before: new Map<string, number>(), after: new Map<string, number>() };
  const meet = (side: "before" | "after", section: Section): void => {
    collector.visit(section.block);
    const place = `${section.comparison}\0${section.block}\0${section.epoch ?? ""}`;
    const count = counts[side].get(place) ?? 0;
    counts[side].set(place, count + 1);
    const key = `${place}\0${count}`;
    const other = waiting[side === "before" ? "after" : "before"];
    const partner = other.get(key);
    if (!partner) {
      waiting[side].set(key, section);
      return;
    }
    other.delete(key);
    const [old, now] = side === "before" ? [section, partner] : [partner, section];
    if (!compareSections(table, old, now, tolerances, collector)) same = false;
  };
  const olds = before.sections(table.name)[Symbol.asyncIterator]();
  const news = after.sections(table.name)[Symbol.asyncIterator]();
  for (;;) {
    const [old, now] = await Promise.all([olds.next(), news.next()]);
    if (!old.done) meet("before", old.value);
    if (!now.done) meet("after", now.value);
    if (old.done === true && now.done === true) break;
  }
  for (const side of ["before", "after"] as const)
    for (const section of waiting[side].values()) {
      same = false;
      addLonelySection(table, section, side, collector);
    }
  // Files may differ in what they say beside their values, the version that wrote them.
  return { table: table.name, same, exact: same && tolerances.size === 0, rows };
}
