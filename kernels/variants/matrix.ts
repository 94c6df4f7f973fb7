/** A dense matrix of doubles: the element of row i and column j is `values[i * columns + j]`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** Keeps divisions by a sum defined; it is part of the formulas, not a guard of ours. */
export const EPSILON = 1e-6;

export function newMatrix(rows: number, columns: number): Matrix {
  return { rows, columns, values: new Float64Array(rows * columns) };
}

/** sums_j = sum_i m_ij, added up in the order of the rows. */
export function sumColumns(matrix: Matrix, sums: Float64Array): void {
  const { rows, columns, values } = matrix;
  sums.fill(0);
  for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < columns; j++, at++) sums[j]! += values[at]!;
}

/** m_ij := m_ij / (sum_k m_kj + e6). @param sums scratch, one per column */
export function normaliseColumns(matrix: Matrix, sums: Float64Array): void {
  const { rows, columns, values } = matrix;
  sumColumns(matrix, sums);
  for (let i = 0, at = 0; i < rows; i++)
    for (let j = 0; j < columns; j++, at++) values[at]! /= sums[j]! + EPSILON;
}

/** The sum of a vector, in the order of its elements. */
export function sum(vector: Float64Array): number {
  let total = 0;
  for (let i = 0; i < vector.length; i++) total += vector[i]!;
  return total;
}
