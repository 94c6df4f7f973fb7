/** The check lists that staking calls share (spec/calls.md 3). */
import { balanceOf } from "../accounts/accounts.ts";
import type { Chain, Outcome } from "../chain.ts";
import { isError, type ChainError } from "../errors.ts";
import { availableToUnstake } from "../locks/touch.ts";
import { min, mulU64 } from "../numbers/integers.ts";
import { ROOT, type Netuid, type NetworkState } from "../state/network.ts";
import { poolOf } from "../swap/books.ts";
import { simSwap } from "../swap/engine.ts";
import { feeInside } from "../swap/pool.ts";
import { canAddStake, stakeOf } from "./stake.ts";
import type { Position } from "./trade.ts";

export const subnetExists = (state: NetworkState, netuid: Netuid): boolean =>
  state.columns.exists[netuid] === 1;

export const tokenEnabled = (state: NetworkState, netuid: Netuid): boolean =>
  state.columns.subtokenEnabled[netuid] === 1;

export const hotkeyExists = (state: NetworkState, hotkey: number): boolean => state.hotkeys.has(hotkey);

/** "pre" of spec/calls.md 4: no trade of more than 1000 times the reserve that it enters. */
export function exceedsReserve(
  state: NetworkState,
  netuid: Netuid,
  side: "tao" | "alpha",
  amount: bigint,
): boolean {
  const pool = poolOf(state, netuid);
  return pool.mechanism === 1 && netuid !== ROOT && amount > mulU64(pool[side], 1_000n);
}

/** The smallest TAO amount that can be staked: MIN and the fee that a buy of MIN pays. */
function smallestStake(chain: Chain, netuid: Netuid): bigint {
  const { minStake } = chain.protocol.constants;
  const pool = poolOf(chain.state, netuid);
  const probe = simSwap(pool, "buy", minStake);
  const fee = isError(probe) ? (pool.mechanism === 1 ? feeInside(minStake, pool.feeRate) : 0n) : probe.fee;
  return minStake + fee;
}

/**
 * ADD: whether `amount` TAO of the coldkey can be staked.
 * @param limitAmount the most that a price limit lets in
 */
export function checkAdd(
  chain: Chain,
  { hotkey, coldkey, netuid }: Position,
  amount: bigint,
  limitAmount: bigint,
  allowPartial: boolean,
): Outcome {
  const { state } = chain;
  if (!subnetExists(state, netuid)) return "SubnetNotExists";
  if (!tokenEnabled(state, netuid)) return "SubtokenDisabled";
  if (amount < smallestStake(chain, netuid)) return "AmountTooLow";
  if (!allowPartial && amount > limitAmount) return "SlippageTooHigh";
  const staked = min(amount, limitAmount);
  if (staked > balanceOf(state, coldkey)) return "NotEnoughBalanceToStake";
  if (!hotkeyExists(state, hotkey)) return "HotKeyAccountNotExists";
  const trade = simSwap(poolOf(state, netuid), "buy", staked);
  if (isError(trade)) return "InsufficientLiquidity";
  if (trade.paidIn < chain.protocol.constants.minStake) return "AmountTooLow";
  if (trade.paidOut === 0n) return "InsufficientLiquidity";
  return canAddStake(state, hotkey, netuid, trade.paidOut) ? null : "InsufficientLiquidity";
}

/** REM: whether `alpha` of a stake can be sold. */
export function checkRemove(
  chain: Chain,
  { hotkey, coldkey, netuid }: Position,
  alpha: bigint,
  limitAmount: bigint,
  allowPartial: boolean,
): Outcome {
  const { state } = chain;
  if (!subnetExists(state, netuid)) return "SubnetNotExists";
  if (alpha === 0n) return "AmountTooLow";
  const held = stakeOf(state, hotkey, coldkey, netuid);
  if (held < alpha) return "NotEnoughStakeToWithdraw";
  const trade = simSwap(poolOf(state, netuid), "sell", alpha);
  if (isError(trade)) return "InsufficientLiquidity";
  if (held > alpha && trade.paidOut < chain.protocol.constants.minStake) return "AmountTooLow";
  if (!allowPartial && alpha > limitAmount) return "SlippageTooHigh";
  if (!hotkeyExists(state, hotkey)) return "HotKeyAccountNotExists";
  return alpha <= availableToUnstake(state, coldkey, netuid) ? null : "StakeUnavailable";
}

/** The part of a result that is an outcome: null unless it is an error. */
export const outcomeOf = (result: ChainError | bigint): Outcome => (isError(result) ? result : null);
