/** When epochs run: the drain loop and what asks it (spec/epoch.md 1.2, spec/emission.md 8). */
import type { Chain } from "../chain.ts";
import { changeOwnerByConviction } from "../ownership/conviction.ts";
import { ROOT, type Netuid, type NetworkState } from "../state/network.ts";
import { cell } from "../swap/books.ts";

/** The pending alpha of an epoch, taken out of the counters; rao. */
export interface Drained {
  readonly netuid: Netuid;
  readonly server: bigint;
  readonly validator: bigint;
  readonly root: bigint;
  readonly ownerCut: bigint;
}

/** Blocks without a step after which an epoch runs whatever the schedule says. */
const MAX_BLOCKS_SINCE_LAST_STEP = 50_400;

/** Whether the epoch of a subnet is due in the present block. */
export function epochDue({ columns, block }: NetworkState, netuid: Netuid): boolean {
  const tempo = columns.tempo[netuid] ?? 0;
  if (tempo === 0) return false;
  const pendingAt = columns.pendingEpochAt[netuid] ?? 0;
  if (pendingAt > 0 && block >= pendingAt) return true;
  if ((columns.blocksSinceLastStep[netuid] ?? 0) > MAX_BLOCKS_SINCE_LAST_STEP) return true;
  return block - (columns.lastEpochBlock[netuid] ?? 0) >= tempo;
}

/** The epoch counter, counting an epoch that is due now: commits and reveals go by it. */
export const epochIndexAhead = (state: NetworkState, netuid: Netuid): number =>
  (state.columns.epochIndex[netuid] ?? 0) + (epochDue(state, netuid) ? 1 : 0);

/**
 * The due subnets that the cap will defer, as asked at the start of a block, before the drain loop counts it:
 * timelock reveals skip them (spec/weights.md 4).
 */
export function deferredAtStart(state: NetworkState): Netuid[] {
  let counted = 0;
  const deferred: Netuid[] = [];
  for (const netuid of state.netuids) {
    if (netuid === ROOT || !epochDue(state, netuid)) continue;
    if (counted >= state.parameters.maxEpochsPerBlock) deferred.push(netuid);
    else counted += 1;
  }
  return deferred;
}

/** Whether a hotkey holds two uids, which skips the epoch. */
function hasDuplicateHotkey({ subnets }: NetworkState, netuid: Netuid): boolean {
  const neurons = subnets.get(netuid)?.neurons;
  return neurons !== undefined && neurons.uidOf.size !== neurons.count;
}

/** Takes the pending amounts of a subnet. */
function drain({ state, journal }: Chain, netuid: Netuid): Drained {
  const { columns } = state;
  const drained = {
    netuid,
    server: cell(columns, "pendingServer", netuid),
    validator: cell(columns, "pendingValidator", netuid),
    root: cell(columns, "pendingRoot", netuid),
    ownerCut: cell(columns, "pendingOwnerCut", netuid),
  };
  for (const column of [
    columns.pendingServer,
    columns.pendingValidator,
    columns.pendingRoot,
    columns.pendingOwnerCut,
  ])
    journal.set(column, netuid, 0n);
  return drained;
}

/** Chooses the subnets whose epoch runs in this block and takes their pending alpha, ascending netuid. */
export function drainDueSubnets(chain: Chain): Drained[] {
  const { state, journal } = chain;
  const { columns, block, parameters } = state;
  const drained: Drained[] = [];
  for (const netuid of state.netuids) {
    if (netuid === ROOT) continue;
    journal.set(columns.blocksSinceLastStep, netuid, (columns.blocksSinceLastStep[netuid] ?? 0) + 1);
    if (!epochDue(state, netuid)) continue;
    if (drained.length >= parameters.maxEpochsPerBlock) {
      journal.set(columns.pendingEpochAt, netuid, block + 1);
      continue;
    }
    if (!hasDuplicateHotkey(state, netuid)) {
      journal.set(columns.blocksSinceLastStep, netuid, 0);
      drained.push(drain(chain, netuid));
      const subnet = state.subnets.get(netuid);
      if (subnet !== undefined) changeOwnerByConviction(chain, subnet);
    }
    journal.set(columns.lastEpochBlock, netuid, block);
    journal.set(columns.pendingEpochAt, netuid, 0);
    journal.set(columns.epochIndex, netuid, (columns.epochIndex[netuid] ?? 0) + 1);
  }
  return drained;
}
