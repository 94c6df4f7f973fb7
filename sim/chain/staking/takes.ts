/** Delegate and childkey takes (spec/calls.md 7, spec/staking.md 8.4 and 9). */
import { signed, type Handlers } from "../calls/call.ts";
import type { Chain, Outcome } from "../chain.ts";
import { netuidParametersOf } from "../state/genesis.ts";
import type { AccountId, Netuid, NetworkState } from "../state/network.ts";

export interface TakeCalls {
  increaseTake: { readonly hotkey: AccountId; /** u16 of 65535. */ readonly take: number };
  decreaseTake: { readonly hotkey: AccountId; /** u16 of 65535. */ readonly take: number };
  setChildkeyTake: { readonly hotkey: AccountId; readonly netuid: Netuid; readonly take: number };
}

/** The delegate take that counts, u16: the stored one or the compiled default. */
export const delegateTake = (chain: Chain, hotkey: AccountId): number =>
  chain.state.hotkeys.get(hotkey)?.take ?? chain.protocol.constants.defaultDelegateTake;

/** The smallest childkey take on a subnet. */
export const minimumChildkeyTake = ({ parameters, netuidParameters }: NetworkState, netuid: Netuid): number =>
  Math.max(parameters.minChildkeyTake, netuidParameters.get(netuid)?.minChildkeyTake ?? 0);

/** The childkey take that counts, u16. */
export const childkeyTake = (state: NetworkState, hotkey: AccountId, netuid: Netuid): number =>
  Math.max(
    state.netuidParameters.get(netuid)?.childkeyTakes.get(hotkey)?.take ?? 0,
    minimumChildkeyTake(state, netuid),
  );

/** Stores the present take of a hotkey that a stranger stakes to for the first time. */
export function ensureDelegate(chain: Chain, hotkey: AccountId, coldkey: AccountId): void {
  const record = chain.state.hotkeys.get(hotkey);
  if (record !== undefined && record.owner !== coldkey && record.take === null)
    chain.journal.set(record, "take", delegateTake(chain, hotkey));
}

/** HotKeyAccountNotExists, NonAssociatedColdKey. */
function checkOwner(state: NetworkState, hotkey: AccountId, coldkey: AccountId): Outcome {
  const record = state.hotkeys.get(hotkey);
  if (record === undefined) return "HotKeyAccountNotExists";
  return record.owner === coldkey ? null : "NonAssociatedColdKey";
}

/** What every dispatch of a take call checks first (spec/calls.md 2, gate 5). */
export function checkTakeGate(
  state: NetworkState,
  coldkey: AccountId,
  hotkey: AccountId,
  take: number,
): Outcome {
  if (take < state.parameters.minDelegateTake) return "DelegateTakeTooLow";
  if (take > state.parameters.maxDelegateTake) return "DelegateTakeTooHigh";
  return checkOwner(state, hotkey, coldkey);
}

function storeTake({ state, journal }: Chain, hotkey: AccountId, take: number): void {
  const record = state.hotkeys.get(hotkey);
  if (record === undefined) return;
  journal.set(record, "take", take);
  journal.set(record, "takeSetAt", state.block);
}

/** The inner routine of increaseTake. */
export function increaseTake(chain: Chain, coldkey: AccountId, hotkey: AccountId, take: number): Outcome {
  const { state } = chain;
  const refused = checkOwner(state, hotkey, coldkey);
  if (refused !== null) return refused;
  const record = state.hotkeys.get(hotkey);
  const stored = record?.take ?? null;
  if (stored !== null && take <= stored) return "DelegateTakeTooLow";
  if (take > state.parameters.maxDelegateTake) return "DelegateTakeTooHigh";
  const last = record?.takeSetAt ?? 0;
  if (last !== 0 && BigInt(state.block - last) <= state.parameters.txDelegateTakeRateLimit)
    return "DelegateTxRateLimitExceeded";
  storeTake(chain, hotkey, take);
  return null;
}

/** The inner routine of decreaseTake: it tests no maximum. */
export function decreaseTake(chain: Chain, coldkey: AccountId, hotkey: AccountId, take: number): Outcome {
  const { state } = chain;
  const refused = checkOwner(state, hotkey, coldkey);
  if (refused !== null) return refused;
  const stored = state.hotkeys.get(hotkey)?.take ?? null;
  if (stored !== null && take >= stored) return "DelegateTakeTooLow";
  if (take < state.parameters.minDelegateTake) return "DelegateTakeTooLow";
  storeTake(chain, hotkey, take);
  return null;
}

function setChildkeyTake(
  chain: Chain,
  coldkey: AccountId,
  hotkey: AccountId,
  netuid: Netuid,
  take: number,
): Outcome {
  const { state, journal } = chain;
  if (state.hotkeys.get(hotkey)?.owner !== coldkey) return "NonAssociatedColdKey";
  if (take < minimumChildkeyTake(state, netuid) || take > state.parameters.maxChildkeyTake)
    return "InvalidChildkeyTake";
  const { childkeyTakes } = netuidParametersOf(journal, state, netuid);
  const last = childkeyTakes.get(hotkey)?.setAt ?? 0;
  const waiting = last !== 0 && BigInt(state.block - last) < state.parameters.txChildkeyTakeRateLimit;
  if (take > childkeyTake(state, hotkey, netuid) && waiting) return "TxChildkeyTakeRateLimitExceeded";
  journal.mapSet(childkeyTakes, hotkey, { take, setAt: state.block });
  return null;
}

export const takeCalls: Handlers<TakeCalls> = {
  increaseTake: signed((chain, coldkey, { hotkey, take }) => increaseTake(chain, coldkey, hotkey, take)),
  decreaseTake: signed((chain, coldkey, { hotkey, take }) => decreaseTake(chain, coldkey, hotkey, take)),
  setChildkeyTake: signed((chain, coldkey, { hotkey, netuid, take }) =>
    setChildkeyTake(chain, coldkey, hotkey, netuid, take),
  ),
};
