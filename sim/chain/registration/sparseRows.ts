/** Taking rows and columns out of bonds (spec/subnets.md 8 and 9, spec/epoch.md 11). Rows are never changed in place. */
import type { SparseRows } from "../../../kernels/epoch.ts";

/** Entries of a row as [uid, value]. */
function* entriesOf(
  { offsets, uids, values }: SparseRows,
  row: number,
): Generator<readonly [number, number]> {
  const end = offsets[row + 1] ?? 0;
  for (let i = offsets[row] ?? 0; i < end; i++) yield [uids[i] ?? 0, values[i] ?? 0];
}

/** Rows from lists of [uid, value]. */
export function sparseRows(rows: readonly (readonly (readonly [number, number])[])[]): SparseRows {
  const offsets = new Uint32Array(rows.length + 1);
  for (const [i, row] of rows.entries()) offsets[i + 1] = (offsets[i] ?? 0) + row.length;
  const entries = rows.flat();
  return {
    offsets,
    uids: Uint16Array.from(entries, ([uid]) => uid),
    values: Uint16Array.from(entries, ([, value]) => value),
  };
}

const rowCount = ({ offsets }: SparseRows): number => offsets.length - 1;

/** The same rows, row `uid` empty. */
export function withoutRow(rows: SparseRows, uid: number): SparseRows {
  if (uid >= rowCount(rows) || rows.offsets[uid] === rows.offsets[uid + 1]) return rows;
  return sparseRows(
    Array.from({ length: rowCount(rows) }, (_, row) => (row === uid ? [] : [...entriesOf(rows, row)])),
  );
}

/** The same rows without entries that point to `uid`. */
export function withoutColumn(rows: SparseRows, uid: number): SparseRows {
  return sparseRows(
    Array.from({ length: rowCount(rows) }, (_, row) =>
      [...entriesOf(rows, row)].filter(([target]) => target !== uid),
    ),
  );
}

/** The rows of `kept` (old uids, ascending) under their new uids; entries to others are gone. */
export function renumbered(rows: SparseRows, kept: readonly number[]): SparseRows {
  const newUid = new Map(kept.map((uid, i) => [uid, i]));
  return sparseRows(
    kept.map((row) =>
      row >= rowCount(rows)
        ? []
        : [...entriesOf(rows, row)].flatMap(([target, value]) => {
            const uid = newUid.get(target);
            return uid === undefined ? [] : [[uid, value] as const];
          }),
    ),
  );
}
