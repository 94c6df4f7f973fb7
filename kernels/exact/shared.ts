/** A batch of epoch inputs in one piece of shared memory, so that threads read them without a copy. */
import type { EpochInput, SparseRows } from "../epoch.ts";

type Column = BigUint64Array | Uint8Array | Uint16Array | Uint32Array;

const WHOLES = [
  "block",
  "activityCutoff",
  "lastMechanismStepBlock",
  "bondsMovingAverage",
  "stakeThreshold",
  "taoWeight",
  "raoEmission",
] as const;
const NUMBERS = [
  "n",
  "tempo",
  "kappa",
  "bondsPenalty",
  "alphaLow",
  "alphaHigh",
  "alphaSigmoidSteepness",
  "maxAllowedValidators",
] as const;
const FLAGS = ["yuma3", "liquidAlpha", "commitReveal"] as const;
const COLUMNS64 = ["alphaStake", "taoStake", "lastUpdate", "blockAtRegistration", "commitBlocks"] as const;

// An epoch's record: 8 bytes per scalar, then per array its position in bytes, and per set of rows its entries.
const NUMBERS_AT = WHOLES.length;
const FLAGS_AT = NUMBERS_AT + NUMBERS.length;
const OWNER_AT = FLAGS_AT + FLAGS.length;
const COLUMNS_AT = OWNER_AT + 1;
const PERMITS_AT = COLUMNS_AT + COLUMNS64.length;
const WEIGHTS_AT = PERMITS_AT + 1;
const BONDS_AT = WEIGHTS_AT + 4;
const RECORD = BONDS_AT + 4;

const aligned = (bytes: number): number => (bytes + 7) & ~7;

/** Gives every array of the inputs a position; one that several inputs name (replicas of a subnet) gets one. */
class Positions {
  readonly #known = new Map<Column, number>();
  end: number;

  constructor(start: number) {
    this.end = start;
  }

  of(array: Column): number {
    let position = this.#known.get(array);
    if (position === undefined) {
      position = this.end;
      this.#known.set(array, position);
      this.end += aligned(array.byteLength);
    }
    return position;
  }

  copyTo(memory: SharedArrayBuffer): void {
    const bytes = new Uint8Array(memory);
    for (const [array, position] of this.#known)
      bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), position);
  }
}

/** Epoch inputs that live in shared memory; made once, run as often as wanted. */
export class SharedBatch {
  /** What a thread needs to open the batch with `new SharedBatch(memory, length)`. */
  readonly memory: SharedArrayBuffer;
  /** Number of epochs. */
  readonly length: number;
  readonly #wholes: BigInt64Array;
  readonly #numbers: Float64Array;
  /** The two sets of rows that were read last: mostly weights and bonds of one input. */
  #latestRows: readonly SparseRows[] = [];

  constructor(memory: SharedArrayBuffer, length: number) {
    this.memory = memory;
    this.length = length;
    this.#wholes = new BigInt64Array(memory, 0, length * RECORD);
    this.#numbers = new Float64Array(memory, 0, length * RECORD);
  }

  /** Copies inputs into shared memory. */
  static of(inputs: readonly EpochInput[]): SharedBatch {
    const positions = new Positions(inputs.length * RECORD * 8);
    const arrays = inputs.map((input) => [
      ...COLUMNS64.map((name) => positions.of(input[name])),
      positions.of(input.validatorPermit),
      ...[input.weights, input.bonds].flatMap(({ offsets, uids, values }) => [
        positions.of(offsets),
        positions.of(uids),
        positions.of(values),
        uids.length,
      ]),
    ]);
    const batch = new SharedBatch(new SharedArrayBuffer(positions.end), inputs.length);
    positions.copyTo(batch.memory);
    for (const [k, input] of inputs.entries()) batch.#write(k * RECORD, input, arrays[k] as number[]);
    return batch;
  }

  #write(at: number, input: EpochInput, arrays: readonly number[]): void {
    for (const [k, name] of WHOLES.entries()) this.#wholes[at + k] = BigInt.asIntN(64, input[name]);
    this.#numbers.set(
      [
        ...NUMBERS.map((name) => input[name]),
        ...FLAGS.map((name) => Number(input[name])),
        input.ownerUid ?? -1,
        ...arrays,
      ],
      at + NUMBERS_AT,
    );
  }

  /** Rows at these positions; those of the input before where they are the same, so that a kernel knows them again. */
  #rows(offsets: number, uids: number, values: number, n: number, entries: number): SparseRows {
    const isSame = (rows: SparseRows): boolean =>
      rows.offsets.byteOffset === offsets &&
      rows.offsets.length === n + 1 &&
      rows.uids.byteOffset === uids &&
      rows.values.byteOffset === values &&
      rows.values.length === entries;
    let rows = this.#latestRows.find(isSame);
    if (rows === undefined) {
      rows = {
        offsets: new Uint32Array(this.memory, offsets, n + 1),
        uids: new Uint16Array(this.memory, uids, entries),
        values: new Uint16Array(this.memory, values, entries),
      };
      this.#latestRows = [rows, ...this.#latestRows.slice(0, 1)];
    }
    return rows;
  }

  /** The input of epoch k; its arrays are the shared ones. */
  input(k: number): EpochInput {
    const at = k * RECORD;
    const number = (field: number): number => this.#numbers[at + field] as number;
    const whole = (field: number): bigint => BigInt.asUintN(64, this.#wholes[at + field] as bigint);
    const n = number(NUMBERS_AT);
    const owner = number(OWNER_AT);
    const column = (field: number): BigUint64Array =>
      new BigUint64Array(this.memory, number(COLUMNS_AT + field), n);
    const rows = (field: number): SparseRows =>
      this.#rows(number(field), number(field + 1), number(field + 2), n, number(field + 3));
    return {
      block: whole(0),
      activityCutoff: whole(1),
      lastMechanismStepBlock: whole(2),
      bondsMovingAverage: whole(3),
      stakeThreshold: whole(4),
      taoWeight: whole(5),
      raoEmission: whole(6),
      n,
      tempo: number(NUMBERS_AT + 1),
      kappa: number(NUMBERS_AT + 2),
      bondsPenalty: number(NUMBERS_AT + 3),
      alphaLow: number(NUMBERS_AT + 4),
      alphaHigh: number(NUMBERS_AT + 5),
      alphaSigmoidSteepness: number(NUMBERS_AT + 6),
      maxAllowedValidators: number(NUMBERS_AT + 7),
      yuma3: number(FLAGS_AT) !== 0,
      liquidAlpha: number(FLAGS_AT + 1) !== 0,
      commitReveal: number(FLAGS_AT + 2) !== 0,
      ownerUid: owner < 0 ? null : owner,
      alphaStake: column(0),
      taoStake: column(1),
      lastUpdate: column(2),
      blockAtRegistration: column(3),
      commitBlocks: column(4),
      validatorPermit: new Uint8Array(this.memory, number(PERMITS_AT), n),
      weights: rows(WEIGHTS_AT),
      bonds: rows(BONDS_AT),
    };
  }
}
