import type { EpochHyperparameters, SparseRows } from "../../../kernels/epoch.ts";
import { permitsAfterEpoch } from "../permits.ts";
import { FULL_TAO_WEIGHT, MAINNET_TAO_WEIGHT } from "../schema/hyperparameters.ts";
import type { Subnet } from "../schema/subnet.ts";
import type { SubnetPlan, WeightRow } from "../types.ts";
import type { SubnetContext } from "./context.ts";
import { neuronsOfGroups } from "./groups.ts";
import { importMetagraph } from "./import.ts";
import { changesBefore, lastUpdates, stakesAt, type WeightClock } from "./schedule.ts";
import { overlayStakes, overlayWeights } from "./overlays.ts";

/** ActivityCutoffFactorMilli: thousandths of a tempo (spec/epoch.md 4). */
const ACTIVITY_CUTOFF_FACTOR_MILLI = 13_889n;

/** Puts one subnet together: its state before epoch 0 and what changes later. */
export function planSubnet(comparison: string, subnet: Subnet, context: SubnetContext): SubnetPlan {
  const imported = subnet.import === undefined ? undefined : importMetagraph(subnet, context);
  const neurons = imported?.neurons ?? neuronsOfGroups(subnet, context);
  overlayStakes(subnet, neurons, context);
  overlayWeights(subnet, neurons, context);
  const { owner } = subnet;
  const ownerUid = owner === undefined ? null : context.at(["owner"], () => neurons.uid(owner));
  const hyperparameters = epochHyperparameters(subnet, imported !== undefined);
  const startBlock = subnet.start_block ?? imported?.block ?? 0n;
  const tempo = BigInt(hyperparameters.tempo);
  const clock: WeightClock = {
    firstEpochBlock: startBlock + tempo,
    tempo,
    // A snapshot's rows were in force when it was taken; all other rows are first set for epoch 0.
    initialBlock: imported === undefined ? undefined : startBlock,
  };
  const alphaStake = stakesAt(neurons, "alphaStake", 0);
  const taoStake = stakesAt(neurons, "taoStake", 0);
  const permits = permitsAfterEpoch(alphaStake, taoStake, { ...hyperparameters, ownerUid });
  return {
    comparison,
    netuid: subnet.netuid,
    n: neurons.n,
    hotkeys: neurons.labels,
    hyperparameters,
    ownerUid,
    raoEmission: subnet.emission,
    firstEpochBlock: clock.firstEpochBlock,
    lastMechanismStepBlock: startBlock,
    alphaStake,
    taoStake,
    lastUpdate: lastUpdates(neurons, clock, 0),
    blockAtRegistration: BigUint64Array.from(neurons.list, (neuron) => neuron.registeredAt),
    validatorPermit: Uint8Array.from(neurons.list, ({ permit }, uid) =>
      permit === undefined ? permits[uid]! : Number(permit),
    ),
    weights: sparseRows(neurons.list.map((neuron) => neuron.weights.setAt(0))),
    bonds: sparseRows(neurons.list.map(() => undefined)),
    changesBefore: (epoch) => changesBefore(neurons, clock, epoch),
  };
}

function epochHyperparameters({ hyperparameters: given }: Subnet, imported: boolean): EpochHyperparameters {
  const derivedCutoff = (ACTIVITY_CUTOFF_FACTOR_MILLI * given.tempo) / 1000n;
  return {
    tempo: Number(given.tempo),
    activityCutoff: given.activity_cutoff ?? (derivedCutoff > 1n ? derivedCutoff : 1n),
    kappa: given.kappa,
    bondsPenalty: given.bonds_penalty,
    bondsMovingAverage: given.bonds_moving_average,
    yuma3: given.yuma3,
    liquidAlpha: given.liquid_alpha,
    alphaLow: given.alpha_low,
    alphaHigh: given.alpha_high,
    alphaSigmoidSteepness: given.alpha_sigmoid_steepness,
    maxAllowedValidators: given.max_allowed_validators,
    stakeThreshold: given.stake_threshold,
    taoWeight: given.tao_weight ?? (imported ? FULL_TAO_WEIGHT : MAINNET_TAO_WEIGHT),
    // Without commits the mask of commit-reveal has nothing to act on.
    commitReveal: false,
  };
}

function sparseRows(rows: readonly (WeightRow | undefined)[]): SparseRows {
  const offsets = new Uint32Array(rows.length + 1);
  rows.forEach((row, uid) => {
    offsets[uid + 1] = offsets[uid]! + (row?.uids.length ?? 0);
  });
  const uids = new Uint16Array(offsets[rows.length]!);
  const values = new Uint16Array(offsets[rows.length]!);
  rows.forEach((row, uid) => {
    if (row === undefined) return;
    uids.set(row.uids, offsets[uid]);
    values.set(row.values, offsets[uid]);
  });
  return { offsets, uids, values };
}
