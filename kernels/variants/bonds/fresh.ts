import { EPSILON, sumColumns, type Matrix } from "../matrix.ts";

/** n_ij = s_i e_ij / (sum_k s_k e_kj + e6): the share of a server's stake-weighted support that is the validator's. */
export function freshBonds(
  effective: Matrix,
  shares: Float64Array,
  columnSums: Float64Array,
  fresh: Matrix,
): void {
  stakeTimesWeights(effective, shares, fresh);
  sumColumns(fresh, columnSums);
  for (let i = 0, at = 0; i < fresh.rows; i++)
    for (let j = 0; j < fresh.columns; j++, at++) fresh.values[at]! /= columnSums[j]! + EPSILON;
}

/** The same without e6: n_ij = s_i e_ij / sum_k s_k e_kj, where 0/0 counts as 0. */
export function exactFreshBonds(
  effective: Matrix,
  shares: Float64Array,
  columnSums: Float64Array,
  fresh: Matrix,
): void {
  stakeTimesWeights(effective, shares, fresh);
  sumColumns(fresh, columnSums);
  for (let i = 0, at = 0; i < fresh.rows; i++)
    for (let j = 0; j < fresh.columns; j++, at++)
      fresh.values[at] = columnSums[j] === 0 ? 0 : fresh.values[at]! / columnSums[j]!;
}

function stakeTimesWeights(effective: Matrix, shares: Float64Array, fresh: Matrix): void {
  const { rows, columns, values } = effective;
  for (let i = 0, at = 0; i < rows; i++)
    for (let j = 0; j < columns; j++, at++) fresh.values[at] = shares[i]! * values[at]!;
}
