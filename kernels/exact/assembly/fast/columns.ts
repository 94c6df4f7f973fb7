// What the fast path keeps per epoch besides the panels: stakes as lanes, sums per row, flags per column.
import * as L from "../layout";
import { fromProportion, ONE } from "../fixed";
import { holderAt, holderCount, normaliseHolders } from "../stake";
import { aligned, at16, at32, at64, neurons, parameter, pointer, work } from "../subnet";
import { LANES, Panels } from "./panels";

/** i64 per uid: the active stakes of those that have some, normalised among themselves. */
export let votingStake: usize = 0;
/** Their sum, their number, and kappa. */
export let votingSum: i64 = 0;
export let voters: i32 = 0;
export let kappa: i64 = 0;
/** u32 four times per live row of a dense subnet: voting stake and active stake. */
export let votingLanes: usize = 0;
export let stakeLanes: usize = 0;
/** u32 twice per live row, and once more for places that nobody has: voting stake, active stake. */
export let stakePairs: usize = 0;
/** The same per place of the longest packed panel, apart. */
export let panelVotingLanes: usize = 0;
export let panelStakeLanes: usize = 0;
/** u32 four times per live row of a dense subnet: partial sums of trust, then of dividends. */
export let rowLanes: usize = 0;
/** u64 per live row: what single columns add to the row's trust and to its dividends. */
export let trustSums: usize = 0;
export let dividendSums: usize = 0;
/** u32 per lane of all panels: consensus. */
export let consensusLanes: usize = 0;
/** i64 per lane of all panels: rank, later incentive. */
export let rankLanes: usize = 0;
/** u16 per panel: a bit for each lane whose column holds a W of 1.0. */
export let wideColumns: usize = 0;
/** u32 per place of a panel, and of one slot more: two working panels. */
export let panelA: usize = 0;
export let panelB: usize = 0;
/** u32 twice per place of a packed subnet: clipped weight, and bond share times incentive. */
export let addends: usize = 0;
/** i64 per slot: working columns for one column. */
export let columnA: usize = 0;
export let columnB: usize = 0;
export let columnC: usize = 0;

/** Working memory that `beginColumns` takes. */
export function columnsBytes(n: i32, panels: Panels): usize {
  const rows = usize(panels.liveRows + 1);
  const lanes = usize(panels.panels) * LANES;
  const panel = usize(panels.depth + 1) * LANES * 4;
  const places = panels.packed ? usize(panels.slots) * LANES : 0;
  return aligned(usize(n) * 8) + rows * 16 * 3 + rows * 8 * 3 + lanes * 12 + usize(panels.panels) * 2 + panel * 4 + (panel >> 3) * 3 + places * 8 + 1024;
}

/** Sets up the working memory of an epoch and the stakes of the rows. */
export function beginColumns(subnet: usize, panels: Panels): void {
  const rows = usize(panels.liveRows + 1);
  const lanes = usize(panels.panels) * LANES;
  const depth = usize(panels.depth);
  votingLanes = work(rows * 16);
  stakeLanes = work(rows * 16);
  stakePairs = work(rows * 8);
  rowLanes = work(rows * 16);
  trustSums = work(rows * 8);
  dividendSums = work(rows * 8);
  consensusLanes = work(lanes * 4);
  rankLanes = work(lanes * 8);
  wideColumns = work(usize(panels.panels) * 2);
  panelVotingLanes = work(depth * LANES * 4);
  panelStakeLanes = work(depth * LANES * 4);
  panelA = work((depth + 1) * LANES * 4);
  panelB = work((depth + 1) * LANES * 4);
  addends = work(panels.packed ? usize(panels.slots) * LANES * 8 : 0);
  columnA = work(depth * 8);
  columnB = work(depth * 8);
  columnC = work(depth * 8);
  const activeStake = pointer(subnet, L.ACTIVE_STAKE_RAW);
  for (let row = 0; row <= panels.liveRows; row++) {
    // The row behind the last one is that of places that nobody has.
    const i = row < panels.liveRows ? i32(load<u16>(at16(panels.uidOfRow, row))) : -1;
    const voting = i < 0 ? 0 : load<u32>(at64(votingStake, i));
    const stake = i < 0 ? 0 : load<u32>(at64(activeStake, i));
    v128.store(votingLanes + (usize(row) << 4), i32x4.splat(voting));
    v128.store(stakeLanes + (usize(row) << 4), i32x4.splat(stake));
    store<u32>(at64(stakePairs, row), voting);
    store<u32>(at64(stakePairs, row), stake, 4);
  }
}

/** Computes the voting stakes. @returns false if they, or kappa, are at an end that the lanes do not hold */
export function prepareVoting(subnet: usize): bool {
  const n = neurons(subnet);
  const activeStake = pointer(subnet, L.ACTIVE_STAKE_RAW);
  votingStake = work(usize(n) * 8);
  kappa = fromProportion(u64(parameter(subnet, L.KAPPA)));
  memory.copy(votingStake, activeStake, usize(n) * 8);
  for (let k = 0; k < holderCount; k++) if (load<u64>(at64(activeStake, holderAt(k))) >= u64(ONE)) return false;
  normaliseHolders(votingStake);
  votingSum = 0;
  voters = 0;
  for (let k = 0; k < holderCount; k++) {
    const stake = load<i64>(at64(votingStake, holderAt(k)));
    // The only voter is left with less than 1.0 where saturated stakes add up to more; normalising makes it 1.0.
    if (stake >= ONE) return false;
    votingSum += stake;
    voters += i32(stake != 0);
  }
  return kappa > 0 && kappa < ONE && votingSum >= kappa && votingSum <= ONE;
}
