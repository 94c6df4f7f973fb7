/** Epoch inputs whose arrays lie in shared memory, so that threads read them without a copy. */
import type { EpochInput, SparseRows } from "../epoch.ts";

type Column = BigUint64Array | Uint8Array | Uint16Array | Uint32Array;

/** The same array in shared memory; itself if it lies there already. One array that is used twice is moved once. */
function share<T extends Column>(array: T, moved: Map<Column, Column>): T {
  if (array.buffer instanceof SharedArrayBuffer) return array;
  const known = moved.get(array);
  if (known !== undefined) return known as T;
  const buffer = new SharedArrayBuffer(array.byteLength);
  const copy = new (array.constructor as new (buffer: SharedArrayBuffer) => T)(buffer);
  copy.set(array as never);
  moved.set(array, copy);
  return copy;
}

/** Puts the arrays of a batch into shared memory. Replicas that name the same rows go on naming the same. */
export function shareInputs(inputs: readonly EpochInput[]): EpochInput[] {
  const moved = new Map<Column, Column>();
  const rowsMoved = new Map<SparseRows, SparseRows>();
  const shareRows = (rows: SparseRows): SparseRows => {
    let shared = rowsMoved.get(rows);
    if (shared === undefined) {
      shared = {
        offsets: share(rows.offsets, moved),
        uids: share(rows.uids, moved),
        values: share(rows.values, moved),
      };
      rowsMoved.set(rows, shared);
    }
    return shared;
  };
  return inputs.map((input) => ({
    ...input,
    alphaStake: share(input.alphaStake, moved),
    taoStake: share(input.taoStake, moved),
    lastUpdate: share(input.lastUpdate, moved),
    blockAtRegistration: share(input.blockAtRegistration, moved),
    commitBlocks: share(input.commitBlocks, moved),
    validatorPermit: share(input.validatorPermit, moved),
    weights: shareRows(input.weights),
    bonds: shareRows(input.bonds),
  }));
}
