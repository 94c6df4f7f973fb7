/** The course of the differences of a column over blocks. */
import type { SpreadPoint } from "../trace/index.ts";

/** What differs of a column in one block. */
export interface BlockTally {
  /** Rows that differ; null where the values were not kept. */
  readonly rows: number | null;
  /** Rows that there are. */
  readonly of: number;
  readonly largest: bigint | number | null;
  readonly relative: number | null;
}

/** Points of a course: more cannot be told apart in a picture. */
const MOST_POINTS = 240;

/** The number of the span that a block is in. */
export type Spans = (block: bigint) => bigint;

/** Every block for itself where few differ, else spans of equal length. @param blocks that differ, in any order */
export function spansOf(blocks: readonly bigint[]): Spans {
  if (new Set(blocks).size <= MOST_POINTS) return (block) => block;
  const first = blocks.reduce((a, b) => (b < a ? b : a));
  const last = blocks.reduce((a, b) => (b > a ? b : a));
  const length = (last - first) / BigInt(MOST_POINTS) + 1n;
  return (block) => (block - first) / length;
}

/** The points of one column, in the order of blocks. */
export function courseOf(blocks: ReadonlyMap<bigint, BlockTally>, spans: Spans): SpreadPoint[] {
  const ordered = [...blocks].sort(([a], [b]) => (a < b ? -1 : 1));
  const groups = new Map<bigint, typeof ordered>();
  for (const entry of ordered) {
    const span = spans(entry[0]);
    const group = groups.get(span);
    if (group) group.push(entry);
    else groups.set(span, [entry]);
  }
  return [...groups.values()].map((group) => {
    const tallies = group.map(([, tally]) => tally);
    const most = tallies.reduce((a, b) => ((b.rows ?? 0) > (a.rows ?? 0) ? b : a));
    const largest = tallies.reduce<bigint | number | null>((sofar, one) => larger(sofar, one.largest), null);
    return {
      firstBlock: String(group[0]?.[0]),
      lastBlock: String(group.at(-1)?.[0]),
      rows: most.rows,
      of: most.of,
      largest: largest === null ? null : String(largest),
      relative: tallies.reduce<number | null>((sofar, one) => larger(sofar, one.relative), null),
    };
  });
}

/** The larger of two; what is known where one is not. */
export function larger<T extends bigint | number>(a: T | null, b: T | null): T | null {
  if (a === null || b === null) return a ?? b;
  return b > a ? b : a;
}
