/** lockStake, moveLock, setPerpetualLock, setRejectLockedAlpha (spec/calls.md 9, spec/governance-and-accounts.md 9.5). */
import { signed, type Handlers } from "../calls/call.ts";
import type { Chain, Outcome } from "../chain.ts";
import { addU64 } from "../numbers/integers.ts";
import { coldkeyAlpha } from "../staking/stake.ts";
import type { AccountId, Lock, Netuid } from "../state/network.ts";
import { addToAggregate, bucketOf, subtractFromAggregate } from "./aggregates.ts";
import { rollLock } from "./roll.ts";
import { rolledLock, setLock, touchLock } from "./touch.ts";

export interface LockCalls {
  lockStake: {
    readonly hotkey: AccountId;
    readonly netuid: Netuid;
    /** Alpha, rao. */ readonly amount: bigint;
  };
  moveLock: { readonly destinationHotkey: AccountId; readonly netuid: Netuid };
  setPerpetualLock: { readonly netuid: Netuid; readonly enabled: boolean };
  /** True = refuses transfers of locked alpha. */
  setRejectLockedAlpha: { readonly enabled: boolean };
}

/** Locks `amount` more of a coldkey's alpha in favour of a hotkey. */
export function lockStake(
  chain: Chain,
  coldkey: AccountId,
  hotkey: AccountId,
  netuid: Netuid,
  amount: bigint,
): Outcome {
  const { state } = chain;
  if (amount === 0n) return "AmountTooLow";
  if (!state.hotkeys.has(hotkey)) return "HotKeyAccountNotExists";
  const subnet = state.subnets.get(netuid);
  const existing = subnet?.locks.get(coldkey);
  if (existing !== undefined && existing.hotkey !== hotkey) return "LockHotkeyMismatch";
  if (subnet === undefined) return "InsufficientStakeForLock";
  touchLock(chain, coldkey, netuid);
  const current = subnet.locks.get(coldkey);
  const mass = addU64(current?.mass ?? 0n, amount);
  if (coldkeyAlpha(state, coldkey, netuid) < mass) return "InsufficientStakeForLock";
  const grown: Lock = { hotkey, mass, conviction: current?.conviction ?? 0n, lastBlock: state.block };
  const bucket = bucketOf(subnet, coldkey, hotkey);
  setLock(
    chain,
    subnet,
    coldkey,
    rollLock(grown, state.block, state.parameters, bucket.perpetual, bucket.owner),
  );
  addToAggregate(chain, subnet, bucket, { mass: amount, conviction: 0n, lastBlock: state.block });
  return null;
}

/** Moves the whole lock to another hotkey; conviction survives only between hotkeys of one owner. */
function moveLock(chain: Chain, coldkey: AccountId, destination: AccountId, netuid: Netuid): Outcome {
  const { state } = chain;
  if (!state.hotkeys.has(destination)) return "HotKeyAccountNotExists";
  const subnet = state.subnets.get(netuid);
  const lock = subnet === undefined ? undefined : rolledLock(state, subnet, coldkey);
  if (subnet === undefined || lock === undefined) return "NoExistingLock";
  const from = bucketOf(subnet, coldkey, lock.hotkey);
  const to = bucketOf(subnet, coldkey, destination);
  const sameOwner = state.hotkeys.get(lock.hotkey)?.owner === state.hotkeys.get(destination)?.owner;
  const moved = rollLock(
    { ...lock, hotkey: destination, conviction: sameOwner ? lock.conviction : 0n },
    state.block,
    state.parameters,
    to.perpetual,
    to.owner,
  );
  subtractFromAggregate(chain, subnet, from, lock.mass, lock.conviction);
  setLock(chain, subnet, coldkey, moved);
  addToAggregate(chain, subnet, to, moved);
  return null;
}

/** Switches the decay of the coldkey's lock off or on. */
function setPerpetualLock(chain: Chain, coldkey: AccountId, netuid: Netuid, enabled: boolean): Outcome {
  const { state, journal } = chain;
  touchLock(chain, coldkey, netuid);
  const subnet = state.subnets.get(netuid);
  if (subnet === undefined || subnet.perpetualLocks.has(coldkey) === enabled) return null;
  const lock = subnet.locks.get(coldkey);
  if (lock !== undefined)
    subtractFromAggregate(chain, subnet, bucketOf(subnet, coldkey, lock.hotkey), lock.mass, lock.conviction);
  if (enabled) journal.mapSet(subnet.perpetualLocks, coldkey, true);
  else journal.mapDelete(subnet.perpetualLocks, coldkey);
  if (lock !== undefined) addToAggregate(chain, subnet, bucketOf(subnet, coldkey, lock.hotkey), lock);
  return null;
}

export const lockCalls: Handlers<LockCalls> = {
  lockStake: signed((chain, coldkey, { hotkey, netuid, amount }) =>
    lockStake(chain, coldkey, hotkey, netuid, amount),
  ),
  moveLock: signed((chain, coldkey, { destinationHotkey, netuid }) =>
    moveLock(chain, coldkey, destinationHotkey, netuid),
  ),
  setPerpetualLock: signed((chain, coldkey, { netuid, enabled }) =>
    setPerpetualLock(chain, coldkey, netuid, enabled),
  ),
  setRejectLockedAlpha: signed(({ state, journal }, coldkey, { enabled }) => {
    if (enabled) journal.mapDelete(state.acceptsLockedAlpha, coldkey);
    else journal.mapSet(state.acceptsLockedAlpha, coldkey, true);
    return null;
  }),
};
