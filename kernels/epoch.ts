/**
 * The contract of every epoch kernel: one epoch of one mechanism of one subnet.
 * Arrays are indexed by uid (0..n-1) unless a comment says otherwise.
 * Source: spec/epoch.md sections 2 and 9.
 */

/** Rows of `(target uid, u16)` entries in their stored order: row `i` is `offsets[i] .. offsets[i + 1]`. */
export interface SparseRows {
  /** n + 1 ascending positions into `uids` and `values`. */
  readonly offsets: Uint32Array;
  readonly uids: Uint16Array;
  readonly values: Uint16Array;
}

/** In `commitBlocks`: the uid has no unexpired commit. */
export const NO_COMMIT = 0xffff_ffff_ffff_ffffn;

/** The hyperparameters that an epoch reads. Proportions are u16: x stands for x / 65535. */
export interface EpochHyperparameters {
  /** Epoch length in blocks; read only while no epoch has run (`lastMechanismStepBlock` 0). */
  readonly tempo: number;
  /** Blocks after `lastUpdate` during which a validator counts as active. */
  readonly activityCutoff: bigint;
  readonly kappa: number;
  readonly bondsPenalty: number;
  /** Parts per million of the old bond that survive an epoch. */
  readonly bondsMovingAverage: bigint;
  readonly yuma3: boolean;
  /** Has an effect only with `yuma3`. */
  readonly liquidAlpha: boolean;
  readonly alphaLow: number;
  readonly alphaHigh: number;
  /** Stored i16; 100 stands for a slope of 1. */
  readonly alphaSigmoidSteepness: number;
  readonly maxAllowedValidators: number;
  /** Rao of combined stake below which a neuron counts as having none. */
  readonly stakeThreshold: bigint;
  /** Stored u64; divided by 2^64 - 1 it is the weight of `taoStake`. */
  readonly taoWeight: bigint;
  readonly commitReveal: boolean;
}

/** Everything that one epoch reads. */
export interface EpochInput extends EpochHyperparameters {
  readonly n: number;
  readonly block: bigint;
  /** Block of the previous epoch, 0 = never. */
  readonly lastMechanismStepBlock: bigint;
  readonly ownerUid: number | null;
  /** Rao; inheritance from parents and children already applied. */
  readonly alphaStake: BigUint64Array;
  /** Rao of root stake. */
  readonly taoStake: BigUint64Array;
  readonly lastUpdate: BigUint64Array;
  readonly blockAtRegistration: BigUint64Array;
  /** Block of the earliest unexpired commit, or NO_COMMIT. */
  readonly commitBlocks: BigUint64Array;
  /** 0 or 1: permits before the epoch. */
  readonly validatorPermit: Uint8Array;
  readonly weights: SparseRows;
  readonly bonds: SparseRows;
  /** Rao to distribute. */
  readonly raoEmission: bigint;
}

/** Everything that one epoch computes. `...Raw` columns are I32F32: value = raw / 2^32. */
export interface EpochOutput {
  readonly stakeWeight: Uint16Array;
  readonly consensus: Uint16Array;
  readonly incentive: Uint16Array;
  readonly dividends: Uint16Array;
  readonly validatorTrust: Uint16Array;
  readonly active: Uint8Array;
  readonly newValidatorPermit: Uint8Array;
  /** Rao. */
  readonly serverEmission: BigUint64Array;
  /** Rao. */
  readonly validatorEmission: BigUint64Array;
  /** Rao; computed on its own, so it can differ from server + validator by a rao or more. */
  readonly emission: BigUint64Array;
  /** Rows to store, in their stored order. */
  readonly bonds: SparseRows;
  readonly consensusRaw: BigInt64Array;
  readonly incentiveRaw: BigInt64Array;
  readonly dividendsRaw: BigInt64Array;
  readonly validatorTrustRaw: BigInt64Array;
  readonly activeStakeRaw: BigInt64Array;
}
