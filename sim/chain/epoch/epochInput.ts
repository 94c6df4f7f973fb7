/** What an epoch reads, out of the network's state (spec/epoch.md 2 and 3). */
import type { EpochInput, SparseRows } from "../../../kernels/epoch.ts";
import { epochIndexAhead } from "../coinbase/schedule.ts";
import { inheritedAlpha, inheritedTao } from "../staking/stakeWeight.ts";
import type { Mechanism, NetworkState, Subnet, WeightRow } from "../state/network.ts";
import { earliestCommitBlocks } from "../weights/commitBlocks.ts";

/** Weight rows one after the other. */
export function packRows(rows: readonly (WeightRow | null)[], count: number): SparseRows {
  const offsets = new Uint32Array(count + 1);
  for (let uid = 0; uid < count; uid++)
    offsets[uid + 1] = (offsets[uid] ?? 0) + (rows[uid]?.uids.length ?? 0);
  const total = offsets[count] ?? 0;
  const uids = new Uint16Array(total);
  const values = new Uint16Array(total);
  for (let uid = 0; uid < count; uid++) {
    const row = rows[uid];
    if (row === null || row === undefined) continue;
    uids.set(row.uids, offsets[uid]);
    values.set(row.values, offsets[uid]);
  }
  return { offsets, uids, values };
}

/** The stored bonds for `count` neurons: neurons registered since the last epoch have none. */
function bondsFor({ offsets, uids, values }: SparseRows, count: number): SparseRows {
  if (offsets.length === count + 1) return { offsets, uids, values };
  const end = offsets[offsets.length - 1] ?? 0;
  const extended = new Uint32Array(count + 1).fill(end);
  extended.set(offsets.subarray(0, count + 1));
  return { offsets: extended, uids, values };
}

/** Blocks after which a silent validator is inactive. */
export const activityCutoff = (factorMilli: number, tempo: number): bigint =>
  BigInt(Math.max(1, Math.floor((factorMilli * tempo) / 1_000)));

/** Stakes of all neurons, by uid. */
export interface NeuronStakes {
  readonly alpha: BigUint64Array;
  readonly tao: BigUint64Array;
}

/** Inherited stakes of all neurons, rao. */
export function neuronStakes(state: NetworkState, { netuid, neurons }: Subnet): NeuronStakes {
  const alpha = new BigUint64Array(neurons.count);
  const tao = new BigUint64Array(neurons.count);
  for (let uid = 0; uid < neurons.count; uid++) {
    const hotkey = neurons.hotkeys[uid] ?? 0;
    alpha[uid] = inheritedAlpha(state, hotkey, netuid);
    tao[uid] = inheritedTao(state, hotkey, netuid);
  }
  return { alpha, tao };
}

/**
 * The epoch of one mechanism.
 * @param permits validator permits before the epoch: all mechanisms of a subnet use the same
 * @param rao what this mechanism distributes
 */
export function epochInput(
  state: NetworkState,
  subnet: Subnet,
  mechanism: Mechanism,
  stakes: NeuronStakes,
  permits: Uint8Array,
  rao: bigint,
): EpochInput {
  const { columns, block } = state;
  const { netuid, neurons, parameters } = subnet;
  const { count } = neurons;
  const tempo = columns.tempo[netuid] ?? 0;
  const ownerUid = subnet.ownerHotkey === null ? undefined : neurons.uidOf.get(subnet.ownerHotkey);
  return {
    n: count,
    block: BigInt(block),
    lastMechanismStepBlock: BigInt(columns.lastMechanismStepBlock[netuid] ?? 0),
    ownerUid: ownerUid ?? null,
    tempo,
    activityCutoff: activityCutoff(parameters.activityCutoffFactorMilli, tempo),
    kappa: parameters.kappa,
    bondsPenalty: parameters.bondsPenalty,
    bondsMovingAverage: parameters.bondsMovingAverage,
    yuma3: parameters.yuma3On,
    liquidAlpha: parameters.liquidAlphaOn,
    alphaLow: parameters.alphaLow,
    alphaHigh: parameters.alphaHigh,
    alphaSigmoidSteepness: parameters.alphaSigmoidSteepness,
    maxAllowedValidators: parameters.maxAllowedValidators,
    stakeThreshold: state.parameters.stakeThreshold,
    taoWeight: state.parameters.taoWeight,
    commitReveal: parameters.commitRevealWeightsEnabled,
    alphaStake: stakes.alpha,
    taoStake: stakes.tao,
    lastUpdate: mechanism.lastUpdate.subarray(0, count),
    blockAtRegistration: neurons.blockAtRegistration.subarray(0, count),
    commitBlocks: earliestCommitBlocks(subnet, mechanism, epochIndexAhead(state, netuid)),
    validatorPermit: permits,
    weights: packRows(mechanism.weights, count),
    bonds: bondsFor(mechanism.bonds, count),
    raoEmission: rao,
  };
}
