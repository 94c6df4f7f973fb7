import type { JsonObject } from "../../../sim/json.ts";
import { epochInput } from "../../../sim/eval/families/epoch-lines.ts";
import type { EpochChanges, ResolvedScenario, SubnetPlan } from "../../../sim/scenario/index.ts";
import { rowRange } from "../../../sim/run/sparse-rows.ts";

/** A sequence of golden epoch lines as the plan of a subnet: what the lines give from outside is a change. */
export function planOfLines(lines: readonly JsonObject[], comparison: string): SubnetPlan {
  const inputs = lines.map(({ name: _name, out: _out, ...line }) => epochInput(line));
  const [first] = inputs;
  if (!first) throw new Error("no lines");
  return {
    comparison,
    netuid: 7,
    n: first.n,
    hotkeys: Array.from({ length: first.n }, (_, uid) => `hotkey-${uid}`),
    hyperparameters: {
      tempo: first.tempo,
      activityCutoff: first.activityCutoff,
      kappa: first.kappa,
      bondsPenalty: first.bondsPenalty,
      bondsMovingAverage: first.bondsMovingAverage,
      yuma3: first.yuma3,
      liquidAlpha: first.liquidAlpha,
      alphaLow: first.alphaLow,
      alphaHigh: first.alphaHigh,
      alphaSigmoidSteepness: first.alphaSigmoidSteepness,
      maxAllowedValidators: first.maxAllowedValidators,
      stakeThreshold: first.stakeThreshold,
      taoWeight: first.taoWeight,
      commitReveal: first.commitReveal,
    },
    ownerUid: first.ownerUid,
    raoEmission: first.raoEmission,
    firstEpochBlock: first.block,
    lastMechanismStepBlock: first.lastMechanismStepBlock,
    alphaStake: first.alphaStake,
    taoStake: first.taoStake,
    lastUpdate: first.lastUpdate,
    blockAtRegistration: first.blockAtRegistration,
    validatorPermit: first.validatorPermit,
    weights: first.weights,
    bonds: first.bonds,
    changesBefore: (epoch): EpochChanges => {
      const input = inputs[epoch];
      if (epoch === 0 || !input) return {};
      const { alphaStake, taoStake, lastUpdate, weights } = input;
      const weightRows = Array.from({ length: input.n }, (_, uid) => {
        const [start, end] = rowRange(weights, uid);
        const values = weights.values.slice(start, end);
        return { uid, uids: weights.uids.slice(start, end), values, submitted: [...values] };
      });
      return { alphaStake, taoStake, lastUpdate, weightRows };
    },
  };
}

/** A scenario of these plans. */
export function scenarioOf(comparisons: readonly SubnetPlan[], epochs: number): ResolvedScenario {
  return {
    name: "test",
    title: "A test",
    description: "",
    seed: "1",
    protocol: "subtensor-425",
    epochs,
    canonical: { name: "test", epochs, comparisons: comparisons.map((plan) => plan.comparison) },
    inputs: [],
    comparisons,
  };
}
