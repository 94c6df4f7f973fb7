/** A subnet that lives in the exact kernel's memory. */
import type { EpochHyperparameters, EpochInput, EpochOutput, SparseRows } from "../epoch.ts";
import * as L from "./assembly/layout.ts";
import type { KernelExports } from "./module.ts";
import { LatestResults } from "./latest-results.ts";
import { makeOutput } from "./output.ts";

/** What an epoch reads besides rows; all of it may change between epochs. */
export type EpochColumns = Omit<EpochInput, "weights" | "bonds">;

/** `fast`: vectors of u32; `scalar`: one 64-bit value at a time, any value of the types. */
export type EpochPath = "fast" | "scalar";

const COLUMNS64 = [
  [L.ALPHA_STAKE, "alphaStake"],
  [L.TAO_STAKE, "taoStake"],
  [L.LAST_UPDATE, "lastUpdate"],
  [L.BLOCK_AT_REGISTRATION, "blockAtRegistration"],
  [L.COMMIT_BLOCKS, "commitBlocks"],
] as const;

/**
 * The handle of rows and bonds that stay in kernel memory between epochs. Its owner creates it through
 * `ExactKernel.load`, steps it, reads it and frees it. `step` changes no input, so it can be repeated; `commitBonds`
 * and `commitPermits` make what is new the stored state.
 */
export class ExactSubnet {
  readonly n: number;
  readonly #exports: KernelExports;
  #handle: number;

  /** An empty subnet of n neurons: zero columns, no rows. */
  constructor(exports: KernelExports, n: number) {
    if (!Number.isInteger(n) || n < 0 || n > 65535) throw new RangeError(`n is ${n}, allowed are 0 to 65535`);
    this.n = n;
    this.#exports = exports;
    this.#handle = exports.create(n);
  }

  /** Replaces everything: columns, weights and bonds. */
  setInput(input: EpochInput): void {
    this.setColumns(input);
    this.setWeights(input.weights);
    this.setBonds(input.bonds);
  }

  /**
   * Replaces hyperparameters and per-uid columns; rows and bonds stay.
   * @param sent what was set last: columns that are the same objects are not sent again
   */
  setColumns(input: EpochColumns, sent?: EpochColumns): void {
    if (input.n !== this.n) throw new RangeError(`n is ${input.n}, the subnet was made for ${this.n}`);
    this.#setParameters(input);
    for (const [index, name] of COLUMNS64)
      if (input[name] !== sent?.[name]) this.#setColumn64(index, name, input[name]);
    const { validatorPermit } = input;
    if (validatorPermit === sent?.validatorPermit) return;
    this.#checkLength("validatorPermit", validatorPermit.length);
    new Uint8Array(this.#buffer, this.#pointer(L.VALIDATOR_PERMIT), this.n).set(validatorPermit);
  }

  /** Replaces all weight rows. */
  setWeights(rows: SparseRows): void {
    this.#setRows(L.WEIGHTS_START, "weights", rows);
  }

  /** Replaces the weights of one uid. Cheap where only values differ from the row before. */
  setWeightsRow(uid: number, uids: Uint16Array, values: Uint16Array): void {
    if (uid >= this.n) throw new RangeError(`uid is ${uid}, n is ${this.n}`);
    const length = uids.length;
    if (values.length !== length)
      throw new RangeError(`the row has ${length} uids and ${values.length} values`);
    const stage = this.#exports.stageRow(length);
    new Uint16Array(this.#buffer, stage, length).set(uids);
    new Uint16Array(this.#buffer, stage + 2 * length, length).set(values);
    this.#exports.putWeights(this.#live(), uid, length);
  }

  /** Replaces all stored bond rows. */
  setBonds(rows: SparseRows): void {
    this.#setRows(L.BONDS_START, "bonds", rows);
  }

  /**
   * Computes one epoch from the stored rows and bonds, in vectors where the values fit, else one by one; the results
   * are the same. @returns the path that ran
   */
  step(): EpochPath {
    return this.#exports.step(this.#live()) === 2 ? "fast" : "scalar";
  }

  /** Computes one epoch on the plain path, the check of the fast one. */
  stepScalar(): void {
    this.#exports.stepScalar(this.#live());
  }

  /**
   * Runs the first parts of an epoch on the fast path, for measurements: stakes, normalising, consensus, bonds with their
   * rows, emission.
   * @returns whether the fast path could
   */
  stepParts(parts: 1 | 2 | 3 | 4 | 5): boolean {
    return this.#exports.stepParts(this.#live(), parts) !== 0;
  }

  /** Forgets what a step takes over from the one before (normalised rows, consensus as a guess): for measurements. */
  forget(): void {
    this.#exports.forget(this.#live());
  }

  /** Makes the bonds that the last step computed the stored ones. */
  commitBonds(): void {
    this.#exports.commit(this.#live());
  }

  /** Makes the permits that the last step gave the stored ones. */
  commitPermits(): void {
    const permits = new Uint8Array(this.#buffer, this.#pointer(L.NEW_VALIDATOR_PERMIT), this.n);
    new Uint8Array(this.#buffer, this.#pointer(L.VALIDATOR_PERMIT), this.n).set(permits);
  }

  /** Copies the results of the last step out of kernel memory. */
  read(): EpochOutput {
    const output = makeOutput(this.n, this.countNewBonds(), (type, length) => new type(length));
    this.readInto(output);
    return output;
  }

  /** Copies the results of the last step over those in `output`, which has n neurons and room for the new bonds. */
  readInto(output: EpochOutput): void {
    this.#read16(L.STAKE_WEIGHT, output.stakeWeight);
    this.#read16(L.CONSENSUS, output.consensus);
    this.#read16(L.INCENTIVE, output.incentive);
    this.#read16(L.DIVIDENDS, output.dividends);
    this.#read16(L.VALIDATOR_TRUST, output.validatorTrust);
    this.#read8(L.ACTIVE, output.active);
    this.#read8(L.NEW_VALIDATOR_PERMIT, output.newValidatorPermit);
    this.#readRao(L.SERVER_EMISSION, output.serverEmission);
    this.#readRao(L.VALIDATOR_EMISSION, output.validatorEmission);
    this.#readRao(L.EMISSION, output.emission);
    this.#readRows(L.NEW_BONDS_START, output.bonds);
    this.#readRaw(L.CONSENSUS_RAW, output.consensusRaw);
    this.#readRaw(L.INCENTIVE_RAW, output.incentiveRaw);
    this.#readRaw(L.DIVIDENDS_RAW, output.dividendsRaw);
    this.#readRaw(L.VALIDATOR_TRUST_RAW, output.validatorTrustRaw);
    this.#readRaw(L.ACTIVE_STAKE_RAW, output.activeStakeRaw);
  }

  /**
   * The results of the last step, for who needs a few of them: a column is copied out of kernel memory when it is asked
   * for, each time anew. Stale once the subnet steps again or commits its bonds.
   */
  results(): EpochOutput {
    const { n } = this;
    const column8 = (index: number): Uint8Array => this.#read8(index, new Uint8Array(n));
    const column16 = (index: number): Uint16Array => this.#read16(index, new Uint16Array(n));
    const rao = (index: number): BigUint64Array => this.#readRao(index, new BigUint64Array(n));
    const raw = (index: number): BigInt64Array => this.#readRaw(index, new BigInt64Array(n));
    const bonds = (): SparseRows => {
      const entries = this.countNewBonds();
      return this.#readRows(L.NEW_BONDS_START, {
        offsets: new Uint32Array(n + 1),
        uids: new Uint16Array(entries),
        values: new Uint16Array(entries),
      });
    };
    return new LatestResults({ column8, column16, rao, raw, bonds });
  }

  /** The number of bonds that the last step wrote, at most as many as weights and stored bonds together. */
  countNewBonds(): number {
    let bonds = 0;
    for (const length of new Uint32Array(this.#buffer, this.#pointer(L.NEW_BONDS_LENGTH), this.n))
      bonds += length;
    return bonds;
  }

  /** Copies the combined emission of the last step, rao per uid. */
  readEmission(): BigUint64Array {
    return this.#readRao(L.EMISSION, new BigUint64Array(this.n));
  }

  /** Gives the memory back; the handle is dead afterwards. */
  free(): void {
    if (this.#handle !== 0) this.#exports.free(this.#handle);
    this.#handle = 0;
  }

  #live(): number {
    if (this.#handle === 0) throw new Error("this subnet was freed");
    return this.#handle;
  }

  get #buffer(): ArrayBuffer {
    return this.#exports.memory.buffer;
  }

  #pointer(index: number): number {
    return this.#exports.pointerOf(this.#live(), index);
  }

  #checkLength(name: string, length: number): void {
    if (length !== this.n) throw new RangeError(`${name} has ${length} elements, n is ${this.n}`);
  }

  #setParameters(input: EpochHyperparameters & EpochColumns): void {
    const parameters = new BigInt64Array(this.#buffer, this.#pointer(L.PARAMETERS), L.PARAMETER_COUNT);
    parameters[L.BLOCK] = BigInt.asIntN(64, input.block);
    parameters[L.LAST_MECHANISM_STEP_BLOCK] = BigInt.asIntN(64, input.lastMechanismStepBlock);
    parameters[L.TEMPO] = BigInt(input.tempo);
    parameters[L.ACTIVITY_CUTOFF] = BigInt.asIntN(64, input.activityCutoff);
    parameters[L.KAPPA] = BigInt(input.kappa);
    parameters[L.BONDS_PENALTY] = BigInt(input.bondsPenalty);
    parameters[L.BONDS_MOVING_AVERAGE] = BigInt.asIntN(64, input.bondsMovingAverage);
    parameters[L.YUMA3] = BigInt(input.yuma3);
    parameters[L.LIQUID_ALPHA] = BigInt(input.liquidAlpha);
    parameters[L.ALPHA_LOW] = BigInt(input.alphaLow);
    parameters[L.ALPHA_HIGH] = BigInt(input.alphaHigh);
    parameters[L.ALPHA_SIGMOID_STEEPNESS] = BigInt(input.alphaSigmoidSteepness);
    parameters[L.MAX_ALLOWED_VALIDATORS] = BigInt(input.maxAllowedValidators);
    parameters[L.STAKE_THRESHOLD] = BigInt.asIntN(64, input.stakeThreshold);
    parameters[L.TAO_WEIGHT] = BigInt.asIntN(64, input.taoWeight);
    parameters[L.COMMIT_REVEAL] = BigInt(input.commitReveal);
    parameters[L.OWNER_UID] = BigInt(input.ownerUid ?? -1);
    parameters[L.RAO_EMISSION] = BigInt.asIntN(64, input.raoEmission);
  }

  #setColumn64(index: number, name: string, values: BigUint64Array): void {
    this.#checkLength(name, values.length);
    new BigUint64Array(this.#buffer, this.#pointer(index), this.n).set(values);
  }

  /** `startIndex` is the first of the four directory entries of a set of rows: start, length, uids, values. */
  #setRows(startIndex: number, name: string, rows: SparseRows): void {
    const { offsets, uids, values } = rows;
    if (offsets.length !== this.n + 1)
      throw new RangeError(`${name}.offsets has ${offsets.length} elements, n + 1 is ${this.n + 1}`);
    const entries = offsets[this.n] as number;
    if (uids.length < entries || values.length < entries)
      throw new RangeError(
        `${name} has ${uids.length} uids and ${values.length} values for ${entries} entries`,
      );
    this.#exports.reserve(this.#live(), startIndex + 2, entries);
    const starts = new Uint32Array(this.#buffer, this.#pointer(startIndex), this.n);
    const lengths = new Uint32Array(this.#buffer, this.#pointer(startIndex + 1), this.n);
    for (let uid = 0; uid < this.n; uid++) {
      const start = offsets[uid] as number;
      const end = offsets[uid + 1] as number;
      if (end < start) throw new RangeError(`${name}.offsets descends at uid ${uid}`);
      starts[uid] = start;
      lengths[uid] = end - start;
    }
    if (entries === 0) return;
    new Uint16Array(this.#buffer, this.#pointer(startIndex + 2), entries).set(uids.subarray(0, entries));
    new Uint16Array(this.#buffer, this.#pointer(startIndex + 3), entries).set(values.subarray(0, entries));
  }

  /** Rows that lie one behind the other, as they mostly do, are copied at once. */
  #readRows(startIndex: number, rows: SparseRows): SparseRows {
    const { offsets, uids, values } = rows;
    const starts = new Uint32Array(this.#buffer, this.#pointer(startIndex), this.n);
    const lengths = new Uint32Array(this.#buffer, this.#pointer(startIndex + 1), this.n);
    const allUids = this.#pointer(startIndex + 2);
    const allValues = this.#pointer(startIndex + 3);
    let copied = 0;
    let runStart = 0;
    let runLength = 0;
    const copyRun = (): void => {
      if (runLength === 0) return;
      uids.set(new Uint16Array(this.#buffer, allUids + 2 * runStart, runLength), copied);
      values.set(new Uint16Array(this.#buffer, allValues + 2 * runStart, runLength), copied);
      copied += runLength;
    };
    offsets[0] = 0;
    for (let uid = 0; uid < this.n; uid++) {
      const start = starts[uid] as number;
      const length = lengths[uid] as number;
      offsets[uid + 1] = (offsets[uid] as number) + length;
      if (length === 0) continue;
      if (start === runStart + runLength) runLength += length;
      else {
        copyRun();
        runStart = start;
        runLength = length;
      }
    }
    copyRun();
    return rows;
  }

  #read8(index: number, column: Uint8Array): Uint8Array {
    column.set(new Uint8Array(this.#buffer, this.#pointer(index), this.n));
    return column;
  }
  #read16(index: number, column: Uint16Array): Uint16Array {
    column.set(new Uint16Array(this.#buffer, this.#pointer(index), this.n));
    return column;
  }
  #readRao(index: number, column: BigUint64Array): BigUint64Array {
    column.set(new BigUint64Array(this.#buffer, this.#pointer(index), this.n));
    return column;
  }
  #readRaw(index: number, column: BigInt64Array): BigInt64Array {
    column.set(new BigInt64Array(this.#buffer, this.#pointer(index), this.n));
    return column;
  }
}
