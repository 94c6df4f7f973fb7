/** A subnet that lives in the exact kernel's memory. */
import type { EpochHyperparameters, EpochInput, EpochOutput, SparseRows } from "../epoch.ts";
import * as L from "./assembly/layout.ts";
import type { KernelExports } from "./module.ts";

/** What an epoch reads besides rows; all of it may change between epochs. */
export type EpochColumns = Omit<EpochInput, "weights" | "bonds">;

/** `fast`: vectors of u32; `scalar`: one 64-bit value at a time, any value of the types. */
export type EpochPath = "fast" | "scalar";

/**
 * The handle of rows and bonds that stay in kernel memory between epochs. Its owner creates it through
 * `ExactKernel.load`, steps it, reads it and frees it. `step` changes no input, so it can be repeated; `commitBonds`
 * makes the new bonds the stored ones.
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

  /** Replaces hyperparameters and per-uid columns; rows and bonds stay. */
  setColumns(input: EpochColumns): void {
    if (input.n !== this.n) throw new RangeError(`n is ${input.n}, the subnet was made for ${this.n}`);
    this.#setParameters(input);
    this.#setColumn64(L.ALPHA_STAKE, "alphaStake", input.alphaStake);
    this.#setColumn64(L.TAO_STAKE, "taoStake", input.taoStake);
    this.#setColumn64(L.LAST_UPDATE, "lastUpdate", input.lastUpdate);
    this.#setColumn64(L.BLOCK_AT_REGISTRATION, "blockAtRegistration", input.blockAtRegistration);
    this.#setColumn64(L.COMMIT_BLOCKS, "commitBlocks", input.commitBlocks);
    this.#checkLength("validatorPermit", input.validatorPermit.length);
    new Uint8Array(this.#buffer, this.#pointer(L.VALIDATOR_PERMIT), this.n).set(input.validatorPermit);
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

  /** Copies the results of the last step out of kernel memory. */
  read(): EpochOutput {
    return {
      stakeWeight: this.#column16(L.STAKE_WEIGHT),
      consensus: this.#column16(L.CONSENSUS),
      incentive: this.#column16(L.INCENTIVE),
      dividends: this.#column16(L.DIVIDENDS),
      validatorTrust: this.#column16(L.VALIDATOR_TRUST),
      active: this.#column8(L.ACTIVE),
      newValidatorPermit: this.#column8(L.NEW_VALIDATOR_PERMIT),
      serverEmission: this.#columnRao(L.SERVER_EMISSION),
      validatorEmission: this.#columnRao(L.VALIDATOR_EMISSION),
      emission: this.#columnRao(L.EMISSION),
      bonds: this.#rows(L.NEW_BONDS_START),
      consensusRaw: this.#columnRaw(L.CONSENSUS_RAW),
      incentiveRaw: this.#columnRaw(L.INCENTIVE_RAW),
      dividendsRaw: this.#columnRaw(L.DIVIDENDS_RAW),
      validatorTrustRaw: this.#columnRaw(L.VALIDATOR_TRUST_RAW),
      activeStakeRaw: this.#columnRaw(L.ACTIVE_STAKE_RAW),
    };
  }

  /** Copies the combined emission of the last step, rao per uid. */
  readEmission(): BigUint64Array {
    return this.#columnRao(L.EMISSION);
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

  #rows(startIndex: number): SparseRows {
    const starts = new Uint32Array(this.#buffer, this.#pointer(startIndex), this.n);
    const lengths = new Uint32Array(this.#buffer, this.#pointer(startIndex + 1), this.n);
    const offsets = new Uint32Array(this.n + 1);
    for (let uid = 0; uid < this.n; uid++)
      offsets[uid + 1] = (offsets[uid] as number) + (lengths[uid] as number);
    const entries = offsets[this.n] as number;
    const uids = new Uint16Array(entries);
    const values = new Uint16Array(entries);
    for (let uid = 0; uid < this.n; uid++) {
      const start = 2 * (starts[uid] as number);
      const length = lengths[uid] as number;
      if (length === 0) continue;
      uids.set(new Uint16Array(this.#buffer, this.#pointer(startIndex + 2) + start, length), offsets[uid]);
      values.set(new Uint16Array(this.#buffer, this.#pointer(startIndex + 3) + start, length), offsets[uid]);
    }
    return { offsets, uids, values };
  }

  #column8(index: number): Uint8Array {
    return new Uint8Array(this.#buffer, this.#pointer(index), this.n).slice();
  }
  #column16(index: number): Uint16Array {
    return new Uint16Array(this.#buffer, this.#pointer(index), this.n).slice();
  }
  #columnRao(index: number): BigUint64Array {
    return new BigUint64Array(this.#buffer, this.#pointer(index), this.n).slice();
  }
  #columnRaw(index: number): BigInt64Array {
    return new BigInt64Array(this.#buffer, this.#pointer(index), this.n).slice();
  }
}
