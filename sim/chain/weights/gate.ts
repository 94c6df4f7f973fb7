/** What weight calls must pass to get into a block (gate 4 of spec/calls.md 2). */
import type { Call } from "../calls/dispatch.ts";
import type { Chain, Outcome } from "../chain.ts";
import type { AccountId, Netuid, NetworkState } from "../state/network.ts";
import { batchedReveals, type BatchRevealArguments } from "./commitCalls.ts";
import { checkRevealGate } from "./hashCommits.ts";
import { hasStakeForWeights, mayUpdateWeights } from "./setWeights.ts";
import { isPastRound } from "./timelockCommits.ts";

const checkStake = (state: NetworkState, hotkey: AccountId, netuids: readonly Netuid[]): Outcome =>
  netuids.every((netuid) => hasStakeForWeights(state, hotkey, netuid)) ? null : "NotEnoughStakeToSetWeights";

/** Whether a registered hotkey updates too fast; strangers pass here. */
function updatesTooFast(state: NetworkState, hotkey: AccountId, netuid: Netuid, mechanism: number): boolean {
  const subnet = state.subnets.get(netuid);
  const uid = subnet?.neurons.uidOf.get(hotkey);
  return subnet !== undefined && uid !== undefined && !mayUpdateWeights(state, subnet, mechanism, uid);
}

function checkSet(state: NetworkState, hotkey: AccountId, netuid: Netuid, mechanism: number): Outcome {
  const poor = checkStake(state, hotkey, [netuid]);
  if (poor !== null) return poor;
  const hidden = state.subnets.get(netuid)?.parameters.commitRevealWeightsEnabled ?? true;
  return !hidden && updatesTooFast(state, hotkey, netuid, mechanism) ? "SettingWeightsTooFast" : null;
}

const checkCommit = (state: NetworkState, hotkey: AccountId, netuid: Netuid, mechanism: number): Outcome =>
  checkStake(state, hotkey, [netuid]) ??
  (updatesTooFast(state, hotkey, netuid, mechanism) ? "CommittingWeightsTooFast" : null);

function checkBatchReveal(state: NetworkState, hotkey: AccountId, args: BatchRevealArguments): Outcome {
  const reveals = batchedReveals(args);
  if (reveals === null) return "InputLengthsUnequal";
  const poor = checkStake(state, hotkey, [args.netuid]);
  if (poor !== null) return poor;
  for (const reveal of reveals) {
    const refused = checkRevealGate(state, hotkey, reveal);
    if (refused !== null) return refused;
  }
  return null;
}

/** Gate 4 for a call of `hotkey`; other calls pass. */
export function checkWeightGate(chain: Chain, hotkey: AccountId, { call, args }: Call): Outcome {
  const { state } = chain;
  switch (call) {
    case "setWeights":
      return checkSet(state, hotkey, args.netuid, 0);
    case "setMechanismWeights":
      return checkSet(state, hotkey, args.netuid, args.mecid);
    case "batchSetWeights": {
      const { netuids, weights, versionKeys } = args;
      if (netuids.length !== weights.length || netuids.length !== versionKeys.length) return "InputLengthsUnequal";
      return checkStake(state, hotkey, netuids);
    }
    case "commitWeights":
      return checkCommit(state, hotkey, args.netuid, 0);
    case "commitMechanismWeights":
      return checkCommit(state, hotkey, args.netuid, args.mecid);
    case "batchCommitWeights":
      if (args.netuids.length !== args.commitHashes.length) return "InputLengthsUnequal";
      return checkStake(state, hotkey, args.netuids);
    case "revealWeights":
      return (
        checkStake(state, hotkey, [args.netuid]) ?? checkRevealGate(state, hotkey, { ...args, mechanism: 0 })
      );
    case "revealMechanismWeights":
      return (
        checkStake(state, hotkey, [args.netuid]) ??
        checkRevealGate(state, hotkey, { ...args, mechanism: args.mecid })
      );
    case "batchRevealWeights":
      return checkBatchReveal(state, hotkey, args);
    case "commitTimelockedWeights":
    case "commitTimelockedMechanismWeights":
    case "commitCrv3MechanismWeights":
      return (
        checkStake(state, hotkey, [args.netuid]) ??
        (isPastRound(chain, args.revealRound) ? "InvalidRevealRound" : null)
      );
    default:
      return null;
  }
}
