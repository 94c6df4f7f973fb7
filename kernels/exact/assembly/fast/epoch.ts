// The fast epoch: the steps of scalar/epoch.ts over panels. It takes the inputs that lanes can hold and says so when
// they cannot; it never gives an approximate answer.
import * as L from "../layout";
import { at16, at32, at64, beginWork, commitBonds, neurons, parameter, pointer, reserveEntries } from "../subnet";
import { computeActiveStake, computeActivity, computeNewPermits, computeStakeWeights, stakeBytes } from "../stake";
import { computeBonds, prepareBonds, setLiquid } from "./bonds";
import { beginColumns, columnsBytes, prepareVoting } from "./columns";
import { computeConsensus } from "./consensus";
import { computeEmission, computeProportions } from "./emission";
import { prepareLiquid } from "./liquid";
import { bondsCapacity } from "./output";
import { buildPanels } from "./arrange";
import { freePanels, isOutgrown, Panels } from "./panels";
import { normaliseWeights } from "./weights";

// The parts of an epoch, in their order, for measurements.
export const STAKES: i32 = 1;
export const NORMALISING: i32 = 2;
export const CONSENSUS: i32 = 3;
export const BONDS: i32 = 4;
export const EMISSION: i32 = 5;

/**
 * @param last the part after which to stop
 * @returns false if nothing was computed since some value does not fit the lanes: the plain path must run
 */
export function fastEpoch(subnet: usize, panels: Panels, last: i32): bool {
  const n = neurons(subnet);
  if (n == 0) return false;
  const yuma3 = parameter(subnet, L.YUMA3) != 0;
  const wantsLiquid = yuma3 && parameter(subnet, L.LIQUID_ALPHA) != 0;
  // Only liquid alpha asks for the explicit zeros.
  const stale = panels.block == 0 || (wantsLiquid && panels.zerosStale);
  if (stale || isOutgrown(subnet, panels)) buildPanels(subnet, panels);
  if (panels.duplicates || panels.liveRows == 0) return false;
  if (!prepareBonds(subnet)) return false;
  if (wantsLiquid && (panels.unsorted || hasBondsOnZeroWeights(panels) || !prepareLiquid(subnet))) return false;
  beginWork(stakeBytes(n) + columnsBytes(n, panels));

  computeStakeWeights(subnet);
  computeActivity(subnet);
  computeNewPermits(subnet);
  computeActiveStake(subnet);
  if (!prepareVoting(subnet)) return false;
  beginColumns(subnet, panels);
  reserveEntries(subnet, L.NEW_BONDS_UIDS, bondsCapacity(n, panels));
  if (last == STAKES) return true;

  normaliseWeights(subnet, panels);
  if (last == NORMALISING) return true;
  computeConsensus(subnet, panels);
  if (last == CONSENSUS) return true;
  setLiquid(wantsLiquid && hasConsensus(subnet));
  computeBonds(subnet, panels);
  if (last == BONDS) return true;
  computeEmission(subnet);
  computeProportions(subnet);
  return true;
}

function hasConsensus(subnet: usize): bool {
  const n = neurons(subnet);
  for (let j = 0; j < n; j++) if (load<i64>(at64(pointer(subnet, L.CONSENSUS_RAW), j)) != 0) return true;
  return false;
}

/** Liquid alpha keeps an old bond where the row lists the miner with weight 0, which lanes cannot tell from no entry. */
function hasBondsOnZeroWeights(panels: Panels): bool {
  for (let k = 0; k < panels.zeroWeights; k++)
    if (load<u16>(at16(panels.bonds, load<i32>(at32(panels.zeroPlaces, k)))) != 0) return true;
  return false;
}

/** Makes the new bonds the stored ones, in the panels as well if the last step filled them. */
export function commitFastBonds(subnet: usize, panels: Panels, filled: bool): void {
  commitBonds(subnet);
  if (!filled) return freePanels(panels);
  const stored = panels.bonds;
  panels.bonds = panels.newBonds;
  panels.newBonds = stored;
}
