import { EPSILON, sum, sumColumns, type Matrix } from "./matrix.ts";

/** D_i = sum_j B_ij I_j: yuma1, yuma2, yuma2a and yuma2b, whose bonds are shares of a column already. */
export function bondDividends(bonds: Matrix, incentives: Float64Array, dividends: Float64Array): void {
  const { rows, columns, values } = bonds;
  for (let i = 0, at = 0; i < rows; i++) {
    let total = 0;
    for (let j = 0; j < columns; j++, at++) total += values[at]! * incentives[j]!;
    dividends[i] = total;
  }
}

/** D_i = sum_j I_j B_ij / (sum_k B_kj + e6): yuma2c. Dividing by the column happens here alone, B stays as it is. */
export function shareDividends(
  bonds: Matrix,
  incentives: Float64Array,
  columnSums: Float64Array,
  dividends: Float64Array,
): void {
  const { rows, columns, values } = bonds;
  sumColumns(bonds, columnSums);
  for (let i = 0, at = 0; i < rows; i++) {
    let total = 0;
    for (let j = 0; j < columns; j++, at++)
      total += (incentives[j]! * values[at]!) / (columnSums[j]! + EPSILON);
    dividends[i] = total;
  }
}

/** D_i := s_i D_i: the last step of yuma3, where stake enters at payout only. */
export function weighByStake(shares: Float64Array, dividends: Float64Array): void {
  for (let i = 0; i < dividends.length; i++) dividends[i]! *= shares[i]!;
}

/** D_i := D_i / (sum D + e6): the last step of all variants. */
export function normaliseDividends(dividends: Float64Array): void {
  const total = sum(dividends);
  for (let i = 0; i < dividends.length; i++) dividends[i]! /= total + EPSILON;
}
