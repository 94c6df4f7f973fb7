/** Taking a subnet off the chain: its TAO goes to the holders of its alpha (spec/subnets.md 4.2). */
import { balanceOf, recycleTao, subnetAccount, transferTao } from "../accounts/accounts.ts";
import type { Chain } from "../chain.ts";
import { alphaIssuance } from "../coinbase/emission.ts";
import { fromInteger, safeDiv, saturatingMul, toU64, U64F64, U96F32 } from "../numbers/fixed.ts";
import { min, subU64 } from "../numbers/integers.ts";
import { forgetClaims } from "../staking/claimRecords.ts";
import { sharePoolValue } from "../staking/sharePool.ts";
import { netuidParametersOf, resetColumns } from "../state/genesis.ts";
import type { AccountId, Netuid, Subnet } from "../state/network.ts";
import { cell, priceOf } from "../swap/books.ts";

/** Alpha of every (hotkey, coldkey), ascending; rao. */
function holdings({ pools }: Subnet): { coldkey: AccountId; alpha: bigint }[] {
  return [...pools]
    .sort(([a], [b]) => a - b)
    .flatMap(([, pool]) =>
      [...pool.shares.keys()]
        .sort((a, b) => a - b)
        .map((coldkey) => ({ coldkey, alpha: sharePoolValue(pool, coldkey) })),
    );
}

/** `pot` in proportion to `parts`; what the floors leave goes to the largest remainders, one rao each. */
export function proportionalShares(pot: bigint, parts: readonly bigint[]): bigint[] {
  const total = parts.reduce((sum, part) => sum + part, 0n);
  if (total === 0n) return parts.map(() => 0n);
  const shares = parts.map((part) => (pot * part) / total);
  const rest = Number(pot - shares.reduce((sum, share) => sum + share, 0n));
  const byRemainder = parts
    .map((part, i) => ({ i, remainder: (pot * part) % total }))
    .sort((a, b) => (a.remainder > b.remainder ? -1 : a.remainder < b.remainder ? 1 : 0));
  for (const { i } of byRemainder.slice(0, rest)) shares[i] = (shares[i] ?? 0n) + 1n;
  return shares;
}

/** Alpha that no coldkey holds but that shares in the pot: bought by the protocol, and the pool's own. */
function protocolAlpha({ state }: Chain, subnet: Subnet): bigint {
  const { columns, parameters } = state;
  const own = cell(columns, "protocolAlpha", subnet.netuid);
  const counted = subnet.registeredAt > parameters.taoInRefundDeploymentBlock;
  return own + (counted ? cell(columns, "alphaIn", subnet.netuid) : 0n);
}

/** The part of an old subnet's lock that owner cuts have not yet paid back (4.2, 6). */
function legacyRefund({ state }: Chain, subnet: Subnet): bigint {
  const { parameters, columns } = state;
  if (subnet.registeredAt >= parameters.networkRegistrationStartBlock) return 0n;
  const cut = safeDiv(
    U96F32,
    fromInteger(U96F32, BigInt(parameters.subnetOwnerCut)),
    fromInteger(U96F32, 65_535n),
  );
  const issued = fromInteger(U96F32, alphaIssuance(columns, subnet.netuid));
  const owned = saturatingMul(U96F32, issued, cut) >> 32n;
  const worth = toU64(
    U64F64,
    saturatingMul(U64F64, fromInteger(U64F64, owned), priceOf(state, subnet.netuid)),
  );
  return subU64(subnet.locked, worth);
}

/** Pays the holders and destroys what is left on the subnet's account (4.2, 2 to 7). */
function payOut(chain: Chain, subnet: Subnet): void {
  const { state, journal } = chain;
  const { netuid } = subnet;
  const account = subnetAccount(netuid);
  const pot = cell(state.columns, "tao", netuid);
  const holders = holdings(subnet);
  const shares = proportionalShares(pot, [
    ...holders.map(({ alpha }) => alpha),
    protocolAlpha(chain, subnet),
  ]);
  const refund = legacyRefund(chain, subnet);
  journal.set(state, "totalStake", subU64(state.totalStake, pot));
  // A share that cannot create its account stays and is destroyed below.
  for (const [i, { coldkey }] of holders.entries()) transferTao(chain, account, coldkey, shares[i] ?? 0n);
  const protocolShare = shares[holders.length] ?? 0n;
  if (refund > 0n && subnet.owner !== null)
    transferTao(chain, account, subnet.owner, min(refund, subU64(balanceOf(state, account), protocolShare)));
  const rest = subU64(balanceOf(state, account), chain.protocol.constants.existentialDeposit);
  if (rest > 0n) recycleTao(chain, account, rest);
}

/** Removes an existing non-root subnet with everything that does not outlive it. */
export function dissolveSubnet(chain: Chain, netuid: Netuid): void {
  const { state, journal } = chain;
  const subnet = state.subnets.get(netuid);
  if (subnet === undefined) return;
  payOut(chain, subnet);
  forgetClaims(chain, netuid);
  resetColumns(journal, state.columns, netuid);
  journal.mapDelete(state.subnets, netuid);
  journal.set(
    state,
    "netuids",
    state.netuids.filter((other) => other !== netuid),
  );
  journal.set(netuidParametersOf(journal, state, netuid), "childkeyTakes", new Map());
}
