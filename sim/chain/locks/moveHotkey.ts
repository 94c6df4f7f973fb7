/** A hotkey swap carries locks over (spec/governance-and-accounts.md 9.5). */
import type { Chain } from "../chain.ts";
import type { AccountId, Subnet } from "../state/network.ts";
import { aggregateOf, rolledAggregate, setAggregate, type Bucket } from "./aggregates.ts";
import { rolledLock, setLock } from "./touch.ts";

const NOTHING = { mass: 0n, conviction: 0n, lastBlock: 0 };

/** Moves the aggregate of one kind; one that is stored in the target bucket already is replaced. */
function moveAggregate(
  chain: Chain,
  subnet: Subnet,
  from: AccountId,
  to: AccountId,
  perpetual: boolean,
): void {
  const source: Bucket = { hotkey: from, owner: subnet.ownerHotkey === from, perpetual };
  if (aggregateOf(subnet, source) === undefined) return;
  const rolled = rolledAggregate(chain.state, subnet, source);
  if (source.owner) {
    // The role of the owner moves along, so its sums stay where they are.
    setAggregate(chain, subnet, source, rolled);
    return;
  }
  setAggregate(chain, subnet, source, NOTHING);
  setAggregate(chain, subnet, { hotkey: to, owner: subnet.ownerHotkey === to, perpetual }, rolled);
}

/** All locks on `from` become locks on `to`, conviction kept. To be called before the owner's role moves. */
export function moveHotkeyLocks(chain: Chain, subnet: Subnet, from: AccountId, to: AccountId): void {
  for (const [coldkey, lock] of subnet.locks) {
    if (lock.hotkey !== from) continue;
    const rolled = rolledLock(chain.state, subnet, coldkey) ?? lock;
    setLock(chain, subnet, coldkey, { ...rolled, hotkey: to });
  }
  moveAggregate(chain, subnet, from, to, true);
  moveAggregate(chain, subnet, from, to, false);
}
