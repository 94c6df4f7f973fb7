/** One trade against a pool, without bookkeeping (spec/pool.md 5 and 9). */
import { isError, type SwapError } from "../errors.ts";
import { safeDiv, saturatingMul, saturatingSub, toU64, U64F64 } from "../numbers/fixed.ts";
import { addU64, mulU64, subU64, U64_MAX } from "../numbers/integers.ts";
import {
  alphaForTao,
  alphaToReachPrice,
  feeInside,
  feeOnTop,
  HALF_WEIGHT,
  limitPrice,
  ONE,
  poolPrice,
  q64,
  taoForAlpha,
  taoToReachPrice,
  type Reserves,
} from "./pool.ts";

export type Direction = "buy" | "sell";

/** A pool as a trade sees it. */
export interface Pool extends Reserves {
  /** 1 = dynamic; everything else trades 1:1. */
  readonly mechanism: number;
  /** u16 of 65535. */
  readonly feeRate: bigint;
  /** Before its first trade a pool has no weight of its own: it counts as one half. */
  readonly initialised: boolean;
}

/** What a trade moves, rao. The fee comes on top of `paidIn`. */
export interface SwapResult {
  readonly paidIn: bigint;
  readonly paidOut: bigint;
  readonly fee: bigint;
  /** The part of the fee that the block author gets. */
  readonly feeToAuthor: bigint;
}

/** Default limit of a buy: 10^6 TAO per alpha. */
export const MAX_BUY_PRICE = 1_000_000_000_000_000n;
/** Default limit of a sell: 10^-6 TAO per alpha. */
export const MIN_SELL_PRICE = 1_000n;
/** Below this the out reserve does not trade, rao. */
const MIN_RESERVE = 1_000_000n;
/** A trade may put in at most this many times the in reserve. */
const MAX_INPUT_FACTOR = 1_000n;

/** Price of one alpha in TAO, U64F64; 1 for stable pools (spec/pool.md 3). */
export const currentPrice = (pool: Reserves & { readonly mechanism: number }): bigint =>
  pool.mechanism === 1 ? (pool.alpha === 0n ? 0n : poolPrice(pool)) : ONE;

/** The weight that a trade works with. */
const tradingReserves = (pool: Pool): Reserves =>
  pool.initialised ? pool : { tao: pool.tao, alpha: pool.alpha, quoteWeight: HALF_WEIGHT };

/** Price after a full trade of `net` that pays `out`. */
function priceAfter(
  { tao, alpha, quoteWeight }: Reserves,
  direction: Direction,
  net: bigint,
  out: bigint,
): bigint {
  return direction === "buy"
    ? poolPrice({ tao: addU64(tao, net), alpha: subU64(alpha, out), quoteWeight })
    : poolPrice({ tao: subU64(tao, out), alpha: addU64(alpha, net), quoteWeight });
}

/**
 * Trades `amount` rao against `pool` up to a price limit in rao per alpha. The same for a simulation: reserves change
 * only in the caller's books, and so does the initialisation of a pool at one half.
 */
export function swap(
  pool: Pool,
  direction: Direction,
  amount: bigint,
  limitRao: bigint,
  dropFees: boolean,
): SwapResult | SwapError {
  const buying = direction === "buy";
  const reserves = tradingReserves(pool);
  const [inReserve, outReserve] = buying ? [pool.tao, pool.alpha] : [pool.alpha, pool.tao];
  const fullFee = dropFees || pool.mechanism !== 1 ? 0n : feeInside(amount, pool.feeRate);
  const net = amount - fullFee;
  if (net > mulU64(inReserve, MAX_INPUT_FACTOR)) return "Swap.SwapInputTooLarge";
  if (outReserve < MIN_RESERVE) return "Swap.ReservesTooLow";
  const limit = limitPrice(limitRao);
  const current = currentPrice({ ...reserves, mechanism: pool.mechanism });
  if (buying ? current >= limit : current <= limit) return "Swap.PriceLimitExceeded";
  const pays = buying ? alphaForTao : taoForAlpha;
  let paidIn = net;
  let paidOut = pays(reserves, net);
  let fee = fullFee;
  const target = priceAfter(reserves, direction, net, paidOut);
  if (buying ? target > limit : target < limit) {
    paidIn = buying
      ? taoToReachPrice(pool.tao, current, limit, reserves.quoteWeight)
      : alphaToReachPrice(pool.alpha, current, limit, reserves.quoteWeight);
    fee = dropFees ? 0n : feeOnTop(paidIn, pool.feeRate);
    paidOut = pays(reserves, paidIn);
  }
  if (paidIn > 0n && paidOut === 0n) return "Swap.ReservesTooLow";
  return { paidIn, paidOut, fee, feeToAuthor: paidIn > 0n ? fee : 0n };
}

/** The trade that validations simulate: default limit, with fees; stable pools 1:1 (spec/pool.md 5). */
export function simSwap(pool: Pool, direction: Direction, amount: bigint): SwapResult | SwapError {
  if (pool.mechanism !== 1) return { paidIn: amount, paidOut: amount, fee: 0n, feeToAuthor: 0n };
  return swap(pool, direction, amount, direction === "buy" ? MAX_BUY_PRICE : MIN_SELL_PRICE, false);
}

/** Price 1 in rao per whole token: the limit that a stable pool meets. */
const STABLE_PRICE = 1_000_000_000n;

/** The most that a limit call may add, fee included (spec/pool.md 9). */
export function maxAdd(pool: Pool, limitRao: bigint): bigint | SwapError {
  if (pool.mechanism !== 1) return limitRao >= STABLE_PRICE ? U64_MAX : 0n;
  const probe = swap(pool, "buy", mulU64(pool.tao, MAX_INPUT_FACTOR), limitRao, false);
  return isError(probe) ? probe : addU64(probe.paidIn, probe.fee);
}

/** The most that a limit call may remove, fee included (spec/pool.md 9). */
export function maxRemove(pool: Pool, limitRao: bigint): bigint | SwapError {
  if (pool.mechanism !== 1) return limitRao <= STABLE_PRICE ? U64_MAX : 0n;
  const probe = swap(pool, "sell", mulU64(pool.alpha, MAX_INPUT_FACTOR), limitRao, false);
  return isError(probe) ? probe : addU64(probe.paidIn, probe.fee);
}

/** The most that may move between two pools at a relative price limit (spec/pool.md 9). It ignores weights. */
export function maxMove(from: Pool, to: Pool, limitRao: bigint): bigint | SwapError {
  const fromStable = from.mechanism !== 1;
  const toStable = to.mechanism !== 1;
  if (fromStable && toStable) return limitRao > STABLE_PRICE ? 0n : U64_MAX;
  if (fromStable) return limitRao === 0n ? U64_MAX : maxAdd(to, relativeToRao(limitRao));
  if (toStable) return maxRemove(from, limitRao);
  if (from.tao === 0n || from.alpha === 0n || to.tao === 0n || to.alpha === 0n) return 0n;
  const limit = limitPrice(limitRao);
  if (limit > safeDiv(U64F64, currentPrice(from), currentPrice(to))) return 0n;
  if (limitRao === 0n) return U64_MAX;
  const taoSum = q64(addU64(from.tao, to.tao));
  const reachable = saturatingMul(U64F64, q64(to.alpha), safeDiv(U64F64, q64(from.tao), taoSum));
  const present = saturatingMul(U64F64, q64(from.alpha), safeDiv(U64F64, q64(to.tao), taoSum));
  return toU64(U64F64, saturatingSub(U64F64, safeDiv(U64F64, reachable, limit), present));
}

/** floor(10^9 / limit * 10^9): what a limit of destination alpha per TAO is in TAO per destination alpha. */
const relativeToRao = (limitRao: bigint): bigint =>
  toU64(U64F64, saturatingMul(U64F64, safeDiv(U64F64, q64(STABLE_PRICE), q64(limitRao)), q64(STABLE_PRICE)));
