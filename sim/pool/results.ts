/** Results of many epochs in one buffer, which moves from thread to thread as a whole. */
import type { EpochOutput } from "../../kernels/epoch.ts";

/** Consecutive results of a batch. */
export interface PackedResults {
  /** The position of the first in the batch. */
  readonly first: number;
  readonly buffer: ArrayBuffer;
  /** Three numbers per result: its place in the buffer in bytes, its neurons, its bonds. */
  readonly directory: Float64Array<ArrayBuffer>;
}

/** u64 and i64 columns, u16 columns, flags of a result. */
const WIDE = 8;
const PROPORTIONS = 5;
const FLAGS = 2;

function resultBytes(n: number, bonds: number): number {
  return (8 * WIDE * n + 4 * (n + 1) + 2 * (PROPORTIONS * n + 2 * bonds) + FLAGS * n + 7) & ~7;
}

/** The arrays of a result as views of the buffer, the ones with wide elements first, so that each is aligned. */
function viewResult(buffer: ArrayBuffer, start: number, n: number, bonds: number): EpochOutput {
  let next = start;
  const take = <T extends ArrayBufferView>(
    type: new (buffer: ArrayBuffer, position: number, length: number) => T,
    length: number,
  ): T => {
    const array = new type(buffer, next, length);
    next += array.byteLength;
    return array;
  };
  return {
    serverEmission: take(BigUint64Array, n),
    validatorEmission: take(BigUint64Array, n),
    emission: take(BigUint64Array, n),
    consensusRaw: take(BigInt64Array, n),
    incentiveRaw: take(BigInt64Array, n),
    dividendsRaw: take(BigInt64Array, n),
    validatorTrustRaw: take(BigInt64Array, n),
    activeStakeRaw: take(BigInt64Array, n),
    bonds: {
      offsets: take(Uint32Array, n + 1),
      uids: take(Uint16Array, bonds),
      values: take(Uint16Array, bonds),
    },
    stakeWeight: take(Uint16Array, n),
    consensus: take(Uint16Array, n),
    incentive: take(Uint16Array, n),
    dividends: take(Uint16Array, n),
    validatorTrust: take(Uint16Array, n),
    active: take(Uint8Array, n),
    newValidatorPermit: take(Uint8Array, n),
  };
}

function bytesOf(array: ArrayBufferView): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** Puts results side by side. */
export function packResults(first: number, outputs: readonly EpochOutput[]): PackedResults {
  const directory = new Float64Array(3 * outputs.length);
  let end = 0;
  for (const [k, { active, bonds }] of outputs.entries()) {
    directory.set([end, active.length, bonds.uids.length], 3 * k);
    end += resultBytes(active.length, bonds.uids.length);
  }
  const buffer = new ArrayBuffer(end);
  for (const [k, { bonds, ...columns }] of outputs.entries()) {
    const [start, n, entries] = directory.subarray(3 * k) as unknown as [number, number, number];
    const view = viewResult(buffer, start, n, entries);
    for (const [name, column] of Object.entries(columns))
      bytesOf(view[name as keyof typeof columns]).set(bytesOf(column));
    for (const name of ["offsets", "uids", "values"] as const)
      bytesOf(view.bonds[name]).set(bytesOf(bonds[name]));
  }
  return { first, buffer, directory };
}

/** The results of a batch in the order of its inputs, whoever computed which. */
export class EpochResults implements Iterable<EpochOutput> {
  readonly length: number;
  readonly #parts: readonly PackedResults[];

  /** @param parts all results, in any order */
  constructor(parts: readonly PackedResults[]) {
    this.#parts = parts.toSorted((a, b) => a.first - b.first);
    this.length = parts.reduce((sum, { directory }) => sum + directory.length / 3, 0);
  }

  /** The results, whose arrays are views of what the threads sent. */
  *[Symbol.iterator](): Iterator<EpochOutput> {
    for (const { buffer, directory } of this.#parts)
      for (let k = 0; k < directory.length; k += 3) {
        const [start, n, entries] = directory.subarray(k) as unknown as [number, number, number];
        yield viewResult(buffer, start, n, entries);
      }
  }
}
