/** Setting weights: the routine that direct calls and reveals share (spec/weights.md 1, SET of spec/calls.md 5). */
import type { Chain, Outcome } from "../chain.ts";
import { taoWeightFraction } from "../coinbase/terms.ts";
import { inheritedAlpha, inheritedTao, stakeWeight } from "../staking/stakeWeight.ts";
import {
  ROOT,
  type AccountId,
  type Mechanism,
  type Netuid,
  type NetworkState,
  type Subnet,
} from "../state/network.ts";
import { maxUpscale } from "./upscale.ts";

/** Weights as a validator sends them. */
export interface SentWeights {
  readonly netuid: Netuid;
  readonly mechanism: number;
  /** u16, each. */
  readonly uids: readonly number[];
  readonly values: readonly number[];
  /** u64. */
  readonly versionKey: bigint;
}

/** Whether a hotkey may set weights by its stake: it needs neither registration nor an existing subnet. */
export function hasStakeForWeights(state: NetworkState, hotkey: AccountId, netuid: Netuid): boolean {
  const subnet = state.subnets.get(netuid);
  if (subnet?.ownerHotkey === hotkey && subnet.neurons.uidOf.has(hotkey)) return true;
  const { taoWeight, stakeThreshold } = state.parameters;
  const weight = stakeWeight(
    inheritedAlpha(state, hotkey, netuid),
    inheritedTao(state, hotkey, netuid),
    taoWeightFraction(taoWeight),
  );
  return weight >= stakeThreshold << 64n;
}

/** Whether a neuron last set or committed weights long enough ago. A fresh registration counts as setting. */
export function mayUpdateWeights(
  state: NetworkState,
  subnet: Subnet,
  mechanism: number,
  uid: number,
): boolean {
  const last = subnet.mechanisms[mechanism]?.lastUpdate[uid] ?? 0n;
  return last === 0n || BigInt(state.block) - last >= subnet.parameters.weightsSetRateLimit;
}

/** The uid of the subnet owner's hotkey, if it is registered. */
export const ownerUid = ({ ownerHotkey, neurons }: Subnet): number | undefined =>
  ownerHotkey === null ? undefined : neurons.uidOf.get(ownerHotkey);

/** Checks 9 to 12: permit and the list itself. */
function checkList(subnet: Subnet, uid: number, uids: readonly number[]): Outcome {
  const { parameters, neurons } = subnet;
  const selfWeight = uids.length === 1 && uids[0] === uid;
  const permitted = selfWeight || ownerUid(subnet) === uid || neurons.validatorPermit[uid] === 1;
  if (!permitted) return "NeuronNoValidatorPermit";
  if (new Set(uids).size !== uids.length) return "DuplicateUids";
  if (uids.some((target) => target >= neurons.count)) return "UidVecContainInvalidOne";
  const least = Math.min(neurons.count, parameters.minAllowedWeights);
  return selfWeight || uids.length >= least ? null : "WeightVecLengthIsLow";
}

/** Replaces the weights of a hotkey; while commit-reveal is off this also counts as its last update. */
export function applyWeights(chain: Chain, hotkey: AccountId, sent: SentWeights): Outcome {
  const { state, journal } = chain;
  const { netuid, uids, values } = sent;
  if (netuid === ROOT) return "CanNotSetRootNetworkWeights";
  if (uids.length !== values.length) return "WeightVecNotEqualSize";
  const subnet = state.subnets.get(netuid);
  const mechanism: Mechanism | undefined = subnet?.mechanisms[sent.mechanism];
  if (subnet === undefined || mechanism === undefined) return "MechanismDoesNotExist";
  const { parameters, neurons } = subnet;
  if (uids.length > neurons.count) return "UidsLengthExceedUidsInSubNet";
  const uid = neurons.uidOf.get(hotkey);
  if (uid === undefined) return "HotKeyNotRegisteredInSubNet";
  if (!hasStakeForWeights(state, hotkey, netuid)) return "NotEnoughStakeToSetWeights";
  if (parameters.weightsVersionKey !== 0n && sent.versionKey < parameters.weightsVersionKey)
    return "IncorrectWeightVersionKey";
  const direct = !parameters.commitRevealWeightsEnabled;
  if (direct && !mayUpdateWeights(state, subnet, sent.mechanism, uid)) return "SettingWeightsTooFast";
  const refused = checkList(subnet, uid, uids);
  if (refused !== null) return refused;
  journal.set(mechanism.weights, uid, { uids: Uint16Array.from(uids), values: maxUpscale(values) });
  if (direct) journal.set(mechanism.lastUpdate, uid, BigInt(state.block));
  return null;
}
