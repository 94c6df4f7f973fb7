import { newMatrix, type Matrix } from "./matrix.ts";

/** Where validators and servers stand in the matrices of an epoch. */
export interface Layout {
  readonly rows: number;
  readonly columns: number;
  /** The first rows are the validators; there are others in a square layout alone. */
  readonly validators: number;
  /** Column of the first server; the columns before it are those of the validators. */
  readonly firstServer: number;
}

/**
 * Everything that an epoch reads and writes, allocated once for a run. Vectors are indexed by validator (row i) or
 * server (column j), matrices by both. The comments give the letter that the formulas use.
 */
export interface EpochState {
  readonly layout: Layout;
  /** In: weights as submitted, any non-negative rows (W). */
  readonly submitted: Matrix;
  /** In: stakes in any unit (S). */
  readonly stakes: Float64Array;

  /** Carried: bonds after the last epoch, in the variant's own unit (B). */
  readonly bonds: Matrix;
  /** Carried: normalised weights of the last epoch (w_prev). */
  readonly previousWeights: Matrix;
  /** Carried: quantised consensus of the last epoch that had one (q_prev). */
  readonly previousConsensus: Float64Array;
  /** Carried: whether any epoch has run. */
  hasWeights: boolean;
  /** Carried: whether any epoch has written bonds. */
  hasBonds: boolean;

  /** Normalised weights (w). */
  readonly weights: Matrix;
  /** Shares of stake, sum 1 (s). */
  readonly shares: Float64Array;
  /** Quantised consensus weight per server (q). */
  readonly consensus: Float64Array;
  /** The consensus in steps of 1/65535 before truncation. */
  readonly quotients: Float64Array;
  /** False in an epoch in which no server has a majority. */
  consensusDefined: boolean;
  /** Weights cut at the consensus (x). */
  readonly clipped: Matrix;
  /** Stake-weighted sum of the normalised weights per server (P). */
  readonly preranks: Float64Array;
  /** Stake-weighted sum of the clipped weights per server (R). */
  readonly ranks: Float64Array;
  /** R / P. */
  readonly trust: Float64Array;
  /** The part of a validator's weights that consensus left. */
  readonly validatorTrust: Float64Array;
  /** Sum 1, or all 0 (I). */
  readonly incentives: Float64Array;
  /** Weights between submitted and clipped, by the bonds penalty (e). */
  readonly effective: Matrix;
  /** Weight of the new bond per pair (a). */
  readonly rates: Matrix;
  /** Bonds that this epoch alone would give (n). */
  readonly fresh: Matrix;
  /** Normalised, sum just below 1 or all 0 (D). */
  readonly dividends: Float64Array;

  /** Scratch: validators in falling order of a column. */
  readonly order: Uint32Array;
  /** Scratch: one number per server. */
  readonly columnSums: Float64Array;
}

/** The state before the first epoch. */
export function newEpochState(layout: Layout): EpochState {
  const { rows, columns } = layout;
  const matrix = (): Matrix => newMatrix(rows, columns);
  return {
    layout,
    submitted: matrix(),
    stakes: new Float64Array(rows),
    bonds: matrix(),
    previousWeights: matrix(),
    previousConsensus: new Float64Array(columns),
    hasWeights: false,
    hasBonds: false,
    weights: matrix(),
    shares: new Float64Array(rows),
    consensus: new Float64Array(columns),
    quotients: new Float64Array(columns),
    consensusDefined: false,
    clipped: matrix(),
    preranks: new Float64Array(columns),
    ranks: new Float64Array(columns),
    trust: new Float64Array(columns),
    validatorTrust: new Float64Array(rows),
    incentives: new Float64Array(columns),
    effective: matrix(),
    rates: matrix(),
    fresh: matrix(),
    dividends: new Float64Array(rows),
    order: new Uint32Array(rows),
    columnSums: new Float64Array(columns),
  };
}
