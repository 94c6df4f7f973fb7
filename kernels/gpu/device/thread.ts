/**
 * What the functions of this folder are written against. gpu.js translates their source, so each stands alone: it may
 * read its arguments, `this.thread`, `this.constants` and the helpers of `arithmetic.ts`, and nothing of its module.
 * No parameter or local has the name of a constant: gpu.js 2.24 takes a helper's parameter for the constant then.
 */

/** `this` of a device function: which cell of the output it computes, and the numbers fixed when it was compiled. */
export interface Thread {
  /** Cell of the output; `x` is the fastest. */
  readonly thread: { readonly x: number; readonly y: number; readonly z: number };
  readonly constants: DeviceConstants;
}

/** Sizes, and the places of the fields in the parameter arrays. */
export interface DeviceConstants {
  /** Rows of the weight matrix: validators of the widest network of the batch. */
  readonly validatorCount: number;
  /** Columns of the weight matrix: neurons of the widest network of the batch. */
  readonly neuronCount: number;
  readonly uid: number;
  readonly permit: number;
  readonly owner: number;
  readonly limit: number;
  readonly activeStake: number;
  readonly medianStakeHigh: number;
  readonly medianStakeLow: number;
  readonly stores: number;
  readonly unsorted: number;
  readonly kappaHigh: number;
  readonly kappaLow: number;
  readonly leniency: number;
  readonly newShare: number;
  readonly oldShare: number;
  readonly alphaLow: number;
  readonly alphaHigh: number;
  readonly slope: number;
}

/** A value per network. */
export type Vector = readonly number[];
/** A value per network and validator, or per network and neuron. */
export type Table = readonly (readonly number[])[];
/** A value per network, validator and neuron; or per network, validator and field. */
export type Cube = readonly (readonly (readonly number[])[])[];
