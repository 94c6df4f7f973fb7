/** What every dispatch tests before the call's own checks (spec/calls.md 2, gates 3 to 5). The root origin skips it. */
import type { Chain, Outcome } from "../chain.ts";
import { tooSoonForNetwork } from "../networks/registerNetwork.ts";
import { checkTakeGate } from "../staking/takes.ts";
import type { AccountId, NetworkState } from "../state/network.ts";
import { checkWeightGate } from "../weights/gate.ts";
import type { Call } from "./dispatch.ts";

/** Calls that an announced swap of the signer's coldkey lets pass. */
const SWAP_CALLS: ReadonlySet<Call["call"]> = new Set([
  "announceColdkeySwap",
  "swapColdkeyAnnounced",
  "disputeColdkeySwap",
  "clearColdkeySwapAnnouncement",
] as const);

/** Gate 3. */
function checkColdkeySwap(state: NetworkState, signer: AccountId, call: Call["call"]): Outcome {
  if (state.coldkeySwapDisputes.has(signer)) return "ColdkeySwapDisputed";
  return state.coldkeySwapAnnouncements.has(signer) && !SWAP_CALLS.has(call) ? "ColdkeySwapAnnounced" : null;
}

/** Gates 3 to 5, in their order. */
export function checkGates(chain: Chain, call: Call): Outcome {
  const { state } = chain;
  if (call.origin === "root") return null;
  const { signed } = call.origin;
  const refused = checkColdkeySwap(state, signed, call.call) ?? checkWeightGate(state, signed, call);
  if (refused !== null) return refused;
  if (call.call === "registerNetwork" && tooSoonForNetwork(state)) return "NetworkTxRateLimitExceeded";
  if (call.call === "increaseTake" || call.call === "decreaseTake")
    return checkTakeGate(state, signed, call.args.hotkey, call.args.take);
  return null;
}
