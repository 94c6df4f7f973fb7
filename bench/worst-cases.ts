/** Epochs that the fast path likes least. */
import type { EpochInput, SparseRows } from "../kernels/epoch.ts";
import { epochCase } from "./epoch-cases.ts";
import { denseCase, type Formula } from "./epoch.ts";

function alike(rows: SparseRows): SparseRows {
  return { ...rows, values: rows.values.map(() => 1024) };
}

function reversed(rows: SparseRows): SparseRows {
  const uids = rows.uids.slice();
  const values = rows.values.slice();
  for (let i = 0; i + 1 < rows.offsets.length; i++) {
    uids.subarray(rows.offsets[i], rows.offsets[i + 1]).reverse();
    values.subarray(rows.offsets[i], rows.offsets[i + 1]).reverse();
  }
  return { offsets: rows.offsets, uids, values };
}

/** All stakes, weights and bonds alike: every quotient is whole, so every strip is done again in integers. */
export function alikeCase(n: number, validators: number, formula: Formula): EpochInput {
  const input = epochCase(denseCase(n, validators, formula));
  const alphaStake = input.alphaStake.map((stake) => (stake === 0n ? 0n : 1_000_000_000_000n));
  return { ...input, alphaStake, weights: alike(input.weights), bonds: alike(input.bonds) };
}

/** Rows in descending order of uids: liquid alpha then sees other values than it averages, which lanes do not hold. */
export function unsortedCase(n: number, validators: number, formula: Formula): EpochInput {
  const input = epochCase(denseCase(n, validators, formula));
  return { ...input, weights: reversed(input.weights), bonds: reversed(input.bonds) };
}
