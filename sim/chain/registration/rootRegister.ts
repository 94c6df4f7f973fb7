/** rootRegister (spec/calls.md 6, spec/subnets.md 5). */
import { isSubnetAccount } from "../accounts/accounts.ts";
import { linkHotkey } from "../accounts/hotkeys.ts";
import { signed, type Handlers } from "../calls/call.ts";
import type { Chain, Outcome } from "../chain.ts";
import { epochDue } from "../coinbase/schedule.ts";
import { hotkeyAlpha } from "../staking/stake.ts";
import { ROOT, type AccountId, type NetworkState, type Subnet } from "../state/network.ts";
import { appendNeuron, replaceNeuron } from "./neurons.ts";

export interface RootRegisterCalls {
  /** The hotkey need not belong to the caller; a new one is linked to it. */
  rootRegister: { readonly hotkey: AccountId };
}

/** Registrations per interval, as a multiple of the target. */
const INTERVAL_FACTOR = 3;

/** The seat with the smallest root stake, the lowest uid among equals. */
function smallestSeat(state: NetworkState, { neurons }: Subnet): { uid: number; stake: bigint } | undefined {
  let smallest: { uid: number; stake: bigint } | undefined;
  for (const [uid, hotkey] of neurons.hotkeys.entries()) {
    const stake = hotkeyAlpha(state, hotkey, ROOT);
    if (smallest === undefined || stake < smallest.stake) smallest = { uid, stake };
  }
  return smallest;
}

/** Takes a free seat, or that of the smallest member. */
function takeSeat(chain: Chain, root: Subnet, hotkey: AccountId): Outcome {
  if (root.neurons.count < root.parameters.maxAllowedUids) {
    appendNeuron(chain, root, hotkey);
    return null;
  }
  const smallest = smallestSeat(chain.state, root);
  if (smallest === undefined || hotkeyAlpha(chain.state, hotkey, ROOT) <= smallest.stake)
    return "StakeTooLowForRoot";
  replaceNeuron(chain, root, smallest.uid, hotkey);
  return null;
}

function rootRegister(chain: Chain, coldkey: AccountId, hotkey: AccountId): Outcome {
  const { state, journal, protocol } = chain;
  const root = state.subnets.get(ROOT);
  if (root === undefined) return "RootNetworkDoesNotExist";
  const { maxRegistrationsPerBlock, targetRegistrationsPerInterval } = root.parameters;
  if (root.registrationsThisBlock >= maxRegistrationsPerBlock) return "TooManyRegistrationsThisBlock";
  if (root.registrationsThisInterval >= INTERVAL_FACTOR * targetRegistrationsPerInterval)
    return "TooManyRegistrationsThisInterval";
  if (root.neurons.uidOf.has(hotkey)) return "HotKeyAlreadyRegisteredInSubNet";
  if (isSubnetAccount(hotkey)) return "CannotUseSystemAccount";
  linkHotkey(chain, hotkey, coldkey);
  const unseated = takeSeat(chain, root, hotkey);
  if (unseated !== null) return unseated;
  const record = state.hotkeys.get(hotkey);
  if (record !== undefined && record.take === null)
    journal.set(record, "take", protocol.constants.defaultDelegateTake);
  journal.set(root, "registrationsThisBlock", root.registrationsThisBlock + 1);
  journal.set(root, "registrationsThisInterval", root.registrationsThisInterval + 1);
  return null;
}

/**
 * Start of a block: the counters of root registrations begin anew. Root never runs an epoch, so once its schedule is
 * due it stays due and its interval ends in every block.
 */
export function resetRegistrationCounters({ state, journal }: Chain): void {
  const root = state.subnets.get(ROOT);
  if (root === undefined) return;
  if (root.registrationsThisBlock !== 0) journal.set(root, "registrationsThisBlock", 0);
  if (root.registrationsThisInterval !== 0 && epochDue(state, ROOT))
    journal.set(root, "registrationsThisInterval", 0);
}

export const rootRegisterCalls: Handlers<RootRegisterCalls> = {
  rootRegister: signed((chain, coldkey, { hotkey }) => rootRegister(chain, coldkey, hotkey)),
};
