/** What a coldkey swap moves (spec/governance-and-accounts.md 6). */
import { balanceOf, transferTao } from "../accounts/accounts.ts";
import type { Chain, Outcome } from "../chain.ts";
import { addToAggregate, bucketOf, subtractFromAggregate } from "../locks/aggregates.ts";
import { rolledLock, setLock } from "../locks/touch.ts";
import { moveColdkeyClaims } from "../staking/claimRecords.ts";
import { indexRootStaker, unindexRootStaker } from "../staking/stake.ts";
import type { AccountId, Subnet } from "../state/network.ts";

function moveEntry<V>({ journal }: Chain, map: Map<AccountId, V>, from: AccountId, to: AccountId): void {
  const value = map.get(from);
  if (value === undefined) return;
  journal.mapDelete(map, from);
  journal.mapSet(map, to, value);
}

/** The lock moves with its flag; the sums lose and gain the same amounts. */
function moveLockOf(chain: Chain, subnet: Subnet, from: AccountId, to: AccountId): void {
  const { state, journal } = chain;
  const lock = rolledLock(state, subnet, from);
  if (lock !== undefined)
    subtractFromAggregate(chain, subnet, bucketOf(subnet, from, lock.hotkey), lock.mass, lock.conviction);
  journal.mapDelete(subnet.locks, from);
  moveEntry(chain, subnet.perpetualLocks, from, to);
  if (lock === undefined) return;
  setLock(chain, subnet, to, lock);
  addToAggregate(chain, subnet, bucketOf(subnet, to, lock.hotkey), lock);
}

function moveOnSubnet(chain: Chain, subnet: Subnet, from: AccountId, to: AccountId): void {
  const { state, journal } = chain;
  if (subnet.owner === from) journal.set(subnet, "owner", to);
  const autoStake = state.netuidParameters.get(subnet.netuid)?.autoStake;
  if (autoStake !== undefined) moveEntry(chain, autoStake, from, to);
  for (const pool of subnet.pools.values()) moveEntry(chain, pool.shares, from, to);
  moveLockOf(chain, subnet, from, to);
}

/** The hotkeys of one coldkey belong to another. */
function moveOwnedHotkeys(chain: Chain, from: AccountId, to: AccountId): void {
  const { state, journal } = chain;
  const owned = state.ownedHotkeys.get(from) ?? [];
  for (const hotkey of owned) {
    const record = state.hotkeys.get(hotkey);
    if (record !== undefined) journal.set(record, "owner", to);
  }
  journal.mapDelete(state.ownedHotkeys, from);
  if (owned.length > 0)
    journal.mapSet(state.ownedHotkeys, to, [...(state.ownedHotkeys.get(to) ?? []), ...owned]);
}

/** Everything of one coldkey becomes another's; the old account dies. */
export function moveColdkey(chain: Chain, from: AccountId, to: AccountId): Outcome {
  const { state } = chain;
  for (const subnet of state.subnets.values()) moveOnSubnet(chain, subnet, from, to);
  moveColdkeyClaims(chain, from, to);
  moveEntry(chain, state.stakingHotkeys, from, to);
  if (state.rootStakers.indexOf.has(from)) {
    indexRootStaker(chain, to);
    unindexRootStaker(chain, from);
  }
  moveOwnedHotkeys(chain, from, to);
  moveEntry(chain, state.acceptsLockedAlpha, from, to);
  return transferTao(chain, from, to, balanceOf(state, from));
}
