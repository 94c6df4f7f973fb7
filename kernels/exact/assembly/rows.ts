// Sparse rows of I32F32 in working memory: u32 start per row (n + 1 of them), u16 uid and i64 value per entry.
import { aligned, at16, at32, at64, work } from "./subnet";

@unmanaged
export class Rows {
  starts: usize;
  uids: usize;
  values: usize;
}

/** Bytes of working memory that rows of this size take. */
export function rowsBytes(n: i32, entries: i32): usize {
  return aligned(offsetof<Rows>()) + aligned(usize(n + 1) * 4) + aligned(usize(entries) * 2) + aligned(usize(entries) * 8);
}

/** Rows with room for `entries` entries, none filled. */
export function newRows(n: i32, entries: i32): Rows {
  const rows = changetype<Rows>(work(offsetof<Rows>()));
  rows.starts = work(usize(n + 1) * 4);
  rows.uids = work(usize(entries) * 2);
  rows.values = work(usize(entries) * 8);
  store<u32>(rows.starts, 0);
  return rows;
}

// @ts-ignore: decorator
@inline
export function rowStart(rows: Rows, row: i32): i32 {
  return load<i32>(at32(rows.starts, row));
}
/** Declares that row `row` ends before `end`, where the next one starts. */
// @ts-ignore: decorator
@inline
export function endRow(rows: Rows, row: i32, end: i32): void {
  store<i32>(at32(rows.starts, row + 1), end);
}
// @ts-ignore: decorator
@inline
export function entryUid(rows: Rows, k: i32): i32 {
  return i32(load<u16>(at16(rows.uids, k)));
}
// @ts-ignore: decorator
@inline
export function entryValue(rows: Rows, k: i32): i64 {
  return load<i64>(at64(rows.values, k));
}
// @ts-ignore: decorator
@inline
export function setEntryValue(rows: Rows, k: i32, value: i64): void {
  store<i64>(at64(rows.values, k), value);
}
// @ts-ignore: decorator
@inline
export function setEntry(rows: Rows, k: i32, uid: i32, value: i64): void {
  store<u16>(at16(rows.uids, k), u16(uid));
  store<i64>(at64(rows.values, k), value);
}
