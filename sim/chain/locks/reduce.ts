/** Forced reduction of a lock, when a small nomination is cleared (spec/governance-and-accounts.md 9.5). */
import type { Chain } from "../chain.ts";
import { fromInteger, safeDiv, saturatingMul, saturatingSub, U64F64 } from "../numbers/fixed.ts";
import { subU64 } from "../numbers/integers.ts";
import type { AccountId, Netuid } from "../state/network.ts";
import { bucketOf, subtractFromAggregate } from "./aggregates.ts";
import { setLock, touchLock } from "./touch.ts";

/** The lock of a coldkey loses `amount` of its mass and the same part of its conviction. */
export function forceReduceLock(chain: Chain, coldkey: AccountId, netuid: Netuid, amount: bigint): void {
  const { state } = chain;
  touchLock(chain, coldkey, netuid);
  const subnet = state.subnets.get(netuid);
  const lock = subnet?.locks.get(coldkey);
  if (subnet === undefined || lock === undefined) return;
  const mass = subU64(lock.mass, amount);
  let conviction = 0n;
  if (mass > 0n) {
    const part = safeDiv(U64F64, fromInteger(U64F64, amount), fromInteger(U64F64, lock.mass));
    conviction = saturatingMul(U64F64, lock.conviction, saturatingSub(U64F64, U64F64.one, part));
  }
  const bucket = bucketOf(subnet, coldkey, lock.hotkey);
  subtractFromAggregate(chain, subnet, bucket, subU64(lock.mass, mass), subU64(lock.conviction, conviction));
  setLock(chain, subnet, coldkey, { ...lock, mass, conviction });
}
