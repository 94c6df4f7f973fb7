/** A transfer of stake to another coldkey takes locked alpha along with its lock (spec/governance-and-accounts.md 9.5). */
import type { Chain, Outcome } from "../chain.ts";
import { fromInteger, safeDiv, saturatingAdd, saturatingMul, U64F64 } from "../numbers/fixed.ts";
import { addU64, min, subU64 } from "../numbers/integers.ts";
import { coldkeyAlpha } from "../staking/stake.ts";
import type { AccountId, Lock, Netuid } from "../state/network.ts";
import { addToAggregate, bucketOf, subtractFromAggregate } from "./aggregates.ts";
import { rolledLock, setLock } from "./touch.ts";

/**
 * Moves the part of the source's lock that `amount` cannot leave behind. Free alpha goes first.
 * Errors: LockHotkeyMismatch, AccountRejectsLockedAlpha.
 */
export function transferLock(
  chain: Chain,
  from: AccountId,
  to: AccountId,
  netuid: Netuid,
  amount: bigint,
): Outcome {
  if (from === to) return null;
  const { state } = chain;
  const subnet = state.subnets.get(netuid);
  const source = subnet === undefined ? undefined : rolledLock(state, subnet, from);
  if (subnet === undefined || source === undefined) return null;
  const free = min(amount, subU64(coldkeyAlpha(state, from, netuid), source.mass));
  const mass = min(amount - free, source.mass);
  const target = rolledLock(state, subnet, to);
  if (mass > 0n) {
    if (target !== undefined && target.hotkey !== source.hotkey) return "LockHotkeyMismatch";
    if (!state.acceptsLockedAlpha.has(to)) return "AccountRejectsLockedAlpha";
  }
  if (mass === 0n) {
    setLock(chain, subnet, from, source);
    if (target !== undefined) setLock(chain, subnet, to, target);
    return null;
  }
  const part = safeDiv(U64F64, fromInteger(U64F64, mass), fromInteger(U64F64, source.mass));
  const conviction = saturatingMul(U64F64, source.conviction, part);
  setLock(chain, subnet, from, {
    ...source,
    mass: subU64(source.mass, mass),
    conviction: subU64(source.conviction, conviction),
  });
  const received: Lock = {
    hotkey: source.hotkey,
    mass: addU64(target?.mass ?? 0n, mass),
    conviction: saturatingAdd(U64F64, target?.conviction ?? 0n, conviction),
    lastBlock: state.block,
  };
  setLock(chain, subnet, to, received);
  subtractFromAggregate(chain, subnet, bucketOf(subnet, from, source.hotkey), mass, conviction);
  addToAggregate(chain, subnet, bucketOf(subnet, to, source.hotkey), {
    mass,
    conviction,
    lastBlock: state.block,
  });
  return null;
}
