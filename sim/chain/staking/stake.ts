/** Stakes of (hotkey, coldkey, subnet) and the lists that hang on them (spec/staking.md 1 and 2.2). */
import type { Chain } from "../chain.ts";
import {
  ROOT,
  type AccountId,
  type Netuid,
  type NetworkState,
  type SharePool,
  type Subnet,
} from "../state/network.ts";
import { canAdd, emptySharePool, sharePoolValue, updateAll, updateOne } from "./sharePool.ts";

const poolOfHotkey = (state: NetworkState, hotkey: AccountId, netuid: Netuid): SharePool | undefined =>
  state.subnets.get(netuid)?.pools.get(hotkey);

/** TotalHotkeyAlpha: what all coldkeys together have on a hotkey, rao. */
export const hotkeyAlpha = (state: NetworkState, hotkey: AccountId, netuid: Netuid): bigint =>
  poolOfHotkey(state, hotkey, netuid)?.value ?? 0n;

/** What one coldkey has on a hotkey, rao, rounded down. */
export function stakeOf(state: NetworkState, hotkey: AccountId, coldkey: AccountId, netuid: Netuid): bigint {
  const pool = poolOfHotkey(state, hotkey, netuid);
  return pool === undefined ? 0n : sharePoolValue(pool, coldkey);
}

/** What one coldkey has on all its hotkeys of a subnet, rao. */
export function coldkeyAlpha(state: NetworkState, coldkey: AccountId, netuid: Netuid): bigint {
  let total = 0n;
  for (const hotkey of state.stakingHotkeys.get(coldkey) ?? [])
    total += stakeOf(state, hotkey, coldkey, netuid);
  return total;
}

/** The share pool of a hotkey, created where there is none. */
function poolIn({ journal }: Chain, subnet: Subnet, hotkey: AccountId): SharePool {
  let pool = subnet.pools.get(hotkey);
  if (pool === undefined) {
    pool = emptySharePool();
    journal.mapSet(subnet.pools, hotkey, pool);
  }
  return pool;
}

/** stake += amount, also for 0 (which the share pool notices). A first stake enters the coldkey's staking list. */
export function increaseStake(
  chain: Chain,
  hotkey: AccountId,
  coldkey: AccountId,
  netuid: Netuid,
  amount: bigint,
): void {
  const { state, journal } = chain;
  if (amount > 0n) {
    const list = state.stakingHotkeys.get(coldkey) ?? [];
    if (!list.includes(hotkey)) journal.mapSet(state.stakingHotkeys, coldkey, [...list, hotkey]);
  }
  const subnet = state.subnets.get(netuid);
  if (subnet === undefined) return;
  // Adding nothing changes only an empty pool that still has shares.
  if (amount === 0n && subnet.pools.get(hotkey)?.denominator.mantissa !== 0n) return;
  updateOne(journal, poolIn(chain, subnet, hotkey), coldkey, amount);
  journal.set(subnet, "stakedAlpha", subnet.stakedAlpha + amount);
}

/** Raises the value of a hotkey's pool, and so what each of its nominators has. */
export function raiseStakePool(chain: Chain, hotkey: AccountId, netuid: Netuid, amount: bigint): void {
  const subnet = chain.state.subnets.get(netuid);
  if (subnet === undefined || amount === 0n) return;
  updateAll(chain.journal, poolIn(chain, subnet, hotkey), amount);
  chain.journal.set(subnet, "stakedAlpha", subnet.stakedAlpha + amount);
}

/** stake -= amount where the coldkey holds that much, else nothing. */
export function decreaseStake(
  { state, journal }: Chain,
  hotkey: AccountId,
  coldkey: AccountId,
  netuid: Netuid,
  amount: bigint,
): void {
  const subnet = state.subnets.get(netuid);
  const pool = subnet?.pools.get(hotkey);
  if (subnet === undefined || pool === undefined) return;
  if (!pool.shares.has(coldkey) || sharePoolValue(pool, coldkey) < amount) return;
  updateOne(journal, pool, coldkey, -amount);
  journal.set(subnet, "stakedAlpha", subnet.stakedAlpha - amount);
}

/** Whether a stake of `amount` rao would be a share at all. */
export function canAddStake(state: NetworkState, hotkey: AccountId, netuid: Netuid, amount: bigint): boolean {
  const pool = poolOfHotkey(state, hotkey, netuid);
  return pool === undefined || canAdd(pool, amount);
}

/** The coldkey takes part in automatic root claims from now on. */
export function indexRootStaker({ state, journal }: Chain, coldkey: AccountId): void {
  const { list, indexOf } = state.rootStakers;
  if (indexOf.has(coldkey)) return;
  journal.mapSet(indexOf, coldkey, list.length);
  journal.push(list, coldkey);
}

/** Removes a coldkey that has no root stake left on any hotkey of its staking list; the last one takes its place. */
export function unindexRootStaker({ state, journal }: Chain, coldkey: AccountId): void {
  const { list, indexOf } = state.rootStakers;
  const index = indexOf.get(coldkey);
  if (index === undefined) return;
  for (const hotkey of state.stakingHotkeys.get(coldkey) ?? [])
    if (stakeOf(state, hotkey, coldkey, ROOT) > 0n) return;
  const last = list[list.length - 1];
  if (last !== undefined && last !== coldkey) {
    journal.set(list, index, last);
    journal.mapSet(indexOf, last, index);
  }
  journal.pop(list);
  journal.mapDelete(indexOf, coldkey);
}
