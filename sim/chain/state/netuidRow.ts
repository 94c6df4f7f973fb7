/**
 * Numbers of up to 128 bits by netuid, side by side: what a root claim reads of every subnet then lies in one place, and
 * the kernel takes it over with one copy.
 */
import type { Journal } from "./journal.ts";
import type { Netuid } from "./network.ts";

export interface NetuidRow {
  /** 0 or 1 by netuid: whether there is a number. The arrays end where the row was never written. */
  has: Uint8Array<ArrayBuffer>;
  /** Lower words, 0 where there is no number. */
  low: BigUint64Array<ArrayBuffer>;
  /** Upper words; null while all are 0. */
  high: BigUint64Array<ArrayBuffer> | null;
}

const WORD_MASK = (1n << 64n) - 1n;

/** A row without numbers. @param capacity netuids it has room for; it grows */
export const emptyRow = (capacity: number): NetuidRow => ({
  has: new Uint8Array(capacity),
  low: new BigUint64Array(capacity),
  high: null,
});

/** The number of a netuid, undefined where there is none. */
export function rowGet({ has, low, high }: NetuidRow, netuid: Netuid): bigint | undefined {
  if (has[netuid] !== 1) return undefined;
  return ((high?.[netuid] ?? 0n) << 64n) | (low[netuid] ?? 0n);
}

/** Makes room for `capacity` netuids. */
export function rowReserve(journal: Journal, row: NetuidRow, capacity: number): void {
  if (row.has.length >= capacity) return;
  const { has, low } = emptyRow(capacity);
  has.set(row.has);
  low.set(row.low);
  journal.set(row, "has", has);
  journal.set(row, "low", low);
  if (row.high === null) return;
  const upper = new BigUint64Array(capacity);
  upper.set(row.high);
  journal.set(row, "high", upper);
}

/** @param value below 2^128 */
export function rowSet(journal: Journal, row: NetuidRow, netuid: Netuid, value: bigint): void {
  rowReserve(journal, row, netuid + 1);
  const upper = value >> 64n;
  if (upper !== 0n && row.high === null) journal.set(row, "high", new BigUint64Array(row.has.length));
  if (row.has[netuid] !== 1) journal.set(row.has, netuid, 1);
  journal.set(row.low, netuid, value & WORD_MASK);
  if (row.high !== null) journal.set(row.high, netuid, upper);
}

export function rowDelete(journal: Journal, row: NetuidRow, netuid: Netuid): void {
  if (row.has[netuid] !== 1) return;
  rowSet(journal, row, netuid, 0n);
  journal.set(row.has, netuid, 0);
}

/** Netuids that have a number, ascending. */
export function rowNetuids({ has }: NetuidRow): Netuid[] {
  const netuids: Netuid[] = [];
  for (let netuid = has.indexOf(1); netuid !== -1; netuid = has.indexOf(1, netuid + 1)) netuids.push(netuid);
  return netuids;
}
