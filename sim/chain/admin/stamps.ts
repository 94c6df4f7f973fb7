/** When somebody last did what may be done only so often (spec/calls.md 11). A failed call sets no stamp. */
import type { Chain } from "../chain.ts";
import type { AccountId, Netuid, NetworkState } from "../state/network.ts";

/** Kept per subnet and parameter; survives a change of owner and dissolving. */
export const parameterStamp = (netuid: Netuid, parameter: string): string =>
  `parameter/${netuid}/${parameter}`;

const CALLER_PREFIX = (netuid: Netuid): string => `caller/${netuid}/`;

/** Kept per caller and subnet; dissolving deletes it. */
export const callerStamp = (netuid: Netuid, caller: AccountId, parameter: string): string =>
  `${CALLER_PREFIX(netuid)}${caller}/${parameter}`;

/** Kept per coldkey and subnet: swaps of hotkeys. */
export const hotkeySwapStamp = (netuid: Netuid, coldkey: AccountId): string =>
  `hotkeySwap/${netuid}/${coldkey}`;

/** Kept per coldkey: its last key swap. */
export const lastTransactionStamp = (coldkey: AccountId): string => `transaction/${coldkey}`;

/** Block of a stamp, 0 = never. */
export const stampedAt = ({ rateLimitStamps }: NetworkState, key: string): number =>
  rateLimitStamps.get(key) ?? 0;

/** Whether `limit` blocks passed since the stamp, or there is none. */
export function hasPassed(state: NetworkState, key: string, limit: number): boolean {
  const last = stampedAt(state, key);
  return last === 0 || state.block - last >= limit;
}

/** Sets a stamp to the present block. */
export const stamp = ({ state, journal }: Chain, key: string): void =>
  journal.mapSet(state.rateLimitStamps, key, state.block);

/** Deletes what dissolving deletes. */
export function forgetCallerStamps({ state, journal }: Chain, netuid: Netuid): void {
  const prefix = CALLER_PREFIX(netuid);
  for (const key of state.rateLimitStamps.keys())
    if (key.startsWith(prefix)) journal.mapDelete(state.rateLimitStamps, key);
}
