/** The freeze window: shortly before an epoch nobody changes hyperparameters (spec/subnets.md 10, spec/calls.md 3). */
import { COLUMN_DEFAULTS } from "../protocol/defaults.ts";
import type { Netuid, NetworkState } from "../state/network.ts";

const DEFAULT_TEMPO = COLUMN_DEFAULTS.u32.tempo ?? 0;

/** Blocks to the next regular epoch, at least 0. A netuid without subnet has the default tempo and block 0. */
export function blocksToRegularEpoch({ columns, block }: NetworkState, netuid: Netuid): number {
  const exists = columns.exists[netuid] === 1;
  const tempo = exists ? (columns.tempo[netuid] ?? 0) : DEFAULT_TEMPO;
  const last = exists ? (columns.lastEpochBlock[netuid] ?? 0) : 0;
  return Math.max(0, last + tempo - block);
}

/** Whether changes marked w are allowed now. */
export function isWindowOpen(state: NetworkState, netuid: Netuid): boolean {
  const { columns, block, parameters } = state;
  const exists = columns.exists[netuid] === 1;
  if (exists && (columns.pendingEpochAt[netuid] ?? 0) > block) return false;
  if (exists && columns.tempo[netuid] === 0) return true;
  return blocksToRegularEpoch(state, netuid) >= parameters.adminFreezeWindow;
}
