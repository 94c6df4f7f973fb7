/** moveStake, transferStake, swapStake, swapStakeLimit (spec/calls.md 4 MOVE, spec/staking.md 5). */
import { transferTao } from "../accounts/accounts.ts";
import { signed, type Handlers } from "../calls/call.ts";
import type { Chain, Outcome } from "../chain.ts";
import { isError } from "../errors.ts";
import { availableToUnstake } from "../locks/touch.ts";
import { transferLock } from "../locks/transfer.ts";
import { saturatingMul, toU64, U64F64 } from "../numbers/fixed.ts";
import { min } from "../numbers/integers.ts";
import { ROOT, type AccountId, type Netuid } from "../state/network.ts";
import { poolOf, priceOf } from "../swap/books.ts";
import { MAX_BUY_PRICE, maxMove, MIN_SELL_PRICE, simSwap } from "../swap/engine.ts";
import { q64 } from "../swap/pool.ts";
import { hotkeyExists, subnetExists, tokenEnabled } from "./checks.ts";
import { adjustRootClaimed } from "./rootClaims.ts";
import { decreaseStake, increaseStake, stakeOf } from "./stake.ts";
import { ensureDelegate } from "./takes.ts";
import { stakeIntoSubnet, unstakeFromSubnet, type Position } from "./trade.ts";

export interface MoveStakeCalls {
  moveStake: {
    readonly originHotkey: AccountId;
    readonly destinationHotkey: AccountId;
    readonly originNetuid: Netuid;
    readonly destinationNetuid: Netuid;
    readonly alphaAmount: bigint;
  };
  transferStake: {
    readonly destinationColdkey: AccountId;
    readonly hotkey: AccountId;
    readonly originNetuid: Netuid;
    readonly destinationNetuid: Netuid;
    readonly alphaAmount: bigint;
  };
  swapStake: {
    readonly hotkey: AccountId;
    readonly originNetuid: Netuid;
    readonly destinationNetuid: Netuid;
    readonly alphaAmount: bigint;
  };
  swapStakeLimit: {
    readonly hotkey: AccountId;
    readonly originNetuid: Netuid;
    readonly destinationNetuid: Netuid;
    readonly alphaAmount: bigint;
    /** Destination alpha per origin alpha, times 10^9. */
    readonly limitPrice: bigint;
    readonly allowPartial: boolean;
  };
}

interface Limit {
  readonly price: bigint;
  readonly allowPartial: boolean;
}

interface Move {
  readonly from: Position;
  readonly to: Position;
  readonly alpha: bigint;
  readonly limit: Limit | null;
  /** Whether both subnets must allow transfers. */
  readonly toggle: boolean;
}

/** Checks of a move between two subnets that trade. */
function checkCrossing(chain: Chain, { from, limit }: Move, alpha: bigint, most: bigint): Outcome {
  const { state } = chain;
  const trade = simSwap(poolOf(state, from.netuid), "sell", alpha);
  if (isError(trade)) return "InsufficientLiquidity";
  if (trade.paidOut <= chain.protocol.constants.minStake) return "AmountTooLow";
  return limit !== null && !limit.allowPartial && alpha > most ? "SlippageTooHigh" : null;
}

function transfersAllowed({ state }: Chain, netuid: Netuid): boolean {
  return state.subnets.get(netuid)?.parameters.transferToggle ?? false;
}

/** Sells on one subnet and buys on the other; the fee is paid once. */
function moveAcross(chain: Chain, { from, to }: Move, alpha: bigint): Outcome {
  const fromRoot = from.netuid === ROOT;
  const tao = unstakeFromSubnet(chain, from, alpha, MIN_SELL_PRICE, fromRoot);
  if (isError(tao)) return tao;
  if (from.coldkey !== to.coldkey) {
    const moved = transferTao(chain, from.coldkey, to.coldkey, tao);
    if (moved !== null) return moved;
  }
  // Too little to stake: the TAO stays in the balance.
  if (tao < chain.protocol.constants.minStake) return null;
  ensureDelegate(chain, to.hotkey, to.coldkey);
  const staked = stakeIntoSubnet(chain, to, tao, MAX_BUY_PRICE, !fromRoot);
  return isError(staked) ? staked : null;
}

/** Moves shares inside a subnet, with the lock where the coldkey changes. */
function moveWithin(chain: Chain, { from, to }: Move, alpha: bigint): Outcome {
  const { netuid } = from;
  const carried = transferLock(chain, from.coldkey, to.coldkey, netuid, alpha);
  if (carried !== null) return carried;
  decreaseStake(chain, from.hotkey, from.coldkey, netuid, alpha);
  if (netuid === ROOT) adjustRootClaimed(chain, from.hotkey, from.coldkey, -alpha);
  increaseStake(chain, to.hotkey, to.coldkey, netuid, alpha);
  if (netuid === ROOT) adjustRootClaimed(chain, to.hotkey, to.coldkey, alpha);
  const worth = toU64(U64F64, saturatingMul(U64F64, priceOf(chain.state, netuid), q64(alpha)));
  return worth >= chain.protocol.constants.minStake ? null : "AmountTooLow";
}

function checkPlaces({ state }: Chain, { from, to }: Move): Outcome {
  if (from.coldkey === to.coldkey && from.hotkey === to.hotkey && from.netuid === to.netuid)
    return "SameNetuid";
  if (!subnetExists(state, from.netuid) || !subnetExists(state, to.netuid)) return "SubnetNotExists";
  if (!tokenEnabled(state, from.netuid) || !tokenEnabled(state, to.netuid)) return "SubtokenDisabled";
  return hotkeyExists(state, from.hotkey) && hotkeyExists(state, to.hotkey) ? null : "HotKeyAccountNotExists";
}

/** The transition that all moving calls are. */
export function moveStakeAmount(chain: Chain, move: Move): Outcome {
  const { state } = chain;
  const { from, to, limit } = move;
  const crossing = from.netuid !== to.netuid;
  const alpha = min(move.alpha, stakeOf(state, from.hotkey, from.coldkey, from.netuid));
  const most =
    crossing && limit !== null
      ? maxMove(poolOf(state, from.netuid), poolOf(state, to.netuid), limit.price)
      : alpha;
  if (isError(most)) return most;
  const places = checkPlaces(chain, move);
  if (places !== null) return places;
  if (crossing) {
    const refused = checkCrossing(chain, move, alpha, most);
    if (refused !== null) return refused;
  }
  if (move.toggle && !(transfersAllowed(chain, from.netuid) && transfersAllowed(chain, to.netuid)))
    return "TransferDisallowed";
  if (crossing && alpha > availableToUnstake(state, from.coldkey, from.netuid)) return "StakeUnavailable";
  const moved = min(alpha, most);
  return crossing ? moveAcross(chain, move, moved) : moveWithin(chain, move, moved);
}

export const moveStakeCalls: Handlers<MoveStakeCalls> = {
  moveStake: signed((chain, coldkey, args) =>
    moveStakeAmount(chain, {
      from: { hotkey: args.originHotkey, coldkey, netuid: args.originNetuid },
      to: { hotkey: args.destinationHotkey, coldkey, netuid: args.destinationNetuid },
      alpha: args.alphaAmount,
      limit: null,
      toggle: false,
    }),
  ),
  transferStake: signed((chain, coldkey, args) =>
    moveStakeAmount(chain, {
      from: { hotkey: args.hotkey, coldkey, netuid: args.originNetuid },
      to: { hotkey: args.hotkey, coldkey: args.destinationColdkey, netuid: args.destinationNetuid },
      alpha: args.alphaAmount,
      limit: null,
      toggle: true,
    }),
  ),
  swapStake: signed((chain, coldkey, args) =>
    moveStakeAmount(chain, {
      from: { hotkey: args.hotkey, coldkey, netuid: args.originNetuid },
      to: { hotkey: args.hotkey, coldkey, netuid: args.destinationNetuid },
      alpha: args.alphaAmount,
      limit: null,
      toggle: false,
    }),
  ),
  swapStakeLimit: signed((chain, coldkey, args) =>
    moveStakeAmount(chain, {
      from: { hotkey: args.hotkey, coldkey, netuid: args.originNetuid },
      to: { hotkey: args.hotkey, coldkey, netuid: args.destinationNetuid },
      alpha: args.alphaAmount,
      limit: { price: args.limitPrice, allowPartial: args.allowPartial },
      toggle: false,
    }),
  ),
};
