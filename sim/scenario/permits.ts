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
  const clamp = (raw: bigint): bigint => (raw > I64F64_MAX ? I64F64_MAX : raw);
  const weights = Array.from(alphaStake, (alpha, uid) => {
    const tao = clamp((clamp(taoStake[uid]! << HALF_SHIFT) * (taoWeightRaw << 32n)) >> HALF_SHIFT);
    const raw = clamp(clamp(alpha << HALF_SHIFT) + tao);
    return raw >> HALF_SHIFT < rules.stakeThreshold && uid !== rules.ownerUid ? 0n : raw;
  });
  // The chain's sum wraps at 128 bits; with amounts that do not exist it can even be negative.
  const sum = BigInt.asIntN(
    128,
    weights.reduce((a, b) => a + b, 0n),
  );
  return weights.map((raw) => {
    if (sum === 0n) return toI32F32(raw);
    const quotient = (raw << HALF_SHIFT) / sum;
    return quotient > I64F64_MAX || quotient < -I64F64_MAX - 1n ? 0n : toI32F32(quotient);
  });
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
  if (surplus > 0) {
    const ascending = Array.from(stake.keys()).sort((a, b) =>
      stake[a]! < stake[b]! ? -1 : stake[a]! > stake[b]! ? 1 : a - b,
    );
    for (const uid of ascending.slice(0, surplus)) permits[uid] = 0;
  }
  if (rules.ownerUid !== null) permits[rules.ownerUid] = 1;
  return permits;
}
