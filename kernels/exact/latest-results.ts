/** The results of a subnet in the kernel's memory, column by column. */
import type { EpochOutput, SparseRows } from "../epoch.ts";
import * as L from "./assembly/layout.ts";

/** Copies columns of the last step out of kernel memory; an index is that of the column in the subnet's directory. */
export interface ColumnReader {
  column8(index: number): Uint8Array;
  column16(index: number): Uint16Array;
  rao(index: number): BigUint64Array;
  raw(index: number): BigInt64Array;
  bonds(): SparseRows;
}

/**
 * Results of which each is copied when it is asked for. A class, and no object of getters: each of those would have a
 * shape of its own, which the engine does not collect with the other young objects.
 */
export class LatestResults implements EpochOutput {
  readonly #read: ColumnReader;

  constructor(read: ColumnReader) {
    this.#read = read;
  }

  get stakeWeight(): Uint16Array {
    return this.#read.column16(L.STAKE_WEIGHT);
  }
  get consensus(): Uint16Array {
    return this.#read.column16(L.CONSENSUS);
  }
  get incentive(): Uint16Array {
    return this.#read.column16(L.INCENTIVE);
  }
  get dividends(): Uint16Array {
    return this.#read.column16(L.DIVIDENDS);
  }
  get validatorTrust(): Uint16Array {
    return this.#read.column16(L.VALIDATOR_TRUST);
  }
  get active(): Uint8Array {
    return this.#read.column8(L.ACTIVE);
  }
  get newValidatorPermit(): Uint8Array {
    return this.#read.column8(L.NEW_VALIDATOR_PERMIT);
  }
  get serverEmission(): BigUint64Array {
    return this.#read.rao(L.SERVER_EMISSION);
  }
  get validatorEmission(): BigUint64Array {
    return this.#read.rao(L.VALIDATOR_EMISSION);
  }
  get emission(): BigUint64Array {
    return this.#read.rao(L.EMISSION);
  }
  get bonds(): SparseRows {
    return this.#read.bonds();
  }
  get consensusRaw(): BigInt64Array {
    return this.#read.raw(L.CONSENSUS_RAW);
  }
  get incentiveRaw(): BigInt64Array {
    return this.#read.raw(L.INCENTIVE_RAW);
  }
  get dividendsRaw(): BigInt64Array {
    return this.#read.raw(L.DIVIDENDS_RAW);
  }
  get validatorTrustRaw(): BigInt64Array {
    return this.#read.raw(L.VALIDATOR_TRUST_RAW);
  }
  get activeStakeRaw(): BigInt64Array {
    return this.#read.raw(L.ACTIVE_STAKE_RAW);
  }
}
