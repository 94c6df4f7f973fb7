/** What the contributors of a lease get of the owner cut (spec/governance-and-accounts.md 12.2). */
import type { Chain, Outcome } from "../chain.ts";
import { min, subU64, U64_MAX } from "../numbers/integers.ts";
import { moveStakeAmount } from "../staking/moveStake.ts";
import type { AccountId, Subnet } from "../state/network.ts";
import type { Lease } from "../state/pallets.ts";

/** Payouts happen in epoch blocks that this divides. */
const DISTRIBUTION_INTERVAL = 100;
const FRACTION = (1n << 64n) - 1n;

/** ceil(percent * cut / 100). */
export const contributorsCut = (percent: number, cut: bigint): bigint => (BigInt(percent) * cut + 99n) / 100n;

/** ceil(share * amount); the product has no more fraction bits than U64F64. @param share U64F64 */
export const contributorDividend = (share: bigint, amount: bigint): bigint =>
  min(U64_MAX, (share * amount + FRACTION) >> 64n);

function pay(chain: Chain, lease: Lease, receiver: AccountId, alpha: bigint): Outcome {
  const { coldkey, hotkey, netuid } = lease;
  return moveStakeAmount(chain, {
    from: { hotkey, coldkey, netuid },
    to: { hotkey, coldkey: receiver, netuid },
    alpha,
    limit: null,
    toggle: false,
  });
}

function payAll(chain: Chain, lease: Lease, amount: bigint): Outcome {
  let rest = amount;
  for (const [account, share] of lease.shares) {
    const dividend = contributorDividend(share, amount);
    const outcome = pay(chain, lease, account, dividend);
    if (outcome !== null) return outcome;
    rest = subU64(rest, dividend);
  }
  return pay(chain, lease, lease.beneficiary, rest);
}

/** After the owner cut was paid: keeps the contributors' part, and pays it out when the block allows. */
export function distributeLeaseDividends(chain: Chain, subnet: Subnet, cut: bigint): void {
  const { state, journal } = chain;
  const lease = subnet.leaseId === null ? undefined : state.leases.get(subnet.leaseId);
  if (lease === undefined || (lease.endBlock !== null && lease.endBlock <= state.block)) return;
  const amount = min(U64_MAX, lease.accumulated + contributorsCut(lease.emissionsShare, cut));
  const due = state.block % DISTRIBUTION_INTERVAL === 0;
  const paid = due && journal.atomically(() => payAll(chain, lease, amount)) === null;
  journal.set(lease, "accumulated", paid ? 0n : amount);
}
