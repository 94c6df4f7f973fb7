import type { SparseRows } from "../../kernels/epoch.ts";

/** A row that takes the place of the whole row of its uid. */
export interface ReplacementRow {
  readonly uid: number;
  readonly uids: Uint16Array;
  readonly values: Uint16Array;
}

/** Where row `uid` begins and ends. */
export function rowRange({ offsets }: SparseRows, uid: number): readonly [start: number, end: number] {
  return [offsets[uid] ?? 0, offsets[uid + 1] ?? 0];
}

/** The same rows with some replaced; entries keep their order. */
export function replaceRows(rows: SparseRows, replacements: readonly ReplacementRow[]): SparseRows {
  const n = rows.offsets.length - 1;
  const replacementOf = new Map(replacements.map((row) => [row.uid, row]));
  const offsets = new Uint32Array(n + 1);
  for (let uid = 0; uid < n; uid++) {
    const [start, end] = rowRange(rows, uid);
    offsets[uid + 1] = (offsets[uid] ?? 0) + (replacementOf.get(uid)?.uids.length ?? end - start);
  }
  const entries = offsets[n] ?? 0;
  const uids = new Uint16Array(entries);
  const values = new Uint16Array(entries);
  for (let uid = 0; uid < n; uid++) {
    const at = offsets[uid] ?? 0;
    const replacement = replacementOf.get(uid);
    const [start, end] = rowRange(rows, uid);
    uids.set(replacement?.uids ?? rows.uids.subarray(start, end), at);
    values.set(replacement?.values ?? rows.values.subarray(start, end), at);
  }
  return { offsets, uids, values };
}
