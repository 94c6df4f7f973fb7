/** The issuance curve: rao per block from an issuance, for TAO and for each subnet's alpha (spec/emission.md 2). */
import { checkedDiv, fromInteger, I96F32, safeDiv, saturatingDiv, saturatingMul } from "../numbers/fixed.ts";
import { min, subU64 } from "../numbers/integers.ts";
import { log2 } from "../numbers/transcendental.ts";

/** 21 million tokens: no emission from here on. */
export const MAX_SUPPLY = 21_000_000_000_000_000n;
/** Emission per block before the first halving, rao. */
export const BASE_EMISSION = 1_000_000_000n;

/** log2(1 / (1 - issuance / 21e15)) as I96F32; null from the cap on. */
export function residualLog(issuance: bigint): bigint | null {
  if (issuance >= MAX_SUPPLY) return null;
  const spent = saturatingDiv(I96F32, fromInteger(I96F32, issuance), fromInteger(I96F32, MAX_SUPPLY));
  const residual = checkedDiv(I96F32, I96F32.one, I96F32.one - spent);
  return residual === null ? null : log2(I96F32, residual);
}

/** The curve as the chain computes it; `blockEmission` is the same from a table. */
export function blockEmissionByCurve(issuance: bigint): bigint {
  const residual = residualLog(issuance);
  if (residual === null) return 0n;
  let multiplier = I96F32.one;
  for (let k = residual >> 32n; k > 0n; k--) multiplier = saturatingMul(I96F32, multiplier, 2n << 32n);
  const share = safeDiv(I96F32, I96F32.one, multiplier);
  return saturatingMul(I96F32, share, fromInteger(I96F32, BASE_EMISSION)) >> 32n;
}

/** First issuance of each lower emission: every one the last emission halved (spec/emission.md 2). */
export const HALVING_THRESHOLDS: readonly bigint[] = [
  10_500_000_000_000_000n,
  15_750_000_000_000_000n,
  18_375_000_000_000_000n,
  19_687_500_000_000_000n,
  20_343_750_000_000_000n,
  20_671_875_000_000_000n,
  20_835_937_500_000_000n,
  20_917_968_750_000_000n,
  20_958_984_375_000_000n,
  20_979_492_187_500_000n,
  20_989_746_093_750_000n,
  20_994_873_046_875_000n,
  20_997_436_523_437_500n,
  20_998_718_261_718_750n,
  20_999_359_130_859_375n,
  20_999_679_565_429_688n,
  20_999_839_782_714_844n,
  20_999_919_891_357_422n,
  20_999_959_945_678_711n,
  20_999_979_972_839_356n,
  20_999_989_986_419_678n,
  20_999_994_993_209_839n,
  20_999_997_496_604_920n,
  20_999_998_748_302_460n,
  20_999_999_374_151_230n,
  20_999_999_687_075_615n,
  20_999_999_843_537_808n,
  20_999_999_921_768_904n,
  20_999_999_960_884_452n,
  20_999_999_980_442_226n,
];

/** How often the emission has halved at `issuance`; the last halving ends it. */
export function halvingsAt(issuance: bigint): number {
  let halvings = 0;
  while (halvings < HALVING_THRESHOLDS.length && issuance >= (HALVING_THRESHOLDS[halvings] ?? 0n))
    halvings += 1;
  return halvings;
}

/** Rao per block at `issuance` (u64): TAO for the whole network, alpha for a subnet (spec/emission.md 2). */
export const blockEmission = (issuance: bigint): bigint => BASE_EMISSION >> BigInt(halvingsAt(issuance));

/** What one block mints: the curve's emission, cut where the balance counter would pass 21 million. */
export const mintable = (totalIssuance: bigint, balancesIssuance: bigint): bigint =>
  min(blockEmission(totalIssuance), subU64(MAX_SUPPLY, balancesIssuance));
