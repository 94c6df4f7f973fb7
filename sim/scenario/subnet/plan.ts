import type { EpochHyperparameters, SparseRows } from "../../../kernels/epoch.ts";
import { permitsAfterEpoch } from "../permits.ts";
import { FULL_TAO_WEIGHT, MAINNET_TAO_WEIGHT } from "../schema/hyperparameters.ts";
import type { Subnet, SubnetEmission } from "../schema/subnet.ts";
import type { VariantChoice } from "../../../kernels/variants/subnet/choice.ts";
import type { Restaking, SubnetPlan, WeightRow } from "../types.ts";
import { bondResetsByEpoch } from "./bond-resets.ts";
import type { SubnetContext } from "./context.ts";
import type { Neurons } from "./neurons.ts";
import { delayWeights } from "./delays.ts";
import { driftWeights } from "./drift.ts";
import { neuronsOfGroups } from "./groups.ts";
import { importMetagraph } from "./import.ts";
import { restakingOf } from "./restaking.ts";
import { changesOf, lastUpdatesOf, stakesAt, type WeightClock } from "./schedule.ts";
import { overlayStakes, overlayWeights } from "./overlays.ts";

/** ActivityCutoffFactorMilli: thousandths of a tempo (spec/epoch.md 4). */
const ACTIVITY_CUTOFF_FACTOR_MILLI = 13_889n;

/** What the scenario says beside the subnet. */
export interface SubnetFrame {
  /** Name of the set of overrides. */
  readonly comparison: string;
  readonly variant: VariantChoice | undefined;
}

/** The neurons of a subnet with all that they draw and do. What can be wrong with a subnet has been found. */
export interface SubnetNeurons {
  readonly neurons: Neurons;
  /** Block of the snapshot that they come from. */
  readonly importedAt: bigint | undefined;
  readonly bondResets: ReadonlyMap<number, readonly number[]>;
  readonly restaking: readonly Restaking[];
  readonly ownerUid: number | null;
}

/** Makes the neurons of a subnet. @throws {ScenarioError} about the first thing that is wrong */
export function subnetNeurons(subnet: Subnet, epochs: number, context: SubnetContext): SubnetNeurons {
  const imported = subnet.import === undefined ? undefined : importMetagraph(subnet, context);
  const neurons = imported?.neurons ?? neuronsOfGroups(subnet, context);
  overlayStakes(subnet, neurons, context);
  overlayWeights(subnet, neurons, context);
  driftWeights(subnet, neurons, epochs, context);
  delayWeights(subnet, neurons, epochs, context);
  const bondResets = bondResetsByEpoch(subnet, neurons, context);
  const restaking = restakingOf(subnet, neurons, context);
  const { owner } = subnet;
  const ownerUid = owner === undefined ? null : context.at(["owner"], () => neurons.uid(owner));
  return { neurons, importedAt: imported?.block, bondResets, restaking, ownerUid };
}

/** Puts one subnet together: its state before epoch 0 and what changes later. */
export function planSubnet(
  { comparison, variant }: SubnetFrame,
  subnet: Subnet,
  { neurons, importedAt, bondResets, restaking, ownerUid }: SubnetNeurons,
): SubnetPlan {
  const hyperparameters = epochHyperparameters(subnet, importedAt !== undefined);
  const startBlock = subnet.start_block ?? importedAt ?? 0n;
  const tempo = BigInt(hyperparameters.tempo);
  const clock: WeightClock = {
    firstEpochBlock: startBlock + tempo,
    tempo,
    // A snapshot's rows were in force when it was taken; all other rows are first set for epoch 0.
    initialBlock: importedAt === undefined ? undefined : startBlock,
  };
  const alphaStake = stakesAt(neurons, "alphaStake", 0);
  const taoStake = stakesAt(neurons, "taoStake", 0);
  const permits = permitsAfterEpoch(alphaStake, taoStake, { ...hyperparameters, ownerUid });
  const lastUpdates = lastUpdatesOf(neurons, clock);
  const changesBefore = changesOf(neurons, lastUpdates);
  const firstRows: (WeightRow | undefined)[] = [];
  for (const { weights } of neurons.list) firstRows.push(weights.setAt(0));
  return {
    comparison,
    ...(variant !== undefined && {
      variant: { choice: variant, submitted: firstRows.map((row) => row?.submitted ?? []) },
    }),
    netuid: subnet.netuid,
    n: neurons.n,
    hotkeys: neurons.labels,
    hyperparameters,
    ownerUid,
    ...emissionOf(subnet.emission),
    firstEpochBlock: clock.firstEpochBlock,
    lastMechanismStepBlock: startBlock,
    alphaStake,
    taoStake,
    lastUpdate: lastUpdates.at(0),
    blockAtRegistration: BigUint64Array.from(neurons.list, (neuron) => neuron.registeredAt),
    validatorPermit: Uint8Array.from(neurons.list, ({ permit }, uid) =>
      permit === undefined ? permits[uid]! : Number(permit),
    ),
    weights: sparseRows(firstRows),
    bonds: { offsets: new Uint32Array(neurons.n + 1), uids: new Uint16Array(), values: new Uint16Array() },
    ...(restaking.length > 0 && { restaking }),
    changesBefore: (epoch) => {
      const resets = bondResets.get(epoch);
      const changes = changesBefore(epoch);
      return resets === undefined ? changes : { ...changes, bondResets: resets };
    },
  };
}

function emissionOf(emission: SubnetEmission): Pick<SubnetPlan, "raoEmission" | "emissionOfStake"> {
  return typeof emission === "bigint"
    ? { raoEmission: emission }
    : { raoEmission: 0n, emissionOfStake: emission.of_stake };
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
