/** Leased subnets: a crowdloan registers a subnet and its contributors share the owner cut (spec/governance-and-accounts.md 12). */
import { balanceOf, isSubnetAccount, reserveTao, transferTao } from "../accounts/accounts.ts";
import { leaseColdkey, leaseHotkey } from "../accounts/derived.ts";
import { signed, type Handlers } from "../calls/call.ts";
import type { Chain, Outcome } from "../chain.ts";
import { isError } from "../errors.ts";
import { registerNetwork } from "../networks/registerNetwork.ts";
import { fromInteger, safeDiv, saturatingMul, U64F64 } from "../numbers/fixed.ts";
import type { AccountId } from "../state/network.ts";
import type { Crowdloan, Lease } from "../state/pallets.ts";

export interface LeaseCalls {
  /** Works only as the call of a crowdloan that is being finalized. */
  registerLeasedNetwork: {
    /** Percent of the owner cut for the contributors, 0 to 100. */
    readonly emissionsShare: number;
    /** Null = endless. */
    readonly endBlock: number | null;
  };
  terminateLease: { readonly leaseId: number; readonly hotkey: AccountId };
}

/** Of a proxy and its list, rao. */
const PROXY_DEPOSIT = 93_000_000n;
const MAX_ID = 0xffff_ffff;

/** Contributors but the beneficiary, ascending. */
const contributorsOf = ({ contributions, creator }: Crowdloan): [AccountId, bigint][] =>
  [...contributions].filter(([account]) => account !== creator).sort(([a], [b]) => a - b);

/** floor(share * amount). */
export const refundOf = (share: bigint, amount: bigint): bigint =>
  saturatingMul(U64F64, share, fromInteger(U64F64, amount)) >> 64n;

/** The part of a contribution in what was raised, U64F64. */
export const shareOf = (contribution: bigint, raised: bigint): bigint =>
  safeDiv(U64F64, fromInteger(U64F64, contribution), fromInteger(U64F64, raised));

/** Gives back what the registration left over. */
function refundLeftover(chain: Chain, lease: Lease, leftover: bigint): Outcome {
  let rest = leftover;
  for (const [account, share] of lease.shares) {
    const refund = refundOf(share, leftover);
    const moved = transferTao(chain, lease.coldkey, account, refund);
    if (moved !== null) return moved;
    rest -= refund;
  }
  return transferTao(chain, lease.coldkey, lease.beneficiary, rest);
}

function registerLeased(
  chain: Chain,
  caller: AccountId,
  emissionsShare: number,
  endBlock: number | null,
): Outcome {
  const { state, journal } = chain;
  const loan =
    state.finalizingCrowdloan === null ? undefined : state.crowdloans.get(state.finalizingCrowdloan);
  if (loan === undefined) return "Crowdloan.InvalidCrowdloanId";
  if (loan.creator !== caller) return "InvalidLeaseBeneficiary";
  if (endBlock !== null && endBlock <= state.block) return "LeaseCannotEndInThePast";
  const id = state.nextLeaseId;
  if (id >= MAX_ID) return "Overflow";
  const [coldkey, hotkey] = [leaseColdkey(id), leaseHotkey(id)];
  const funded = transferTao(chain, loan.funds, coldkey, loan.raised);
  if (funded !== null) return funded;
  const netuid = registerNetwork(chain, coldkey, hotkey);
  if (isError(netuid)) return netuid;
  const reserved = reserveTao(chain, coldkey, PROXY_DEPOSIT);
  if (reserved !== null) return reserved;
  journal.mapSet(state.proxies, coldkey, [{ delegate: caller, proxyType: "SubnetLeaseBeneficiary" }]);
  const record = state.hotkeys.get(hotkey);
  if (record !== undefined) journal.set(record, "take", 0);
  const leftover = balanceOf(state, coldkey);
  const lease: Lease = {
    beneficiary: caller,
    coldkey,
    hotkey,
    emissionsShare,
    endBlock,
    netuid,
    cost: loan.raised - leftover,
    shares: new Map(contributorsOf(loan).map(([account, amount]) => [account, shareOf(amount, loan.raised)])),
    accumulated: 0n,
  };
  journal.mapSet(state.leases, id, lease);
  journal.set(state, "nextLeaseId", id + 1);
  const subnet = state.subnets.get(netuid);
  if (subnet !== undefined) journal.set(subnet, "leaseId", id);
  return refundLeftover(chain, lease, leftover);
}

function terminate(chain: Chain, caller: AccountId, leaseId: number, hotkey: AccountId): Outcome {
  const { state, journal } = chain;
  const lease = state.leases.get(leaseId);
  if (lease === undefined) return "LeaseDoesNotExist";
  if (lease.beneficiary !== caller) return "ExpectedBeneficiaryOrigin";
  if (lease.endBlock === null) return "LeaseHasNoEndBlock";
  if (state.block < lease.endBlock) return "LeaseHasNotEnded";
  if (state.hotkeys.get(hotkey)?.owner !== caller) return "BeneficiaryDoesNotOwnHotkey";
  if (isSubnetAccount(hotkey)) return "CannotUseSystemAccount";
  const subnet = state.subnets.get(lease.netuid);
  if (subnet !== undefined) {
    journal.set(subnet, "owner", caller);
    journal.set(subnet, "ownerHotkey", hotkey);
    journal.set(subnet, "leaseId", null);
  }
  journal.mapDelete(state.proxies, lease.coldkey);
  journal.mapDelete(state.leases, leaseId);
  return null;
}

export const leaseCalls: Handlers<LeaseCalls> = {
  registerLeasedNetwork: signed((chain, caller, { emissionsShare, endBlock }) =>
    registerLeased(chain, caller, emissionsShare, endBlock),
  ),
  terminateLease: signed((chain, caller, { leaseId, hotkey }) => terminate(chain, caller, leaseId, hotkey)),
};
