/** The conviction of hotkeys: who could become the owner of a subnet (spec/governance-and-accounts.md 9.6 and 10). */
import { saturatingAdd, U64F64 } from "../numbers/fixed.ts";
import type { AccountId, NetworkState, Subnet } from "../state/network.ts";
import { rolledAggregate } from "./aggregates.ts";

/** Conviction of a hotkey at the present block, U64F64. */
export function hotkeyConviction(state: NetworkState, subnet: Subnet, hotkey: AccountId): bigint {
  const roles = hotkey === subnet.ownerHotkey ? [false, true] : [false];
  let total = 0n;
  for (const owner of roles)
    for (const perpetual of [true, false]) {
      const { conviction } = rolledAggregate(state, subnet, { hotkey, owner, perpetual });
      total = saturatingAdd(U64F64, total, conviction);
    }
  return total;
}

/** Hotkeys that somebody has locked alpha in favour of, ascending. */
function hotkeysWithLocks({ lockAggregates, ownerHotkey }: Subnet): AccountId[] {
  const hotkeys = new Set([...lockAggregates.perpetual.keys(), ...lockAggregates.decaying.keys()]);
  const ownerLocks = lockAggregates.ownerPerpetual !== null || lockAggregates.ownerDecaying !== null;
  if (ownerLocks && ownerHotkey !== null) hotkeys.add(ownerHotkey);
  return [...hotkeys].sort((a, b) => a - b);
}

/** The hotkey with the largest conviction, of equal ones the largest account; null without any lock. */
export function kingOf(state: NetworkState, subnet: Subnet): AccountId | null {
  let king: AccountId | null = null;
  let highest = -1n;
  for (const hotkey of hotkeysWithLocks(subnet)) {
    const conviction = hotkeyConviction(state, subnet, hotkey);
    if (conviction >= highest) {
      king = hotkey;
      highest = conviction;
    }
  }
  return king;
}

/** All convictions of a subnet together, U64F64. */
export function totalConviction(state: NetworkState, subnet: Subnet): bigint {
  let total = 0n;
  for (const hotkey of hotkeysWithLocks(subnet))
    total = saturatingAdd(U64F64, total, hotkeyConviction(state, subnet, hotkey));
  return total;
}
