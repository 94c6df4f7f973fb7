/** The owner's cut can be locked as it is paid (spec/governance-and-accounts.md 9.5). */
import type { Chain } from "../chain.ts";
import { lockStake } from "../locks/calls.ts";
import type { Subnet } from "../state/network.ts";

/** Locks the cut on the owner's existing lock, or on the owner hotkey; what fails is not locked. */
export function autoLockOwnerCut(chain: Chain, subnet: Subnet, cut: bigint): void {
  const { owner, ownerHotkey, netuid, parameters, locks } = subnet;
  if (!parameters.ownerCutAutoLockEnabled || owner === null || ownerHotkey === null) return;
  const hotkey = locks.get(owner)?.hotkey ?? ownerHotkey;
  chain.journal.atomically(() => lockStake(chain, owner, hotkey, netuid, cut));
}
