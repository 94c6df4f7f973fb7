/**
 * The weighted pool's arithmetic: price, what a trade pays out, what it takes to reach a price, fees and the weight
 * adjustment of an injection (spec/pool.md 2 to 6). Pure functions of reserves in rao and the quote weight in parts
 * of 10^18; prices are raw U64F64.
 */
import { exactPower } from "../../../kernels/exact/economy.ts";
import { safeDiv, saturatingDiv, saturatingMul, saturatingSub, toU64, U64F64 } from "../numbers/fixed.ts";
import {
  addU128,
  clampU64,
  min,
  PERQUINTILL,
  perquintillFromRational,
  perquintillMulHalfUp,
  U128_MAX,
  U64_MAX,
} from "../numbers/integers.ts";
import { poolPower } from "./power.ts";

/** One U64F64. */
export const ONE = U64F64.one;
/** A balanced pool: both weights one half. */
export const HALF_WEIGHT = PERQUINTILL / 2n;
/** Both weights must be at least 1 %. */
export const MIN_WEIGHT = PERQUINTILL / 100n;

/** A whole number as U64F64. */
export const q64 = (n: bigint): bigint => n << 64n;

/** What a pool's formulas read. */
export interface Reserves {
  /** SubnetTAO, rao. */
  readonly tao: bigint;
  /** SubnetAlphaIn, rao. */
  readonly alpha: bigint;
  /** Quote (TAO) weight, parts of 10^18. */
  readonly quoteWeight: bigint;
}

/** TAO per alpha as U64F64; 0 without alpha (spec/pool.md 3). */
export function poolPrice({ tao, alpha, quoteWeight }: Reserves): bigint {
  const weights = safeDiv(U64F64, q64(PERQUINTILL - quoteWeight), q64(quoteWeight));
  return saturatingMul(U64F64, weights, safeDiv(U64F64, q64(tao), q64(alpha)));
}

/**
 * The same bits as the series for the usual trade, which is small beside the reserve; null for others
 * (spec/pool.md 2, the shortcut).
 */
const smallTradePower = (x: bigint, dx: bigint, en: bigint, ed: bigint): bigint | null =>
  dx > 0n && x < 1n << 62n && dx <= x >> 7n && en > 0n && ed > 0n ? exactPower(x, dx, en, ed) : null;

/**
 * (x / (x + dx)) to the power of the weights' ratio, as U64F64 with 18 decimal digits (spec/pool.md 2).
 * @param base true: exponent wb / wq, false: wq / wb
 */
export function expScaled(x: bigint, dx: bigint, base: boolean, quoteWeight: bigint): bigint {
  const baseWeight = PERQUINTILL - quoteWeight;
  const total = clampU64(x + dx);
  if (total === 0n) return 0n;
  const [en, ed] = base ? [baseWeight, quoteWeight] : [quoteWeight, baseWeight];
  const value = smallTradePower(x, dx, en, ed) ?? poolPower(x, total, en, ed, 256n, PERQUINTILL);
  if (value === null || value < 0n || value > U64_MAX) return 0n;
  const e = saturatingDiv(U64F64, q64(value), q64(PERQUINTILL));
  return dx >= 0n ? min(e, ONE) : e;
}

/** Alpha paid for `tao` TAO into the pool (spec/pool.md 4). */
export const alphaForTao = ({ tao, alpha, quoteWeight }: Reserves, amount: bigint): bigint =>
  payout(alpha, expScaled(tao, amount, false, quoteWeight));

/** TAO paid for `amount` alpha into the pool (spec/pool.md 4). */
export const taoForAlpha = ({ tao, alpha, quoteWeight }: Reserves, amount: bigint): bigint =>
  payout(tao, expScaled(alpha, amount, true, quoteWeight));

const payout = (reserve: bigint, e: bigint): bigint =>
  toU64(U64F64, saturatingMul(U64F64, q64(reserve), saturatingSub(U64F64, ONE, e)));

/** TAO that pushes the price up from `current` to `target`, both U64F64 (spec/pool.md 4). */
export const taoToReachPrice = (
  reserve: bigint,
  current: bigint,
  target: bigint,
  quoteWeight: bigint,
): bigint =>
  reserveDelta(
    reserve,
    poolPower(target, current, PERQUINTILL - quoteWeight, PERQUINTILL, 1024n, PERQUINTILL),
  );

/** Alpha that pushes the price down from `current` to `target`, both U64F64 (spec/pool.md 4). */
export const alphaToReachPrice = (
  reserve: bigint,
  current: bigint,
  target: bigint,
  quoteWeight: bigint,
): bigint => reserveDelta(reserve, poolPower(current, target, quoteWeight, PERQUINTILL, 1024n, PERQUINTILL));

function reserveDelta(reserve: bigint, ratio: bigint | null): bigint {
  if (ratio === null) return 0n;
  const z = saturatingDiv(U64F64, q64(clampU64(ratio)), q64(PERQUINTILL));
  return toU64(U64F64, saturatingMul(U64F64, q64(reserve), saturatingSub(U64F64, z, ONE)));
}

/** The fee inside an amount: floor(amount * rate / 65535) with both floors of U64F64 (spec/pool.md 4). */
export const feeInside = (amount: bigint, rate: bigint): bigint =>
  toU64(U64F64, saturatingMul(U64F64, q64(amount), saturatingDiv(U64F64, q64(rate), q64(65_535n))));

/** The fee on top of what a partial fill puts in: amount * rate / (65535 - rate) (spec/pool.md 5, step 6). */
export const feeOnTop = (amount: bigint, rate: bigint): bigint =>
  toU64(U64F64, saturatingMul(U64F64, q64(amount), safeDiv(U64F64, q64(rate), q64(65_535n - rate))));

/** A limit in rao per whole alpha as U64F64. */
export const limitPrice = (rao: bigint): bigint => saturatingDiv(U64F64, q64(rao), q64(1_000_000_000n));

/**
 * The quote weight that keeps the price when `dTao` and `dAlpha` are injected, null where the new weight would leave
 * its bounds: then nothing may be injected (spec/pool.md 6). Rounding can lower the weight even for (0, 0).
 */
export function adjustedWeight(
  { tao, alpha, quoteWeight }: Reserves,
  dTao: bigint,
  dAlpha: bigint,
): bigint | null {
  const baseShare = perquintillMulHalfUp(PERQUINTILL - quoteWeight, min(tao * (alpha + dAlpha), U128_MAX));
  const quoteShare = perquintillMulHalfUp(quoteWeight, min(alpha * (tao + dTao), U128_MAX));
  const sum = addU128(baseShare, quoteShare);
  const weight = sum === 0n ? HALF_WEIGHT : perquintillFromRational(quoteShare, sum);
  return weight < MIN_WEIGHT || PERQUINTILL - weight < MIN_WEIGHT ? null : weight;
}

/** The quote weight that gives a pool `price` (U64F64), null where it would leave its bounds (spec/pool.md 7). */
export function weightForPrice(price: bigint, tao: bigint, alpha: bigint): bigint | null {
  const high = min((price >> 64n) * alpha, U128_MAX);
  const low = toU64(U64F64, saturatingMul(U64F64, price & (ONE - 1n), q64(alpha)));
  const sum = addU128(addU128(high, low), tao);
  if (sum === 0n) return null;
  const weight = perquintillFromRational(tao, sum);
  return weight < MIN_WEIGHT || PERQUINTILL - weight < MIN_WEIGHT ? null : weight;
}
