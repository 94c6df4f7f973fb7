/** burnedRegister, register, registerLimit (NEURON of spec/calls.md 6, spec/subnets.md 5). */
import { balanceOf, isSubnetAccount, spendable, subnetAccount, transferTao } from "../accounts/accounts.ts";
import { isUnusedOrOwn, linkHotkey } from "../accounts/hotkeys.ts";
import { signed, type Handlers } from "../calls/call.ts";
import type { Chain, Outcome } from "../chain.ts";
import { isError } from "../errors.ts";
import { min, subU64 } from "../numbers/integers.ts";
import { recordUserFlow } from "../staking/trade.ts";
import { ROOT, type AccountId, type Netuid, type Subnet } from "../state/network.ts";
import { bumpBurnPrice } from "../subnets/burnPrice.ts";
import { buy, cell, lower } from "../swap/books.ts";
import { MAX_BUY_PRICE } from "../swap/engine.ts";
import { appendNeuron, replaceNeuron } from "./neurons.ts";
import { hasPlace, uidToPrune } from "./pruneUid.ts";

export interface RegisterCalls {
  burnedRegister: { readonly netuid: Netuid; readonly hotkey: AccountId };
  /** The old proof-of-work call: its work counts for nothing. */
  register: { readonly netuid: Netuid; readonly hotkey: AccountId };
  registerLimit: {
    readonly netuid: Netuid;
    readonly hotkey: AccountId;
    /** Rao. */ readonly limitPrice: bigint;
  };
}

function checkRegistration(chain: Chain, coldkey: AccountId, hotkey: AccountId, netuid: Netuid): Outcome {
  const { state } = chain;
  if (netuid === ROOT) return "RegistrationNotPermittedOnRootSubnet";
  const subnet = state.subnets.get(netuid);
  if (subnet === undefined) return "SubnetNotExists";
  if (state.columns.registrationAllowed[netuid] !== 1) return "SubNetRegistrationDisabled";
  if (subnet.neurons.uidOf.has(hotkey)) return "HotKeyAlreadyRegisteredInSubNet";
  if (balanceOf(state, coldkey) < cell(state.columns, "burn", netuid)) return "NotEnoughBalanceToStake";
  if (isSubnetAccount(hotkey)) return "CannotUseSystemAccount";
  if (!isUnusedOrOwn(chain, hotkey, coldkey)) return "NonAssociatedColdKey";
  return hasPlace(state, subnet) ? null : "NoNeuronIdAvailable";
}

/** Buys alpha for the price and destroys it; the fee of the trade stays on the subnet's account. */
function payRegistration(chain: Chain, coldkey: AccountId, netuid: Netuid, price: bigint): Outcome {
  const { state, journal } = chain;
  const paid = min(price, spendable(chain, coldkey));
  if (paid === 0n && price > 0n) return "InsufficientBalance";
  const moved = transferTao(chain, coldkey, subnetAccount(netuid), paid);
  if (moved !== null) return moved;
  const bought = buy(chain, netuid, paid, MAX_BUY_PRICE, false);
  if (isError(bought)) return bought;
  lower(journal, state.columns, "alphaOut", netuid, bought.paidOut);
  const recorded = state.raoRecycledForRegistration.get(netuid) ?? 0n;
  journal.mapSet(state.raoRecycledForRegistration, netuid, recorded + price);
  recordUserFlow(chain, netuid, paid);
  return null;
}

/** Puts a hotkey on a free uid, or in the place of the neuron that is to go. */
export function seatNeuron(chain: Chain, subnet: Subnet, hotkey: AccountId): Outcome {
  const { parameters, neurons } = subnet;
  if (neurons.count < parameters.maxAllowedUids) {
    appendNeuron(chain, subnet, hotkey);
    return null;
  }
  const uid = uidToPrune(chain.state, subnet);
  if (uid === undefined) return "NoNeuronIdAvailable";
  replaceNeuron(chain, subnet, uid, hotkey);
  return null;
}

/** Registers a hotkey on a subnet for its present price. */
export function registerNeuron(chain: Chain, coldkey: AccountId, hotkey: AccountId, netuid: Netuid): Outcome {
  const { state } = chain;
  const refused = checkRegistration(chain, coldkey, hotkey, netuid);
  const subnet = state.subnets.get(netuid);
  if (refused !== null || subnet === undefined) return refused;
  linkHotkey(chain, hotkey, coldkey);
  const unpaid = payRegistration(chain, coldkey, netuid, cell(state.columns, "burn", netuid));
  if (unpaid !== null) return unpaid;
  const unseated = seatNeuron(chain, subnet, hotkey);
  if (unseated !== null) return unseated;
  bumpBurnPrice(chain, netuid);
  return null;
}

/** What a caller would not pay: rao above its limit. */
function checkPriceLimit({ state }: Chain, netuid: Netuid, limitPrice: bigint): Outcome {
  if (netuid === ROOT) return "RegistrationNotPermittedOnRootSubnet";
  if (!state.subnets.has(netuid)) return "SubnetNotExists";
  const overLimit = subU64(cell(state.columns, "burn", netuid), limitPrice) > 0n;
  return overLimit ? "RegistrationPriceLimitExceeded" : null;
}

export const registerCalls: Handlers<RegisterCalls> = {
  burnedRegister: signed((chain, coldkey, { netuid, hotkey }) =>
    registerNeuron(chain, coldkey, hotkey, netuid),
  ),
  register: signed((chain, coldkey, { netuid, hotkey }) => registerNeuron(chain, coldkey, hotkey, netuid)),
  registerLimit: signed(
    (chain, coldkey, { netuid, hotkey, limitPrice }) =>
      checkPriceLimit(chain, netuid, limitPrice) ?? registerNeuron(chain, coldkey, hotkey, netuid),
  ),
};
