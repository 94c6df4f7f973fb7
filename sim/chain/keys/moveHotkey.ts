/** What a hotkey swap moves on one subnet (spec/governance-and-accounts.md 5). */
import type { Chain } from "../chain.ts";
import { moveHotkeyLocks } from "../locks/moveHotkey.ts";
import { emptySharePool } from "../staking/sharePool.ts";
import { add } from "../staking/shareFloat.ts";
import { netuidParametersOf } from "../state/genesis.ts";
import type { AccountId, Netuid, ShareFloat, Subnet } from "../state/network.ts";
import { relink } from "./relink.ts";

const sum = (a: ShareFloat, b: ShareFloat): ShareFloat => add(a, b) ?? a;

/** The whole pool of `from` goes to `to`: values, denominators and shares add up. */
function moveStakePool(chain: Chain, { pools }: Subnet, from: AccountId, to: AccountId): void {
  const { state, journal } = chain;
  const source = pools.get(from);
  if (source === undefined) return;
  const target = pools.get(to) ?? emptySharePool();
  const shares = new Map(target.shares);
  for (const [coldkey, share] of source.shares) {
    const held = shares.get(coldkey);
    shares.set(coldkey, held === undefined ? share : sum(held, share));
    const staking = state.stakingHotkeys.get(coldkey) ?? [];
    if (!staking.includes(to)) journal.mapSet(state.stakingHotkeys, coldkey, [...staking, to]);
  }
  journal.mapDelete(pools, from);
  journal.mapSet(pools, to, {
    value: target.value + source.value,
    denominator: sum(target.denominator, source.denominator),
    shares,
  });
}

/** Renames a key of a map; amounts add to what the new key has. */
function moveAmount({ journal }: Chain, map: Map<AccountId, bigint>, from: AccountId, to: AccountId): void {
  const amount = map.get(from);
  if (amount === undefined) return;
  journal.mapDelete(map, from);
  journal.mapSet(map, to, (map.get(to) ?? 0n) + amount);
}

function moveEntry<V>({ journal }: Chain, map: Map<AccountId, V>, from: AccountId, to: AccountId): void {
  const value = map.get(from);
  if (value === undefined) return;
  journal.mapDelete(map, from);
  journal.mapSet(map, to, value);
}

/** The uid and everything that belongs to it change hands with one name. */
function moveNeuron(chain: Chain, { neurons, mechanisms }: Subnet, from: AccountId, to: AccountId): void {
  const { journal } = chain;
  const uid = neurons.uidOf.get(from);
  if (uid !== undefined) {
    journal.mapDelete(neurons.uidOf, from);
    journal.mapSet(neurons.uidOf, to, uid);
    journal.set(neurons.hotkeys, uid, to);
  }
  for (const { hashCommits, timelockCommits } of mechanisms) {
    moveEntry(chain, hashCommits, from, to);
    for (const [epoch, queue] of timelockCommits)
      if (queue.some(({ hotkey }) => hotkey === from))
        journal.mapSet(
          timelockCommits,
          epoch,
          queue.map((commit) => (commit.hotkey === from ? { ...commit, hotkey: to } : commit)),
        );
  }
}

function moveAutoStake({ state, journal }: Chain, netuid: Netuid, from: AccountId, to: AccountId): void {
  const { autoStake } = netuidParametersOf(journal, state, netuid);
  for (const [coldkey, hotkey] of autoStake) if (hotkey === from) journal.mapSet(autoStake, coldkey, to);
}

/** `to` takes over everything that `from` is and has on a subnet, its stake only where it does not keep it. */
export function moveHotkeyOnSubnet(
  chain: Chain,
  subnet: Subnet,
  from: AccountId,
  to: AccountId,
  keepStake: boolean,
): void {
  const { journal } = chain;
  moveNeuron(chain, subnet, from, to);
  relink(chain, subnet, from, to);
  const record = netuidParametersOf(journal, chain.state, subnet.netuid);
  moveEntry(chain, record.childkeyTakes, from, to);
  moveAutoStake(chain, subnet.netuid, from, to);
  moveHotkeyLocks(chain, subnet, from, to);
  if (subnet.ownerHotkey === from) journal.set(subnet, "ownerHotkey", to);
  moveAmount(chain, subnet.alphaDividends, from, to);
  moveAmount(chain, subnet.rootDividends, from, to);
  moveAmount(chain, record.votingPower, from, to);
  if (!keepStake) moveStakePool(chain, subnet, from, to);
}
