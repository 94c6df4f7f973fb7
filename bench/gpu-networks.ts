/** Subnets for float benchmarks and tests: deterministic, dense, of any size. */
import { type EpochInput, NO_COMMIT, type SparseRows } from "../kernels/epoch.ts";
import type { Formula } from "../kernels/gpu/formula.ts";

/** A 32-bit generator with the constants of Numerical Recipes; its high bits are good enough for weights. */
export function generator(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * below);
  };
}

export interface NetworkSize {
  readonly neurons: number;
  readonly validators: number;
}

/** A subnet whose first uids are validators that weigh and hold bonds on all the others. */
export function denseNetwork(
  seed: number,
  { neurons, validators }: NetworkSize,
  formula: Formula,
): EpochInput {
  const draw = generator(seed);
  const filled = (value: (uid: number) => bigint): BigUint64Array =>
    BigUint64Array.from({ length: neurons }, (_, uid) => value(uid));
  return {
    n: neurons,
    block: 1_000_000n,
    tempo: 360,
    activityCutoff: 1_000_000n,
    lastMechanismStepBlock: 999_640n,
    kappa: 32767,
    bondsPenalty: 65535,
    bondsMovingAverage: 900_000n,
    yuma3: formula !== "original",
    liquidAlpha: formula === "liquid",
    alphaLow: 45875,
    alphaHigh: 58982,
    alphaSigmoidSteepness: 1000,
    maxAllowedValidators: validators,
    stakeThreshold: 0n,
    taoWeight: 0n,
    commitReveal: false,
    ownerUid: null,
    alphaStake: filled((uid) => (uid < validators ? BigInt(1 + draw(1_000_000)) * 1_000_000_000n : 0n)),
    taoStake: filled(() => 0n),
    lastUpdate: filled(() => 999_900n),
    blockAtRegistration: filled(() => 1000n),
    commitBlocks: filled(() => NO_COMMIT),
    validatorPermit: Uint8Array.from({ length: neurons }, (_, uid) => (uid < validators ? 1 : 0)),
    weights: denseRows(neurons, validators, () => 1 + draw(65535)),
    bonds: denseRows(neurons, validators, () => draw(65536)),
    raoEmission: 1_000_000_000n,
  };
}

function denseRows(neurons: number, validators: number, value: () => number): SparseRows {
  const offsets = new Uint32Array(neurons + 1);
  const perRow = neurons - validators;
  for (let uid = 0; uid < neurons; uid++) offsets[uid + 1] = offsets[uid]! + (uid < validators ? perRow : 0);
  const size = validators * perRow;
  return {
    offsets,
    uids: Uint16Array.from({ length: size }, (_, k) => validators + (k % perRow)),
    values: Uint16Array.from({ length: size }, value),
  };
}
