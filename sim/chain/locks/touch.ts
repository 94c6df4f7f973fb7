/** Rolling a coldkey's lock in state, and what a lock leaves free (spec/governance-and-accounts.md 9.4 and 9.5). */
import type { Chain } from "../chain.ts";
import { subU64 } from "../numbers/integers.ts";
import { coldkeyAlpha } from "../staking/stake.ts";
import type { AccountId, Lock, Netuid, NetworkState, Subnet } from "../state/network.ts";
import { aggregateOf, bucketOf, rolledAggregate, setAggregate } from "./aggregates.ts";
import { isDust, rollDeltas, rollLock } from "./roll.ts";

/** The lock of a coldkey rolled to the present block; undefined where there is none. */
export function rolledLock(state: NetworkState, subnet: Subnet, coldkey: AccountId): Lock | undefined {
  const lock = subnet.locks.get(coldkey);
  if (lock === undefined) return undefined;
  const { owner, perpetual } = bucketOf(subnet, coldkey, lock.hotkey);
  return rollLock(lock, state.block, state.parameters, perpetual, owner);
}

/** Stores a lock; dust is removed. */
export function setLock({ journal }: Chain, subnet: Subnet, coldkey: AccountId, lock: Lock): void {
  if (isDust(lock)) journal.mapDelete(subnet.locks, coldkey);
  else journal.mapSet(subnet.locks, coldkey, lock);
}

/**
 * Brings a lock and its aggregate to the present block. An aggregate whose lock lost mass skips the elapsed time: that
 * is the chain's real behaviour (9.4).
 */
export function touchLock(chain: Chain, coldkey: AccountId, netuid: Netuid): void {
  const { state } = chain;
  const subnet = state.subnets.get(netuid);
  const before = subnet?.locks.get(coldkey);
  if (subnet === undefined || before === undefined) return;
  const after = rolledLock(state, subnet, coldkey) ?? before;
  const bucket = bucketOf(subnet, coldkey, before.hotkey);
  const deltas = rollDeltas(before, after);
  if (deltas.mass === 0n && deltas.conviction === 0n)
    setAggregate(chain, subnet, bucket, rolledAggregate(state, subnet, bucket));
  else {
    const stored = aggregateOf(subnet, bucket);
    setAggregate(chain, subnet, bucket, {
      mass: subU64(stored?.mass ?? 0n, deltas.mass),
      conviction: subU64(stored?.conviction ?? 0n, deltas.conviction),
      lastBlock: state.block,
    });
  }
  setLock(chain, subnet, coldkey, after);
}

/** Alpha of a coldkey on a subnet that its lock does not hold, rao. */
export function availableToUnstake(state: NetworkState, coldkey: AccountId, netuid: Netuid): bigint {
  const subnet = state.subnets.get(netuid);
  const locked = subnet === undefined ? 0n : (rolledLock(state, subnet, coldkey)?.mass ?? 0n);
  return subU64(coldkeyAlpha(state, coldkey, netuid), locked);
}
