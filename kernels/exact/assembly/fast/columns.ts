// What the fast path keeps per epoch besides the panels: stakes as lanes, sums per row, flags per column.
import * as L from "../layout";
import { fromProportion, normalise, ONE } from "../fixed";
import { aligned, at16, at32, at64, neurons, parameter, pointer, work } from "../subnet";
import { LANES, Panels } from "./panels";

/** i64 per uid: the active stakes of those that have some, normalised among themselves. */
export let votingStake: usize = 0;
/** Their sum, their number, and kappa. */
export let votingSum: i64 = 0;
export let voters: i32 = 0;
export let kappa: i64 = 0;
/** u32 four times per live row and once more for the empty row: voting stake and active stake. */
export let votingLanes: usize = 0;
export let stakeLanes: usize = 0;
/** The same per place of the longest packed panel. */
export let panelVotingLanes: usize = 0;
export let panelStakeLanes: usize = 0;
/** u32 four times per live row: partial sums of trust, then of dividends. */
export let rowLanes: usize = 0;
/** u64 per live row: what single columns add to those. */
export let rowSums: usize = 0;
/** u32 per lane of all panels: consensus. */
export let consensusLanes: usize = 0;
/** i64 per lane of all panels: rank, later incentive. */
export let rankLanes: usize = 0;
/** u16 per panel: a bit for each lane whose column holds a W of 1.0. */
export let wideColumns: usize = 0;
/** u32 per place of a panel: two working panels. */
export let panelA: usize = 0;
export let panelB: usize = 0;
/** u32 per place of a packed subnet: bond share times incentive. */
export let products: usize = 0;
/** i64 per slot: working columns for one column. */
export let columnA: usize = 0;
export let columnB: usize = 0;
export let columnC: usize = 0;

function longestPanel(panels: Panels): i32 {
  // Columns are in order of length, so it is the first.
  return panels.panels == 0 ? 0 : load<i32>(at32(panels.slotStarts, 1));
}

/** Working memory that `beginColumns` takes. */
export function columnsBytes(n: i32, panels: Panels): usize {
  const rows = usize(panels.liveRows + 1);
  const lanes = usize(panels.panels) * LANES;
  const panel = usize(longestPanel(panels)) * LANES * 4;
  return aligned(usize(n) * 8) + rows * 16 * 3 + rows * 8 + lanes * 12 + usize(panels.panels) * 2 + panel * 4 + (panel >> 3) * 3 + usize(panels.slots) * LANES * 4 + 1024;
}

/** Sets up the working memory of an epoch and spreads the stakes over lanes. */
export function beginColumns(subnet: usize, panels: Panels): void {
  const rows = usize(panels.liveRows + 1);
  const lanes = usize(panels.panels) * LANES;
  const depth = usize(longestPanel(panels));
  votingLanes = work(rows * 16);
  stakeLanes = work(rows * 16);
  rowLanes = work(rows * 16);
  rowSums = work(rows * 8);
  consensusLanes = work(lanes * 4);
  rankLanes = work(lanes * 8);
  wideColumns = work(usize(panels.panels) * 2);
  panelVotingLanes = work(depth * LANES * 4);
  panelStakeLanes = work(depth * LANES * 4);
  panelA = work(depth * LANES * 4);
  panelB = work(depth * LANES * 4);
  products = work(panels.packed ? usize(panels.slots) * LANES * 4 : 0);
  columnA = work(depth * 8);
  columnB = work(depth * 8);
  columnC = work(depth * 8);
  const activeStake = pointer(subnet, L.ACTIVE_STAKE_RAW);
  for (let row = 0; row <= panels.liveRows; row++) {
    // The row behind the last one is that of places that nobody has.
    const i = row < panels.liveRows ? i32(load<u16>(at16(panels.uidOfRow, row))) : -1;
    const voting = i < 0 ? 0 : load<i64>(at64(votingStake, i));
    const stake = i < 0 ? 0 : load<i64>(at64(activeStake, i));
    v128.store(votingLanes + (usize(row) << 4), i32x4.splat(i32(voting)));
    v128.store(stakeLanes + (usize(row) << 4), i32x4.splat(i32(stake)));
  }
}

/** Computes the voting stakes. @returns false if they, or kappa, are at an end that the lanes do not hold */
export function prepareVoting(subnet: usize): bool {
  const n = neurons(subnet);
  const activeStake = pointer(subnet, L.ACTIVE_STAKE_RAW);
  votingStake = work(usize(n) * 8);
  kappa = fromProportion(u64(parameter(subnet, L.KAPPA)));
  let fits = true;
  for (let i = 0; i < n; i++) {
    const stake = load<i64>(at64(activeStake, i));
    if (u64(stake) >= u64(ONE)) fits = false;
    store<i64>(at64(votingStake, i), stake);
  }
  if (!fits) return false;
  normalise(votingStake, n);
  votingSum = 0;
  voters = 0;
  for (let i = 0; i < n; i++) {
    const stake = load<i64>(at64(votingStake, i));
    // The only voter is left with less than 1.0 where saturated stakes add up to more; normalising makes it 1.0.
    if (stake >= ONE) fits = false;
    votingSum += stake;
    voters += i32(stake != 0);
  }
  return fits && kappa > 0 && kappa < ONE && votingSum >= kappa && votingSum <= ONE;
}

/** Spreads voting and active stakes of the rows over the places of packed panel p. */
export function spreadStakes(panels: Panels, p: i32): void {
  const first = usize(load<u32>(at32(panels.slotStarts, p))) * LANES;
  const places = usize(load<u32>(at32(panels.slotStarts, p + 1))) * LANES - first;
  // In locals, since a store might change a field for all that the compiler knows.
  const rows = panels.rowOfPlace + (first << 1);
  const voting = votingLanes;
  const stakes = stakeLanes;
  const votingOut = panelVotingLanes;
  const stakesOut = panelStakeLanes;
  for (let k: usize = 0; k < places; k++) {
    const row = usize(load<u16>(rows + (k << 1))) << 4;
    store<u32>(votingOut + (k << 2), load<u32>(voting + row));
    store<u32>(stakesOut + (k << 2), load<u32>(stakes + row));
  }
}
