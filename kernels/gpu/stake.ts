import type { EpochInput } from "../epoch.ts";

/** Raw I32F32 of 1. */
export const ONE = 1n << 32n;
const I64F64_MAX = (1n << 127n) - 1n;
const I64F64_MIN = -(1n << 127n);
const U64_MAX = (1n << 64n) - 1n;

/** What an epoch decides about its neurons from stakes and blocks alone, in the chain's own integers. */
export interface Standing {
  /** Raw I32F32 share of all stake above the threshold. */
  readonly share: BigInt64Array;
  /** 1 when the uid's weights count: stored permit, or owner. */
  readonly permit: Uint8Array;
  /** 1 when the uid set weights recently enough. */
  readonly active: Uint8Array;
  /** Raw I32F32 share of the stake of active validators. */
  readonly activeStake: BigInt64Array;
  /** `activeStake` normalised again among those who have some: the weights of the median. */
  readonly medianStake: BigInt64Array;
  /** 1 when the uid is a validator from the next epoch on. */
  readonly newPermit: Uint8Array;
}

/** Raw I32F32 of a u16 proportion. spec/numbers.md 4. */
export function rawProportion(proportion: number): bigint {
  return (BigInt(proportion) * ONE) / 65535n;
}

/**
 * Stake shares, permits and activity of an epoch. Stakes do not fit a float, and permits hang on their last bits, so this
 * part is exact. spec/epoch.md 3, 4 and the renormalising of 6.1.
 */
export function standing(input: EpochInput): Standing {
  const { n, ownerUid } = input;
  const share = stakeShares(input);
  const permit = Uint8Array.from(input.validatorPermit);
  if (ownerUid !== null) permit[ownerUid] = 1;
  const active = activity(input, input.block);
  const activeStake = new BigInt64Array(n);
  for (let uid = 0; uid < n; uid++) {
    if (permit[uid] === 1 && active[uid] === 1) activeStake[uid] = share[uid]!;
  }
  normalise(activeStake);
  const medianStake = activeStake.slice();
  normalise(medianStake);
  return { share, permit, active, activeStake, medianStake, newPermit: newPermits(input, share) };
}

/** 1 per uid whose weights are recent enough at `block`. spec/epoch.md 4.1. */
export function activity(input: EpochInput, block: bigint): Uint8Array {
  const active = new Uint8Array(input.n);
  for (let uid = 0; uid < input.n; uid++) {
    const limit = input.lastUpdate[uid]! + input.activityCutoff;
    active[uid] = limit >= block || limit > U64_MAX ? 1 : 0;
  }
  return active;
}

function stakeShares(input: EpochInput): BigInt64Array {
  const { n, ownerUid } = input;
  const taoWeight = (input.taoWeight << 32n) / U64_MAX;
  const weights: bigint[] = [];
  let sum = 0n;
  for (let uid = 0; uid < n; uid++) {
    const alpha = clampI64F64(input.alphaStake[uid]! << 64n);
    const tao = clampI64F64((clampI64F64(input.taoStake[uid]! << 64n) * taoWeight) >> 32n);
    let weight = clampI64F64(alpha + tao);
    if (uid !== ownerUid && weight >> 64n < input.stakeThreshold) weight = 0n;
    weights.push(weight);
    sum = BigInt.asIntN(128, sum + weight);
  }
  const share = new BigInt64Array(n);
  for (let uid = 0; uid < n; uid++) {
    const weight = weights[uid]!;
    share[uid] = clampI32F32((sum === 0n ? weight : divideI64F64(weight, sum)) >> 32n);
  }
  return share;
}

/** The `maxAllowedValidators` largest shares, the higher uid first among equals; zero stake never. spec/epoch.md 4.5. */
function newPermits(input: EpochInput, share: BigInt64Array): Uint8Array {
  const { n, ownerUid, maxAllowedValidators } = input;
  const permits = Uint8Array.from(share, (value) => (value === 0n ? 0 : 1));
  if (n >= maxAllowedValidators) {
    const order = Array.from(share, (_, uid) => uid).sort((a, b) =>
      share[a]! < share[b]! ? -1 : share[a]! > share[b]! ? 1 : a - b,
    );
    for (const uid of order.slice(0, n - maxAllowedValidators)) permits[uid] = 0;
  }
  if (ownerUid !== null) permits[ownerUid] = 1;
  return permits;
}

/** Divides every element by the sum, in I32F32; nothing changes when the sum is 0. */
function normalise(values: BigInt64Array): void {
  let sum = 0n;
  for (const value of values) sum = BigInt.asIntN(64, sum + value);
  if (sum === 0n) return;
  for (let k = 0; k < values.length; k++) {
    if (values[k] !== 0n) values[k] = (values[k]! << 32n) / sum;
  }
}

function divideI64F64(a: bigint, b: bigint): bigint {
  const quotient = (a << 64n) / b;
  return quotient > I64F64_MAX || quotient < I64F64_MIN ? 0n : quotient;
}

function clampI64F64(value: bigint): bigint {
  return value > I64F64_MAX ? I64F64_MAX : value;
}

function clampI32F32(value: bigint): bigint {
  const max = (1n << 63n) - 1n;
  return value > max ? max : value;
}
