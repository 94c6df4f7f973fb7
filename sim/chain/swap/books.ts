/** Trades with their bookkeeping: reserves, alpha outside the pool, total stake, volume (spec/pool.md 7 and 8). */
import type { Chain } from "../chain.ts";
import { isError, type SwapError } from "../errors.ts";
import { addU64, subU64, U64_MAX } from "../numbers/integers.ts";
import type { Journal } from "../state/journal.ts";
import { ROOT, type Netuid, type NetworkState } from "../state/network.ts";
import type { SubnetColumns, U64Column } from "../state/columns.ts";
import { currentPrice, swap, type Direction, type Pool, type SwapResult } from "./engine.ts";
import { HALF_WEIGHT } from "./pool.ts";

/** A u64 cell of a subnet; netuids outside the columns read as 0. */
export const cell = (columns: SubnetColumns, name: U64Column, netuid: Netuid): bigint =>
  columns[name][netuid] ?? 0n;

/** The pool of an existing subnet; root trades 1:1. */
export function poolOf({ columns }: NetworkState, netuid: Netuid): Pool {
  const initialised = columns.poolInitialised[netuid] === 1;
  return {
    mechanism: netuid === ROOT ? 0 : (columns.mechanism[netuid] ?? 0),
    tao: cell(columns, "tao", netuid),
    alpha: cell(columns, "alphaIn", netuid),
    quoteWeight: initialised ? cell(columns, "quoteWeight", netuid) : HALF_WEIGHT,
    feeRate: BigInt(columns.feeRate[netuid] ?? 0),
    initialised,
  };
}

/** Price of a subnet's alpha in TAO, U64F64. */
export const priceOf = (state: NetworkState, netuid: Netuid): bigint => currentPrice(poolOf(state, netuid));

/** column += amount, saturating. */
export function raise(
  journal: Journal,
  columns: SubnetColumns,
  name: U64Column,
  netuid: Netuid,
  amount: bigint,
): void {
  journal.set(columns[name], netuid, addU64(cell(columns, name, netuid), amount));
}

/** column -= amount, not below 0. */
export function lower(
  journal: Journal,
  columns: SubnetColumns,
  name: U64Column,
  netuid: Netuid,
  amount: bigint,
): void {
  journal.set(columns[name], netuid, subU64(cell(columns, name, netuid), amount));
}

/** Adds to the u128 volume. */
export function raiseVolume(journal: Journal, columns: SubnetColumns, netuid: Netuid, amount: bigint): void {
  const sum = cell(columns, "volumeLow", netuid) + amount;
  journal.set(columns.volumeLow, netuid, sum & U64_MAX);
  if (sum > U64_MAX) raise(journal, columns, "volumeHigh", netuid, 1n);
}

/** The traded TAO of a subnet, u128. */
export const volumeOf = ({ columns }: NetworkState, netuid: Netuid): bigint =>
  (cell(columns, "volumeHigh", netuid) << 64n) | cell(columns, "volumeLow", netuid);

/** Swaps on a dynamic pool, initialising it at one half; stable pools give 1:1 without fee. */
function trade(
  { state, journal }: Chain,
  netuid: Netuid,
  direction: Direction,
  amount: bigint,
  limitRao: bigint,
  dropFees: boolean,
): SwapResult | SwapError {
  const pool = poolOf(state, netuid);
  if (pool.mechanism !== 1) return { paidIn: amount, paidOut: amount, fee: 0n, feeToAuthor: 0n };
  const result = swap(pool, direction, amount, limitRao, dropFees);
  if (!isError(result) && !pool.initialised) {
    journal.set(state.columns.quoteWeight, netuid, HALF_WEIGHT);
    journal.set(state.columns.poolInitialised, netuid, 1);
  }
  return result;
}

/** TAO into the pool, alpha out of it. The TAO must be on the subnet's account already. */
export function buy(
  chain: Chain,
  netuid: Netuid,
  tao: bigint,
  limitRao: bigint,
  dropFees: boolean,
): SwapResult | SwapError {
  const { state, journal } = chain;
  const result = trade(chain, netuid, "buy", tao, limitRao, dropFees);
  if (isError(result)) return result;
  const { columns } = state;
  lower(journal, columns, "alphaIn", netuid, result.paidOut);
  raise(journal, columns, "alphaOut", netuid, result.paidOut);
  raise(journal, columns, "tao", netuid, result.paidIn);
  // The whole offer counts, with fee and unused part.
  journal.set(state, "totalStake", addU64(state.totalStake, tao));
  raiseVolume(journal, columns, netuid, tao);
  return result;
}

/** Alpha into the pool, TAO out of it. The TAO stays on the subnet's account until the caller moves it. */
export function sell(
  chain: Chain,
  netuid: Netuid,
  alpha: bigint,
  limitRao: bigint,
  dropFees: boolean,
): SwapResult | SwapError {
  const { state, journal } = chain;
  const result = trade(chain, netuid, "sell", alpha, limitRao, dropFees);
  if (isError(result)) return result;
  const { columns } = state;
  raise(journal, columns, "alphaIn", netuid, result.paidIn);
  lower(journal, columns, "alphaOut", netuid, result.paidIn);
  lower(journal, columns, "tao", netuid, result.paidOut);
  journal.set(state, "totalStake", subU64(state.totalStake, result.paidOut));
  raiseVolume(journal, columns, netuid, result.paidOut);
  return result;
}
