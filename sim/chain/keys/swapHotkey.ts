/** swapHotkey and swapHotkeyV2: one hotkey takes over from another (spec/calls.md 10, spec/governance-and-accounts.md 5). */
import { balanceOf, isSubnetAccount, recycleTao } from "../accounts/accounts.ts";
import { isUnusedOrOwn, linkHotkey } from "../accounts/hotkeys.ts";
import { hotkeySwapStamp, lastTransactionStamp, stamp, stampedAt } from "../admin/stamps.ts";
import { signed, type Handlers } from "../calls/call.ts";
import type { Chain, Outcome } from "../chain.ts";
import { hasRootClaims, moveHotkeyClaims } from "../staking/claimRecords.ts";
import { hotkeyAlpha } from "../staking/stake.ts";
import { ROOT, type AccountId, type Netuid, type NetworkState, type Subnet } from "../state/network.ts";
import { checkRelinked } from "./relink.ts";
import { moveHotkeyOnSubnet } from "./moveHotkey.ts";

interface SwapArguments {
  readonly hotkey: AccountId;
  readonly newHotkey: AccountId;
  /** Null = on all subnets. */
  readonly netuid: Netuid | null;
}

export interface SwapHotkeyCalls {
  swapHotkey: SwapArguments;
  swapHotkeyV2: SwapArguments & { /** Leaves the stake on the old hotkey. */ readonly keepStake: boolean };
}

interface Swap {
  readonly coldkey: AccountId;
  readonly from: AccountId;
  readonly to: AccountId;
  readonly netuid: Netuid | null;
  readonly keepStake: boolean;
}

const allSubnets = (state: NetworkState): Subnet[] =>
  state.netuids.flatMap((netuid) => state.subnets.get(netuid) ?? []);

/** Whether a hotkey has root stake or a record of root claims. */
function hasRootState(state: NetworkState, hotkey: AccountId): boolean {
  return hotkeyAlpha(state, hotkey, ROOT) > 0n || hasRootClaims(state, hotkey);
}

function checkKeys({ state }: Chain, { coldkey, from, to, netuid }: Swap): Outcome {
  if (from === to) return "NewHotKeyIsSameWithOld";
  const last = stampedAt(state, lastTransactionStamp(coldkey));
  const { txRateLimit } = state.parameters;
  if (last !== 0 && txRateLimit !== 0n && BigInt(state.block - last) <= txRateLimit)
    return "HotKeySetTxRateLimitExceeded";
  const places = netuid === null ? allSubnets(state) : [state.subnets.get(netuid)];
  if (places.some((subnet) => subnet?.neurons.uidOf.has(to) === true))
    return "HotKeyAlreadyRegisteredInSubNet";
  const touchesRoot = netuid === null || netuid === ROOT;
  return touchesRoot && hasRootState(state, to) ? "NewHotKeyNotCleanForRootSwap" : null;
}

/** Whether a day passed since the coldkey's last swap on a subnet. */
function intervalPassed({ state, protocol }: Chain, netuid: Netuid, coldkey: AccountId): boolean {
  const last = stampedAt(state, hotkeySwapStamp(netuid, coldkey));
  return last + protocol.constants.hotkeySwapOnSubnetInterval < state.block;
}

function pay(chain: Chain, coldkey: AccountId, cost: bigint): Outcome {
  if (balanceOf(chain.state, coldkey) < cost) return "NotEnoughBalanceToPaySwapHotKey";
  return recycleTao(chain, coldkey, cost);
}

/** Child links of the new hotkey on every subnet that is touched. */
function checkLinks(
  subnets: readonly Subnet[],
  from: AccountId,
  to: AccountId,
  maxChildren: number,
): Outcome {
  for (const subnet of subnets) {
    const refused = checkRelinked(subnet, from, to, maxChildren);
    if (refused !== null) return refused;
  }
  return null;
}

/** Delegate take and owner of the hotkey; what keeps stake keeps its owner too. */
function moveIdentity({ state, journal }: Chain, { coldkey, from, to, keepStake }: Swap): void {
  const former = state.hotkeys.get(from);
  const record = state.hotkeys.get(to);
  if (former === undefined || record === undefined) return;
  journal.set(record, "take", former.take);
  journal.set(record, "takeSetAt", former.takeSetAt);
  if (keepStake) return;
  journal.mapDelete(state.hotkeys, from);
  const owned = state.ownedHotkeys.get(coldkey) ?? [];
  journal.mapSet(
    state.ownedHotkeys,
    coldkey,
    owned.filter((hotkey) => hotkey !== from),
  );
}

function swapEverywhere(chain: Chain, swap: Swap): Outcome {
  const { state, protocol } = chain;
  const { coldkey, from, to } = swap;
  const subnets = allSubnets(state);
  const affected = subnets.filter(({ neurons, children }) => neurons.uidOf.has(from) || children.has(from));
  const tooSoon = affected.some(
    ({ netuid }) =>
      stampedAt(state, hotkeySwapStamp(netuid, coldkey)) !== 0 && !intervalPassed(chain, netuid, coldkey),
  );
  if (tooSoon) return "HotKeySwapOnSubnetIntervalNotPassed";
  const unpaid = pay(chain, coldkey, protocol.constants.keySwapCost);
  if (unpaid !== null) return unpaid;
  if (isSubnetAccount(to)) return "CannotUseSystemAccount";
  const refused = checkLinks(subnets, from, to, protocol.constants.maxChildren);
  if (refused !== null) return refused;
  linkHotkey(chain, to, coldkey);
  if (!swap.keepStake) moveHotkeyClaims(chain, from, to);
  for (const subnet of subnets) moveHotkeyOnSubnet(chain, subnet, from, to, swap.keepStake);
  moveIdentity(chain, swap);
  for (const { netuid } of affected) stamp(chain, hotkeySwapStamp(netuid, coldkey));
  return null;
}

function swapOnSubnet(chain: Chain, swap: Swap, netuid: Netuid): Outcome {
  const { state, protocol } = chain;
  const { coldkey, from, to } = swap;
  if (!intervalPassed(chain, netuid, coldkey)) return "HotKeySwapOnSubnetIntervalNotPassed";
  if (isSubnetAccount(to)) return "CannotUseSystemAccount";
  const unpaid = pay(chain, coldkey, protocol.constants.keySwapOnSubnetCost);
  if (unpaid !== null) return unpaid;
  const subnet = state.subnets.get(netuid);
  const refused =
    subnet === undefined ? null : checkLinks([subnet], from, to, protocol.constants.maxChildren);
  if (refused !== null) return refused;
  linkHotkey(chain, to, coldkey);
  if (netuid === ROOT && !swap.keepStake) moveHotkeyClaims(chain, from, to);
  if (subnet !== undefined) moveHotkeyOnSubnet(chain, subnet, from, to, swap.keepStake);
  stamp(chain, hotkeySwapStamp(netuid, coldkey));
  return null;
}

function swapHotkey(chain: Chain, swap: Swap): Outcome {
  const { coldkey, from, to, netuid } = swap;
  if (chain.state.hotkeys.get(from)?.owner !== coldkey) return "NonAssociatedColdKey";
  if (!isUnusedOrOwn(chain, to, coldkey)) return "NonAssociatedColdKey";
  const refused = checkKeys(chain, swap);
  if (refused !== null) return refused;
  const outcome = netuid === null ? swapEverywhere(chain, swap) : swapOnSubnet(chain, swap, netuid);
  if (outcome === null) stamp(chain, lastTransactionStamp(coldkey));
  return outcome;
}

export const swapHotkeyCalls: Handlers<SwapHotkeyCalls> = {
  swapHotkey: signed((chain, coldkey, { hotkey, newHotkey, netuid }) =>
    swapHotkey(chain, { coldkey, from: hotkey, to: newHotkey, netuid, keepStake: false }),
  ),
  swapHotkeyV2: signed((chain, coldkey, { hotkey, newHotkey, netuid, keepStake }) =>
    swapHotkey(chain, { coldkey, from: hotkey, to: newHotkey, netuid, keepStake }),
  ),
};
