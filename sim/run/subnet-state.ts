import { type EpochInput, type EpochOutput, NO_COMMIT, type SparseRows } from "../../kernels/epoch.ts";
import { withoutColumn } from "../chain/registration/sparseRows.ts";
import type { EpochChanges, SubnetPlan } from "../scenario/index.ts";
import { restaked } from "./restaking.ts";
import { replaceRows } from "./sparse-rows.ts";

/** What a subnet keeps between epochs. Each step makes a new value; the arrays are never written to. */
export interface SubnetState {
  readonly lastMechanismStepBlock: bigint;
  /** Rao per uid. */
  readonly alphaStake: BigUint64Array;
  /** Rao per uid. */
  readonly taoStake: BigUint64Array;
  readonly lastUpdate: BigUint64Array;
  /** 0 or 1 per uid. */
  readonly validatorPermit: Uint8Array;
  readonly weights: SparseRows;
  readonly bonds: SparseRows;
}

/** The state before epoch 0. */
export function initialState(plan: SubnetPlan): SubnetState {
  const { lastMechanismStepBlock, alphaStake, taoStake, lastUpdate, validatorPermit, weights, bonds } = plan;
  return { lastMechanismStepBlock, alphaStake, taoStake, lastUpdate, validatorPermit, weights, bonds };
}

/** The state after what happens before an epoch. */
export function applyChanges(state: SubnetState, changes: EpochChanges): SubnetState {
  return {
    ...state,
    alphaStake: changes.alphaStake ?? state.alphaStake,
    taoStake: changes.taoStake ?? state.taoStake,
    lastUpdate: changes.lastUpdate ?? state.lastUpdate,
    weights: changes.weightRows ? replaceRows(state.weights, changes.weightRows) : state.weights,
    bonds: (changes.bondResets ?? []).reduce(withoutColumn, state.bonds),
  };
}

/** What no epoch of a plan changes. */
export type FixedInput = Omit<EpochInput, keyof SubnetState | "block" | "raoEmission">;

export function fixedInput(plan: SubnetPlan): FixedInput {
  const { n, ownerUid, blockAtRegistration } = plan;
  const commitBlocks = new BigUint64Array(n).fill(NO_COMMIT);
  return { ...plan.hyperparameters, n, ownerUid, blockAtRegistration, commitBlocks };
}

/** Parts of one that a share of the stake is rounded to. */
const PARTS = 1_000_000_000_000;

/** Rao that an epoch distributes. */
export function emissionAt(
  { raoEmission, emissionOfStake }: SubnetPlan,
  { alphaStake }: SubnetState,
): bigint {
  if (emissionOfStake === undefined) return raoEmission;
  const all = alphaStake.reduce((sum, rao) => sum + rao, 0n);
  return (all * BigInt(Math.round(emissionOfStake * PARTS))) / BigInt(PARTS);
}

/**
 * The state after an epoch: what the chain stores (spec/epoch.md 9), the block as that of the last epoch, and what was paid on the
 * stakes of those who stake it.
 * @param stored bonds and permits of the output; of a subnet that stays in the kernel, those before the first epoch
 */
export function storeEpoch(
  { restaking }: SubnetPlan,
  state: SubnetState,
  block: bigint,
  output: Pick<EpochOutput, "emission">,
  { bonds, validatorPermit }: Pick<SubnetState, "bonds" | "validatorPermit">,
): SubnetState {
  const { alphaStake, taoStake, lastUpdate, weights } = state;
  return {
    lastMechanismStepBlock: block,
    alphaStake: restaking === undefined ? alphaStake : restaked(alphaStake, output.emission, restaking),
    taoStake,
    lastUpdate,
    validatorPermit,
    weights,
    bonds,
  };
}
