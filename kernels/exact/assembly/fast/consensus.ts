// Consensus, trust and incentive over all panels (spec/epoch.md 6).
import * as L from "../layout";
import { multiply, ONE, saturatingAdd } from "../fixed";
import { medianOfColumn } from "../scalar/consensus";
import { at16, at32, at64, neurons, pointer } from "../subnet";
import * as columns from "./columns";
import { multiplyLanes, sumOfWords } from "./lanes";
import { weightedMedian } from "./median";
import { spreadStakes } from "./packed";
import { LANES, listPlace, NONE, Panels } from "./panels";
import { normaliseColumn } from "./shares";

/** Fills CONSENSUS_RAW, INCENTIVE_RAW and, in a dense subnet, VALIDATOR_TRUST_RAW; keeps the consensus as the next guess. */
export function computeConsensus(subnet: usize, panels: Panels): void {
  const rows = usize(panels.liveRows);
  memory.fill(columns.rowLanes, 0, rows * 16);
  memory.fill(columns.trustSums, 0, rows * 8);
  findWideColumns(subnet, panels);
  for (let p = 0; p < panels.panels; p++) consensusOfPanel(panels, p);
  memory.copy(panels.guesses, columns.consensusLanes, usize(panels.panels) * LANES * 4);
  publish(subnet, panels);
  if (!panels.packed) collectTrust(subnet, panels);
}

/** Marks the columns that hold a W of 1.0. */
function findWideColumns(subnet: usize, panels: Panels): void {
  memory.fill(columns.wideColumns, 0, usize(panels.panels) * 2);
  for (let row = 0; row < panels.liveRows; row++) {
    const single = i32(load<u16>(at16(panels.singleColumns, row)));
    if (single != NONE) markWideLane(i32(load<u16>(at16(panels.laneOfColumn, single))));
  }
}

function markWideLane(lane: i32): void {
  const at = at16(columns.wideColumns, lane / LANES);
  const bit = 1 << (lane % LANES);
  store<u16>(at, u16(i32(load<u16>(at)) | bit));
}

function consensusOfPanel(panels: Panels, p: i32): void {
  const first = usize(load<u32>(at32(panels.slotStarts, p)));
  const slots = i32(load<u32>(at32(panels.slotStarts, p + 1)) - u32(first));
  const weights = panels.normalisedWeights + first * LANES * 4;
  const consensus = columns.consensusLanes + usize(p) * LANES * 4;
  const guess = panels.guesses + usize(p) * LANES * 4;
  const ranks = columns.rankLanes + usize(p) * LANES * 8;
  if (load<u8>(panels.occupied + usize(p)) == 0) {
    memory.fill(consensus, 0, LANES * 4);
    memory.fill(ranks, 0, LANES * 8);
    return;
  }
  const kappa = u32(columns.kappa);
  let wide = i32(load<u16>(at16(columns.wideColumns, p)));
  if (panels.packed) {
    spreadStakes(panels, p);
    weightedMedian(weights, columns.panelVotingLanes, 16, LANES * 4, slots, kappa, columns.voters, guess, consensus);
    silenceLanes(consensus, wide);
    rankPanel(weights, columns.panelStakeLanes, 16, LANES * 4, slots, consensus, ranks, 0);
  } else {
    weightedMedian(weights, columns.votingLanes, 0, 16, slots, kappa, columns.voters, guess, consensus);
    silenceLanes(consensus, wide);
    rankPanel(weights, columns.stakeLanes, 0, 16, slots, consensus, ranks, columns.rowLanes);
  }
  for (let lane = 0; wide != 0; lane++, wide >>= 1) if (wide & 1) wideColumn(panels, p, lane);
}

/** With a consensus of 0 a lane adds nothing to any sum. */
function silenceLanes(consensus: usize, lanes: i32): void {
  for (let lane = 0; lanes != 0; lane++, lanes >>= 1) if (lanes & 1) store<u32>(at32(consensus, lane), 0);
}

/**
 * Rank of each lane, sum over the slots of floor(stake * min(W, consensus)), and the clipped weights added to
 * `rowSums`, four lanes per slot (0: not asked). The ranks are below the sum of stakes, so below 2^32.
 */
function rankPanel(
  weights: usize,
  stakes: usize,
  stakeStep: usize,
  slotStep: usize,
  slots: i32,
  consensus: usize,
  ranks: usize,
  rowSums: usize,
): void {
  const limit0 = v128.load(consensus);
  const limit1 = v128.load(consensus, 16);
  const limit2 = v128.load(consensus, 32);
  const limit3 = v128.load(consensus, 48);
  let rank0 = i32x4.splat(0);
  let rank1 = i32x4.splat(0);
  let rank2 = i32x4.splat(0);
  let rank3 = i32x4.splat(0);
  for (let slot = 0; slot < slots; slot++) {
    let stake = stakes;
    let clipped = i32x4.min_u(v128.load(weights), limit0);
    let sum = clipped;
    rank0 = i32x4.add(rank0, multiplyLanes(v128.load(stake), clipped));
    stake += stakeStep;
    clipped = i32x4.min_u(v128.load(weights, 16), limit1);
    sum = i32x4.add(sum, clipped);
    rank1 = i32x4.add(rank1, multiplyLanes(v128.load(stake), clipped));
    stake += stakeStep;
    clipped = i32x4.min_u(v128.load(weights, 32), limit2);
    sum = i32x4.add(sum, clipped);
    rank2 = i32x4.add(rank2, multiplyLanes(v128.load(stake), clipped));
    stake += stakeStep;
    clipped = i32x4.min_u(v128.load(weights, 48), limit3);
    sum = i32x4.add(sum, clipped);
    rank3 = i32x4.add(rank3, multiplyLanes(v128.load(stake), clipped));
    if (rowSums != 0) {
      v128.store(rowSums, i32x4.add(v128.load(rowSums), sum));
      rowSums += 16;
    }
    weights += LANES * 4;
    stakes += slotStep;
  }
  storeWide(ranks, rank0);
  storeWide(ranks + 32, rank1);
  storeWide(ranks + 64, rank2);
  storeWide(ranks + 96, rank3);
}

/** Four u32 lanes as four i64. */
// @ts-ignore: decorator
@inline
function storeWide(at: usize, words: v128): void {
  v128.store(at, i64x2.extend_low_i32x4_u(words));
  v128.store(at, i64x2.extend_high_i32x4_u(words), 16);
}

/** The weight at a place, 1.0 included. */
// @ts-ignore: decorator
@inline
export function weightAt(panels: Panels, place: i32, row: i32, column: i32): i64 {
  if (i32(load<u16>(at16(panels.singleColumns, row))) == column) return ONE;
  return i64(load<u32>(at32(panels.normalisedWeights, place)));
}

/** The live row at a place. */
// @ts-ignore: decorator
@inline
export function rowAt(panels: Panels, place: i32): i32 {
  if (panels.packed) return i32(load<u16>(at16(panels.rowOfPlace, place)));
  return (place / LANES) % panels.liveRows;
}

/**
 * A column with a W of 1.0, one entry at a time: consensus, rank, and trust. Its consensus as u32 lane is cut to the
 * largest u32 when it is 1.0; the column stays out of the lanes in all later steps.
 */
function wideColumn(panels: Panels, p: i32, lane: i32): void {
  const first = load<i32>(at32(panels.slotStarts, p));
  const slots = load<i32>(at32(panels.slotStarts, p + 1)) - first;
  const index = p * LANES + lane;
  const column = i32(load<u16>(at16(panels.columnOfLane, index)));
  let listed = 0;
  for (let slot = 0; slot < slots; slot++) {
    const place = (first + slot) * LANES + lane;
    const row = rowAt(panels, place);
    if (row == panels.liveRows) break;
    const stake = load<u32>(at64(columns.stakePairs, row));
    const weight = weightAt(panels, place, row, column);
    if (stake == 0 || weight == 0) continue;
    store<i64>(at64(columns.columnA, listed), weight);
    store<i64>(at64(columns.columnB, listed), i64(stake));
    listed++;
  }
  const consensus = medianOfColumn(
    columns.columnA,
    columns.columnB,
    listed,
    columns.voters,
    columns.votingSum,
    columns.votingSum - columns.kappa,
  );
  let rank: i64 = 0;
  for (let slot = 0; slot < slots; slot++) {
    const place = (first + slot) * LANES + lane;
    const row = rowAt(panels, place);
    if (row == panels.liveRows) break;
    const weight = weightAt(panels, place, row, column);
    const clipped = min<i64>(weight, consensus);
    const at = at64(columns.trustSums, row);
    // A packed row adds up its places by itself, all but the weight of 1.0, which they do not hold.
    if (!panels.packed || weight == ONE) store<u64>(at, load<u64>(at) + u64(clipped));
    rank = saturatingAdd(rank, multiply(i64(load<u32>(at64(columns.stakePairs, row), 4)), clipped));
  }
  store<i64>(at64(columns.rankLanes, index), rank);
  store<u32>(at32(columns.consensusLanes, index), u32(min<i64>(consensus, i64(u32.MAX_VALUE))));
}

/** From lanes to columns: consensus and incentive. A column with all the incentive, 1.0, counts as wide from here on. */
function publish(subnet: usize, panels: Panels): void {
  const n = neurons(subnet);
  normaliseColumn(columns.rankLanes, panels.panels * LANES);
  const consensus = pointer(subnet, L.CONSENSUS_RAW);
  const incentive = pointer(subnet, L.INCENTIVE_RAW);
  for (let lane = 0; lane < n; lane++) {
    const j = i32(load<u16>(at16(panels.columnOfLane, lane)));
    const value = i64(load<u32>(at32(columns.consensusLanes, lane)));
    // No W lies between 1 - 2^-16 and 1.0, so the largest u32 can only stand for 1.0.
    store<i64>(at64(consensus, j), value == i64(u32.MAX_VALUE) ? ONE : value);
    const share = load<i64>(at64(columns.rankLanes, lane));
    store<i64>(at64(incentive, j), share);
    if (share == ONE) markWideLane(lane);
  }
}

/** From partial sums to VALIDATOR_TRUST_RAW, in a dense subnet. */
function collectTrust(subnet: usize, panels: Panels): void {
  const trust = pointer(subnet, L.VALIDATOR_TRUST_RAW);
  memory.fill(trust, 0, usize(neurons(subnet)) * 8);
  for (let row = 0; row < panels.liveRows; row++) {
    const at = at64(trust, i32(load<u16>(at16(panels.uidOfRow, row))));
    let sum = load<u64>(at64(columns.trustSums, row)) + sumOfWords(v128.load(columns.rowLanes + (usize(row) << 4)));
    // A row adds up to 2^32 at most. A lane can only wrap by being all of it: then what is left is exactly 0.
    if (sum == 0) sum = trustOfRow(subnet, panels, row);
    store<i64>(at, sum);
  }
}

/** The trust of one row of a dense subnet, entry by entry. */
function trustOfRow(subnet: usize, panels: Panels, row: i32): u64 {
  const consensus = pointer(subnet, L.CONSENSUS_RAW);
  let sum: u64 = 0;
  for (let column = 0, n = neurons(subnet); column < n; column++) {
    const weight = weightAt(panels, listPlace(panels, row, column), row, column);
    sum += u64(min<i64>(weight, load<i64>(at64(consensus, column))));
  }
  return sum;
}
