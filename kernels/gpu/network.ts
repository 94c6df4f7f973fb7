import type { EpochInput, SparseRows } from "../epoch.ts";
import { type Formula, formulaOf } from "./formula.ts";
import { standing, type Standing } from "./stake.ts";

/** A network as a batch needs it: which uids are rows of its matrices, and what is known without a device. */
export interface Network {
  readonly input: EpochInput;
  readonly formula: Formula;
  readonly standing: Standing;
  /** The uids that can matter as validators, ascending: those with a permit or with stored bonds. */
  readonly rows: readonly number[];
  /** Per row: 1 when its weights stand in another order than ascending uid, and bonds inherit that order. */
  readonly unsorted: Uint8Array;
}

/** Prepares an epoch of a network. */
export function prepareNetwork(input: EpochInput): Network {
  const formula = formulaOf(input);
  const decided = standing(input);
  const rows: number[] = [];
  for (let uid = 0; uid < input.n; uid++) {
    const bonds = input.bonds.offsets[uid + 1]! - input.bonds.offsets[uid]!;
    if (decided.permit[uid] === 1 || bonds > 0) rows.push(uid);
  }
  const keepsOrder = formula === "liquid" && (input.bondsPenalty === 0 || input.bondsPenalty === 65535);
  const unsorted = Uint8Array.from(rows, (uid) => (keepsOrder && !isAscending(input.weights, uid) ? 1 : 0));
  return { input, formula, standing: decided, rows, unsorted };
}

/** The bonds that the epoch at `input.block` still counts towards a neuron. spec/epoch.md 7.2. */
export function keepsBonds(input: EpochInput, registration: bigint): boolean {
  const { lastMechanismStepBlock: last, block, tempo } = input;
  const previous = last === 0n ? block - BigInt(tempo) : last + 1n;
  return previous > registration;
}

function isAscending(rows: SparseRows, uid: number): boolean {
  for (let k = rows.offsets[uid]! + 1; k < rows.offsets[uid + 1]!; k++) {
    if (rows.uids[k]! <= rows.uids[k - 1]!) return false;
  }
  return true;
}
