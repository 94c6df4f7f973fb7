/** tryAssociateHotkey, setColdkeyAutoStakeHotkey, setAutoParentDelegationEnabled (spec/calls.md 7). */
import { isSubnetAccount } from "../accounts/accounts.ts";
import { linkHotkey } from "../accounts/hotkeys.ts";
import { signed, type Handlers } from "../calls/call.ts";
import { netuidParametersOf } from "../state/genesis.ts";
import { ROOT, type AccountId, type Netuid } from "../state/network.ts";

export interface AssociateCalls {
  /** Does nothing where the hotkey has an owner already. */
  tryAssociateHotkey: { readonly hotkey: AccountId };
  /** The hotkey need not be the caller's. */
  setColdkeyAutoStakeHotkey: { readonly netuid: Netuid; readonly hotkey: AccountId };
  setAutoParentDelegationEnabled: { readonly hotkey: AccountId; readonly enabled: boolean };
}

export const associateCalls: Handlers<AssociateCalls> = {
  tryAssociateHotkey: signed((chain, coldkey, { hotkey }) => {
    if (isSubnetAccount(hotkey)) return "CannotUseSystemAccount";
    linkHotkey(chain, hotkey, coldkey);
    return null;
  }),
  setColdkeyAutoStakeHotkey: signed(({ state, journal }, coldkey, { netuid, hotkey }) => {
    const subnet = state.subnets.get(netuid);
    if (subnet === undefined) return "SubnetNotExists";
    if (!subnet.neurons.uidOf.has(hotkey)) return "HotKeyNotRegisteredInSubNet";
    const { autoStake } = netuidParametersOf(journal, state, netuid);
    if (autoStake.get(coldkey) === hotkey) return "SameAutoStakeHotkeyAlreadySet";
    journal.mapSet(autoStake, coldkey, hotkey);
    return null;
  }),
  setAutoParentDelegationEnabled: signed(({ state, journal }, coldkey, { hotkey, enabled }) => {
    if (state.hotkeys.get(hotkey)?.owner !== coldkey) return "NonAssociatedColdKey";
    if (state.subnets.get(ROOT)?.neurons.uidOf.has(hotkey) !== true) return "HotKeyNotRegisteredInSubNet";
    if (enabled) journal.mapDelete(state.autoParentDelegationOff, hotkey);
    else journal.mapSet(state.autoParentDelegationOff, hotkey, true);
    return null;
  }),
};
