import { type EpochInput, NO_COMMIT } from "../../../../kernels/epoch.ts";
import type { VariantCase } from "../../../../kernels/variants/case.ts";

/** A weight as somebody submits it. */
export type Weight = readonly [from: number, to: number, weight: number];

/** A subnet whose neurons all registered before any weights; every uid with stake has a permit. */
export function epochInput(
  stakes: readonly number[],
  weights: readonly Weight[],
  changes: Partial<EpochInput> = {},
): EpochInput {
  const n = stakes.length;
  const offsets = new Uint32Array(n + 1);
  for (let uid = 0; uid < n; uid++)
    offsets[uid + 1] = offsets[uid]! + weights.filter(([from]) => from === uid).length;
  return {
    n,
    block: 10_000n,
    tempo: 360,
    activityCutoff: 5000n,
    lastMechanismStepBlock: 9640n,
    kappa: 32_767,
    bondsPenalty: 65_535,
    bondsMovingAverage: 900_000n,
    yuma3: true,
    liquidAlpha: false,
    alphaLow: 45_875,
    alphaHigh: 58_982,
    alphaSigmoidSteepness: 1000,
    maxAllowedValidators: 64,
    stakeThreshold: 0n,
    taoWeight: 0n,
    commitReveal: false,
    ownerUid: null,
    alphaStake: BigUint64Array.from(stakes, (stake) => BigInt(Math.round(stake))),
    taoStake: new BigUint64Array(n),
    lastUpdate: new BigUint64Array(n).fill(9990n),
    blockAtRegistration: new BigUint64Array(n).fill(10n),
    commitBlocks: new BigUint64Array(n).fill(NO_COMMIT),
    validatorPermit: Uint8Array.from(stakes, (stake) => Number(stake > 0)),
    weights: {
      offsets,
      uids: Uint16Array.from(weights, ([, to]) => to),
      values: Uint16Array.from(weights, ([, , weight]) => Math.round(weight * 65_535)),
    },
    bonds: { offsets: new Uint32Array(n + 1), uids: new Uint16Array(0), values: new Uint16Array(0) },
    raoEmission: 82_000_000_000n,
    ...changes,
  };
}

/** One epoch of a case: validators first, then servers; the weights as submitted beside it. */
export function epochOfCase(
  { validators, servers, stakes, weights }: VariantCase,
  epoch: number,
): { readonly input: EpochInput; readonly submitted: number[] } {
  const rows: Weight[] = [];
  for (let i = 0; i < validators; i++)
    for (let j = 0; j < servers; j++)
      rows.push([i, validators + j, weights[(epoch * validators + i) * servers + j]!]);
  const rao = Array.from({ length: validators + servers }, (_, uid) =>
    uid < validators ? stakes[epoch * validators + uid]! * 1e15 : 0,
  );
  return { input: epochInput(rao, rows), submitted: rows.map(([, , weight]) => weight) };
}
