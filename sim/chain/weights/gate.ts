/** What weight calls must pass to get into a block (gate 4 of spec/calls.md 2). */
import type { CallData } from "../calls/call.ts";
import type { Outcome } from "../chain.ts";
import type { AccountId, Netuid, NetworkState } from "../state/network.ts";
import { batchedReveals, type CommitCalls } from "./commitCalls.ts";
import { checkRevealGate, type Reveal } from "./hashCommits.ts";
import type { SetWeightsCalls } from "./setCalls.ts";
import { hasStakeForWeights, mayUpdateWeights } from "./setWeights.ts";
import { isPastRound, type TimelockCalls } from "./timelockCommits.ts";

interface WeightCalls extends SetWeightsCalls, CommitCalls, TimelockCalls {}

type Gate<Arguments> = (state: NetworkState, hotkey: AccountId, args: Arguments) => Outcome;

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

function checkReveals(
  state: NetworkState,
  hotkey: AccountId,
  netuid: Netuid,
  reveals: readonly Reveal[],
): Outcome {
  const poor = checkStake(state, hotkey, [netuid]);
  if (poor !== null) return poor;
  for (const reveal of reveals) {
    const refused = checkRevealGate(state, hotkey, reveal);
    if (refused !== null) return refused;
  }
  return null;
}

const checkTimelock: Gate<{ readonly netuid: Netuid; readonly revealRound: number }> = (
  state,
  hotkey,
  { netuid, revealRound },
) => checkStake(state, hotkey, [netuid]) ?? (isPastRound(state, revealRound) ? "InvalidRevealRound" : null);

const GATES: { readonly [Name in keyof WeightCalls]: Gate<WeightCalls[Name]> } = {
  setWeights: (state, hotkey, { netuid }) => checkSet(state, hotkey, netuid, 0),
  setMechanismWeights: (state, hotkey, { netuid, mecid }) => checkSet(state, hotkey, netuid, mecid),
  batchSetWeights: (state, hotkey, { netuids, weights, versionKeys }) =>
    netuids.length !== weights.length || netuids.length !== versionKeys.length
      ? "InputLengthsUnequal"
      : checkStake(state, hotkey, netuids),
  commitWeights: (state, hotkey, { netuid }) => checkCommit(state, hotkey, netuid, 0),
  commitMechanismWeights: (state, hotkey, { netuid, mecid }) => checkCommit(state, hotkey, netuid, mecid),
  batchCommitWeights: (state, hotkey, { netuids, commitHashes }) =>
    netuids.length === commitHashes.length ? checkStake(state, hotkey, netuids) : "InputLengthsUnequal",
  revealWeights: (state, hotkey, args) =>
    checkReveals(state, hotkey, args.netuid, [{ ...args, mechanism: 0 }]),
  revealMechanismWeights: (state, hotkey, args) =>
    checkReveals(state, hotkey, args.netuid, [{ ...args, mechanism: args.mecid }]),
  batchRevealWeights: (state, hotkey, args) => {
    const reveals = batchedReveals(args);
    return reveals === null ? "InputLengthsUnequal" : checkReveals(state, hotkey, args.netuid, reveals);
  },
  commitTimelockedWeights: checkTimelock,
  commitTimelockedMechanismWeights: checkTimelock,
  commitCrv3MechanismWeights: checkTimelock,
};

const isWeightCall = (call: string): call is keyof WeightCalls => Object.hasOwn(GATES, call);

/** Gate 4 for a call of `hotkey`; other calls pass. */
export function checkWeightGate(state: NetworkState, hotkey: AccountId, { call, args }: CallData): Outcome {
  if (!isWeightCall(call)) return null;
  // The name ties the gate to its arguments; the type of a table look-up cannot say so.
  const gate = GATES[call] as Gate<unknown>;
  return gate(state, hotkey, args);
}
