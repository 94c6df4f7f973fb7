/** Validator permits as an epoch hands them out (spec/epoch.md 3 and 4). */

const U64_MAX = 0xffff_ffff_ffff_ffffn;
const I64F64_MAX = (1n << 127n) - 1n;
const HALF_SHIFT = 64n;

/** What decides the permits. */
export interface PermitRules {
  readonly maxAllowedValidators: number;
  /** Rao. */
  readonly stakeThreshold: bigint;
  /** Stored u64. */
  readonly taoWeight: bigint;
  readonly ownerUid: number | null;
}

/** Normalised stake of every uid after the threshold, raw I32F32 (spec/epoch.md 4, steps 2 and 3). */
export function normalisedStake(
  alphaStake: BigUint64Array,
  taoStake: BigUint64Array,
  rules: PermitRules,
): bigint[] {
  const taoWeightRaw = (rules.taoWeight << 32n) / U64_MAX;
  const weights: bigint[] = [];
  let total = 0n;
  for (let uid = 0; uid < alphaStake.length; uid++) {
    const [alpha, tao] = [alphaStake[uid]!, taoStake[uid]!];
    const raw = alpha === 0n && tao === 0n ? 0n : combinedStake(alpha, tao, taoWeightRaw);
    const counts = raw >> HALF_SHIFT >= rules.stakeThreshold || uid === rules.ownerUid;
    weights.push(counts ? raw : 0n);
    if (counts) total += raw;
  }
  // The chain's sum wraps at 128 bits; with amounts that do not exist it can even be negative.
  const sum = BigInt.asIntN(128, total);
  for (let uid = 0; uid < weights.length; uid++) {
    const raw = weights[uid]!;
    if (raw !== 0n) weights[uid] = sum === 0n ? toI32F32(raw) : shareOf(raw, sum);
  }
  return weights;
}

/** Alpha stake plus weighted TAO stake, raw I64F64. */
function combinedStake(alpha: bigint, tao: bigint, taoWeightRaw: bigint): bigint {
  const own = clamp(alpha << HALF_SHIFT);
  if (tao === 0n) return own;
  return clamp(own + clamp((clamp(tao << HALF_SHIFT) * (taoWeightRaw << 32n)) >> HALF_SHIFT));
}

function clamp(raw: bigint): bigint {
  return raw > I64F64_MAX ? I64F64_MAX : raw;
}

function shareOf(raw: bigint, sum: bigint): bigint {
  const quotient = (raw << HALF_SHIFT) / sum;
  return quotient > I64F64_MAX || quotient < -I64F64_MAX - 1n ? 0n : toI32F32(quotient);
}

/** Fewer fraction bits: floor, then clamp (spec/numbers.md 3). */
function toI32F32(raw: bigint): bigint {
  const shifted = raw >> 32n;
  const most = (1n << 63n) - 1n;
  return shifted > most ? most : shifted < -most - 1n ? -most - 1n : shifted;
}

/** The permits after an epoch on these stakes, 0 or 1 per uid. */
export function permitsAfterEpoch(
  alphaStake: BigUint64Array,
  taoStake: BigUint64Array,
  rules: PermitRules,
): Uint8Array {
  const stake = normalisedStake(alphaStake, taoStake, rules);
  const permits = Uint8Array.from(stake, (raw) => (raw === 0n ? 0 : 1));
  const surplus = stake.length - rules.maxAllowedValidators;
  // The least stakes lose theirs: nobody does where so many have none at all, unless a sum that wrapped left some below 0.
  const without = permits.reduce((count, permit) => count + 1 - permit, 0);
  if (surplus > 0 && (surplus > without || stake.some((raw) => raw < 0n))) {
    const ascending = Array.from(stake.keys()).sort((a, b) =>
      stake[a]! < stake[b]! ? -1 : stake[a]! > stake[b]! ? 1 : a - b,
    );
    for (const uid of ascending.slice(0, surplus)) permits[uid] = 0;
  }
  if (rules.ownerUid !== null) permits[rules.ownerUid] = 1;
  return permits;
}
