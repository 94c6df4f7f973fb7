// The plain epoch: every step of spec/epoch.md in its order, any operand of the types, one entry at a time.
import * as L from "../layout";
import { normalise, toProportion } from "../fixed";
import { newRows, Rows, rowsBytes, rowStart, entryUid, entryValue } from "../rows";
import { at16, at32, at64, beginWork, neurons, parameter, pointer, reserveEntries } from "../subnet";
import { computeActiveStake, computeActivity, computeNewPermits, computeStakeWeights, stakeBytes } from "../stake";
import { computeEmission, computeProportions } from "../emission";
import {
  averageFixed,
  computeDividends,
  multiplyByStake,
  normaliseColumns,
  readBonds,
  upscaleColumns,
  weightsForBonds,
} from "./bonds";
import { clipWeights, computeConsensus, computeIncentive, computeTrust, consensusBytes } from "./consensus";
import { averageLiquid } from "./liquid";
import { normaliseWeights } from "./weights";

/** The number of stored entries of the rows whose lengths are at `lengths`. */
function countEntries(lengths: usize, n: i32): i32 {
  let entries = 0;
  for (let i = 0; i < n; i++) entries += load<i32>(at32(lengths, i));
  return entries;
}

/** Runs one epoch from the subnet's inputs to all of its outputs. */
export function scalarEpoch(subnet: usize): void {
  const n = neurons(subnet);
  const weightEntries = countEntries(pointer(subnet, L.WEIGHTS_LENGTH), n);
  const bondEntries = countEntries(pointer(subnet, L.BONDS_LENGTH), n);
  const allEntries = weightEntries + bondEntries;
  reserveEntries(subnet, L.NEW_BONDS_UIDS, allEntries);
  beginWork(
    stakeBytes(n) +
      4 * rowsBytes(n, weightEntries) + // W, C, between, D
      rowsBytes(n, bondEntries) +
      2 * rowsBytes(n, allEntries) + // E, E normalised
      consensusBytes(n, weightEntries) +
      10 * (usize(n) * 8 + 32), // dense rows and column sums
  );

  computeStakeWeights(subnet);
  computeActivity(subnet);
  computeNewPermits(subnet);
  computeActiveStake(subnet);

  const weights = newRows(n, weightEntries);
  const clipped = newRows(n, weightEntries);
  normaliseWeights(subnet, weights);
  computeConsensus(subnet, weights);
  clipWeights(subnet, weights, clipped);
  computeTrust(subnet, clipped);
  computeIncentive(subnet, clipped);

  const fresh = weightsForBonds(subnet, weights, clipped, newRows(n, weightEntries));
  const old = newRows(n, bondEntries);
  const averaged = newRows(n, allEntries);
  const shares = newRows(n, allEntries);
  const yuma3 = parameter(subnet, L.YUMA3) != 0;
  readBonds(subnet, old, yuma3);
  if (yuma3) {
    if (parameter(subnet, L.LIQUID_ALPHA) != 0 && hasConsensus(subnet))
      averageLiquid(subnet, fresh, old, averaged);
    else averageFixed(subnet, fresh, old, averaged);
    normaliseColumns(n, averaged, shares);
    computeDividends(subnet, shares, true);
  } else {
    normaliseColumns(n, old, old);
    const purchased = newRows(n, weightEntries);
    multiplyByStake(subnet, fresh, purchased);
    normaliseColumns(n, purchased, purchased);
    averageFixed(subnet, purchased, old, averaged);
    normaliseColumns(n, averaged, shares);
    computeDividends(subnet, shares, false);
    upscaleColumns(n, shares, averaged);
  }
  normalise(pointer(subnet, L.DIVIDENDS_RAW), n);
  storeBonds(subnet, averaged);
  computeEmission(subnet);
  computeProportions(subnet);
}

function hasConsensus(subnet: usize): bool {
  const n = neurons(subnet);
  for (let j = 0; j < n; j++) if (load<i64>(at64(pointer(subnet, L.CONSENSUS_RAW), j)) != 0) return true;
  return false;
}

/** Fills the new bond rows: as u16, in order; empty without a new permit. */
function storeBonds(subnet: usize, bonds: Rows): void {
  const n = neurons(subnet);
  const uids = pointer(subnet, L.NEW_BONDS_UIDS);
  const values = pointer(subnet, L.NEW_BONDS_VALUES);
  let end = 0;
  for (let i = 0; i < n; i++) {
    const start = end;
    if (load<u8>(pointer(subnet, L.NEW_VALIDATOR_PERMIT) + usize(i)) != 0) {
      for (let k = rowStart(bonds, i), last = rowStart(bonds, i + 1); k < last; k++) {
        store<u16>(at16(uids, end), u16(entryUid(bonds, k)));
        store<u16>(at16(values, end++), toProportion(entryValue(bonds, k)));
      }
    }
    store<i32>(at32(pointer(subnet, L.NEW_BONDS_START), i), start);
    store<i32>(at32(pointer(subnet, L.NEW_BONDS_LENGTH), i), end - start);
  }
}
