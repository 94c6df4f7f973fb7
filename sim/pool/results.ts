/** Results of many epochs in one piece of shared memory: threads write them where the caller reads them. */
import type { EpochOutput } from "../../kernels/epoch.ts";
import { makeOutput } from "../../kernels/exact/output.ts";
import type { SharedBatch } from "../../kernels/exact/shared.ts";
import type { ExactSubnet } from "../../kernels/exact/subnet.ts";

// An epoch's record: its neurons, the bonds that its place has room for, its place in bytes, its bonds.
const NEURONS = 0;
const ROOM = 1;
const PLACE = 2;
const BONDS = 3;
const RECORD = 4;

/** Arrays that begin at multiples of this may have elements of any type. */
const ALIGNMENT = 8;
const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

/** Bytes of a neuron's results, without bonds: eight columns of 8, offsets, five columns of 2, two of 1. */
const NEURON_BYTES = 8 * 8 + 4 + 5 * 2 + 2;
const COLUMNS = 8 + 1 + 5 + 2;
const BOND_COLUMNS = 2;

/** Upper bound of what a result takes. */
function resultBytes(n: number, bonds: number): number {
  return aligned(NEURON_BYTES * n + 4 + 4 * bonds) + ALIGNMENT * (COLUMNS + BOND_COLUMNS);
}

/** The results of a batch in the order of its inputs, whoever computes which. Also memory for the next results. */
export class EpochResults implements Iterable<EpochOutput> {
  /** What a thread needs to open the results with `new EpochResults(memory, length)`. */
  readonly memory: SharedArrayBuffer;
  /** Number of epochs. */
  readonly length: number;
  readonly #records: Float64Array;

  constructor(memory: SharedArrayBuffer, length: number) {
    this.memory = memory;
    this.length = length;
    this.#records = new Float64Array(memory, 0, RECORD * length);
  }

  /**
   * Memory for the results of a batch, with room for a bond of every weight and every stored bond. The system provides
   * the part that is written, when it is written.
   */
  static of(batch: SharedBatch): EpochResults {
    const records = new Float64Array(RECORD * batch.length);
    let end = records.byteLength;
    for (let k = 0; k < batch.length; k++) {
      const { n, weights, bonds } = batch.input(k);
      const room = weights.uids.length + bonds.uids.length;
      records.set([n, room, end, 0], RECORD * k);
      end += resultBytes(n, room);
    }
    const results = new EpochResults(new SharedArrayBuffer(end), batch.length);
    results.#records.set(records);
    return results;
  }

  #field(k: number, field: number): number {
    return this.#records[RECORD * k + field] as number;
  }

  /** The arrays of result k, which lie one behind the other. */
  #view(k: number): EpochOutput {
    let next = this.#field(k, PLACE);
    return makeOutput(this.#field(k, NEURONS), this.#field(k, BONDS), (type, length) => {
      const array = new type(this.memory, next, length);
      next += aligned(array.byteLength);
      return array;
    });
  }

  /**
   * Copies what a subnet computed last over result k.
   * @throws {RangeError} if this memory was made for a batch that differs in neurons or has fewer weights and bonds
   */
  write(k: number, subnet: ExactSubnet): void {
    const bonds = subnet.countNewBonds();
    const n = this.#field(k, NEURONS);
    const room = this.#field(k, ROOM);
    if (subnet.n !== n || bonds > room)
      throw new RangeError(
        `result ${k} has ${subnet.n} neurons and ${bonds} bonds; its memory was made for ${n} and at most ${room}`,
      );
    this.#records[RECORD * k + BONDS] = bonds;
    subnet.readInto(this.#view(k));
  }

  /** The results; their arrays are views of the memory. */
  *[Symbol.iterator](): Iterator<EpochOutput> {
    for (let k = 0; k < this.length; k++) yield this.#view(k);
  }
}
