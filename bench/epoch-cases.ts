/** Seeded epochs to measure: the dense ones that the chain's native code was timed with, and sparse ones. */
import { type EpochInput, NO_COMMIT, type SparseRows } from "../kernels/epoch.ts";

/** What an epoch to measure looks like. */
export interface EpochCase {
  readonly n: number;
  readonly validators: number;
  readonly yuma3: boolean;
  readonly liquidAlpha: boolean;
  /** Part of the miners that each validator weighs and holds bonds on, above 0 up to 1. */
  readonly density: number;
  /** All validators weigh the same miners; otherwise each picks its own, and below one half hardly any has a majority. */
  readonly agreeing?: boolean;
  readonly seed: number;
}

/** A small generator of whole numbers (xorshift), enough for benchmarks. @returns draws below 2^16 */
export function drawer(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state >>> 16;
  };
}

const randomValue = (draw: () => number): number => 1 + (draw() % 65535);

/** The miners that a validator weighs: each with the probability of the density. */
function pickMiners({ n, validators, density }: EpochCase, draw: () => number): number[] {
  const miners: number[] = [];
  for (let miner = validators; miner < n; miner++)
    if (density === 1 || draw() < density * 65536) miners.push(miner);
  return miners;
}

/** Rows of the validators towards the miners, values uniform in 1..65535. */
function randomRows(epoch: EpochCase, draw: () => number): SparseRows {
  const { n, validators, agreeing } = epoch;
  const offsets = new Uint32Array(n + 1);
  const uids: number[] = [];
  const values: number[] = [];
  const common = agreeing === true ? pickMiners(epoch, draw) : null;
  for (let uid = 0; uid < n; uid++) {
    if (uid < validators)
      for (const miner of common ?? pickMiners(epoch, draw)) {
        uids.push(miner);
        values.push(randomValue(draw));
      }
    offsets[uid + 1] = uids.length;
  }
  return { offsets, uids: Uint16Array.from(uids), values: Uint16Array.from(values) };
}

/** A stake whose logarithm is about normal, in rao: twelve draws make the exponent, stretched linearly in between. */
function randomStake(draw: () => number): bigint {
  let exponent = 0;
  for (let k = 0; k < 12; k++) exponent += draw();
  // Mean 6, standard deviation 1 in units of an octave and a half.
  const octaves = (exponent / 65536 - 6) * 1.5 + 12;
  const whole = Math.floor(octaves);
  return BigInt(Math.floor(2 ** whole * (1 + octaves - whole) * 1e9));
}

/** The epoch of a case: validators are uids 0..validators-1, penalty 65535, moving average 900000. */
export function epochCase(epoch: EpochCase): EpochInput {
  const { n, validators } = epoch;
  const draw = drawer(epoch.seed);
  const block = 5_000_000n;
  const alphaStake = BigUint64Array.from({ length: n }, (_, uid) =>
    uid < validators ? randomStake(draw) : 0n,
  );
  const weights = randomRows(epoch, draw);
  return {
    n,
    block,
    tempo: 360,
    activityCutoff: 5000n,
    lastMechanismStepBlock: block - 360n,
    kappa: 32767,
    bondsPenalty: 65535,
    bondsMovingAverage: 900_000n,
    yuma3: epoch.yuma3,
    liquidAlpha: epoch.liquidAlpha,
    alphaLow: 45875,
    alphaHigh: 58982,
    alphaSigmoidSteepness: 1000,
    maxAllowedValidators: validators,
    stakeThreshold: 0n,
    taoWeight: 971718665099567868n,
    commitReveal: false,
    ownerUid: null,
    raoEmission: 147_600_000_000n,
    alphaStake,
    taoStake: new BigUint64Array(n),
    lastUpdate: new BigUint64Array(n).fill(block - 10n),
    blockAtRegistration: new BigUint64Array(n).fill(1000n),
    commitBlocks: new BigUint64Array(n).fill(NO_COMMIT),
    validatorPermit: Uint8Array.from({ length: n }, (_, uid) => Number(uid < validators)),
    weights,
    bonds: { ...weights, values: weights.values.map(() => randomValue(draw)) },
  };
}
