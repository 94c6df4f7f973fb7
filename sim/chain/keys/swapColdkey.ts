/** The swap of a coldkey: announced and waited for, or by root (spec/calls.md 10, spec/governance-and-accounts.md 6). */
import { balanceOf, isSubnetAccount, recycleTao } from "../accounts/accounts.ts";
import { rootOnly, signed, type Handlers } from "../calls/call.ts";
import type { Chain, Outcome } from "../chain.ts";
import { accountBytes } from "../hashing/accountBytes.ts";
import { blake2b256 } from "../hashing/blake2b.ts";
import { rolledLock } from "../locks/touch.ts";
import type { AccountId } from "../state/network.ts";
import { moveColdkey } from "./moveColdkey.ts";

export interface SwapColdkeyCalls {
  /** `coldkeyHash` gives the hash. */
  announceColdkeySwap: { readonly newColdkeyHash: string };
  swapColdkeyAnnounced: { readonly newColdkey: AccountId };
  disputeColdkeySwap: Record<string, never>;
  clearColdkeySwapAnnouncement: Record<string, never>;
  swapColdkey: {
    readonly oldColdkey: AccountId;
    readonly newColdkey: AccountId;
    /** Rao. */ readonly swapCost: bigint;
  };
  resetColdkeySwap: { readonly coldkey: AccountId };
  /** Switched off on the chain. */
  scheduleSwapColdkey: { readonly newColdkey: AccountId };
}

/** What an announcement says of the new coldkey. */
export const coldkeyHash = (coldkey: AccountId): string => blake2b256(accountBytes(coldkey));

function announce(chain: Chain, coldkey: AccountId, newColdkeyHash: string): Outcome {
  const { state, journal, protocol } = chain;
  const { coldkeySwapAnnouncementDelay, coldkeySwapReannouncementDelay } = state.parameters;
  const announced = state.coldkeySwapAnnouncements.get(coldkey);
  if (announced !== undefined) {
    if (BigInt(state.block) < BigInt(announced.executableAt) + coldkeySwapReannouncementDelay)
      return "ColdkeySwapReannouncedTooEarly";
  } else if (recycleTao(chain, coldkey, protocol.constants.coldkeySwapCost) !== null)
    return "NotEnoughBalanceToPaySwapColdKey";
  const executableAt = state.block + Number(coldkeySwapAnnouncementDelay);
  journal.mapSet(state.coldkeySwapAnnouncements, coldkey, { newColdkeyHash, executableAt });
  return null;
}

/** DOSWAP of spec/calls.md 10. */
function swapColdkeys(chain: Chain, from: AccountId, to: AccountId): Outcome {
  const { state } = chain;
  if ((state.stakingHotkeys.get(to) ?? []).length > 0) return "ColdKeyAlreadyAssociated";
  if (state.hotkeys.has(to)) return "NewColdKeyIsHotkey";
  if (isSubnetAccount(to)) return "CannotUseSystemAccount";
  for (const subnet of state.subnets.values())
    if ((rolledLock(state, subnet, to)?.mass ?? 0n) > 0n) return "ActiveLockExists";
  return moveColdkey(chain, from, to);
}

function executeAnnounced(chain: Chain, coldkey: AccountId, newColdkey: AccountId): Outcome {
  const { state, journal } = chain;
  const announced = state.coldkeySwapAnnouncements.get(coldkey);
  if (announced === undefined) return "ColdkeySwapAnnouncementNotFound";
  if (coldkeyHash(newColdkey) !== announced.newColdkeyHash) return "AnnouncedColdkeyHashDoesNotMatch";
  if (state.block < announced.executableAt) return "ColdkeySwapTooEarly";
  journal.mapDelete(state.coldkeySwapAnnouncements, coldkey);
  return swapColdkeys(chain, coldkey, newColdkey);
}

function forgetAnnouncement({ state, journal }: Chain, coldkey: AccountId): void {
  journal.mapDelete(state.coldkeySwapAnnouncements, coldkey);
  journal.mapDelete(state.coldkeySwapDisputes, coldkey);
}

export const swapColdkeyCalls: Handlers<SwapColdkeyCalls> = {
  announceColdkeySwap: signed((chain, coldkey, { newColdkeyHash }) =>
    announce(chain, coldkey, newColdkeyHash),
  ),
  swapColdkeyAnnounced: signed((chain, coldkey, { newColdkey }) =>
    executeAnnounced(chain, coldkey, newColdkey),
  ),
  disputeColdkeySwap: signed(({ state, journal }, coldkey) => {
    if (!state.coldkeySwapAnnouncements.has(coldkey)) return "ColdkeySwapAnnouncementNotFound";
    if (state.coldkeySwapDisputes.has(coldkey)) return "ColdkeySwapAlreadyDisputed";
    journal.mapSet(state.coldkeySwapDisputes, coldkey, true);
    return null;
  }),
  clearColdkeySwapAnnouncement: signed(({ state, journal }, coldkey) => {
    const announced = state.coldkeySwapAnnouncements.get(coldkey);
    if (announced === undefined) return "ColdkeySwapAnnouncementNotFound";
    const from = BigInt(announced.executableAt) + state.parameters.coldkeySwapReannouncementDelay;
    if (BigInt(state.block) < from) return "ColdkeySwapClearTooEarly";
    journal.mapDelete(state.coldkeySwapAnnouncements, coldkey);
    return null;
  }),
  swapColdkey: rootOnly((chain, { oldColdkey, newColdkey, swapCost }) => {
    if (swapCost > 0n) {
      const poor = balanceOf(chain.state, oldColdkey) < swapCost;
      if (poor || recycleTao(chain, oldColdkey, swapCost) !== null) return "NotEnoughBalanceToPaySwapColdKey";
    }
    const outcome = swapColdkeys(chain, oldColdkey, newColdkey);
    if (outcome === null) forgetAnnouncement(chain, oldColdkey);
    return outcome;
  }),
  resetColdkeySwap: rootOnly((chain, { coldkey }) => {
    forgetAnnouncement(chain, coldkey);
    return null;
  }),
  scheduleSwapColdkey: () => "Deprecated",
};
