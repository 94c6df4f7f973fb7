/** Orders executed one by one, each at the price of its moment (BUY and SELL of spec/calls.md 16). */
import { balanceOf } from "../accounts/accounts.ts";
import { sendTao } from "../balances/transfers.ts";
import type { Chain, Outcome } from "../chain.ts";
import { isError } from "../errors.ts";
import { checkRemove, hotkeyExists, subnetExists, tokenEnabled } from "../staking/checks.ts";
import { stakeIntoSubnet, unstakeFromSubnet, type Position } from "../staking/trade.ts";
import type { AccountId } from "../state/network.ts";
import { poolOf } from "../swap/books.ts";
import { swap, type Direction } from "../swap/engine.ts";
import { checkOrder, fillOf, orderFee, recordFill, tradeLimit, type SignedOrder } from "./order.ts";

/** Whether the pool takes the whole amount within the limit. */
export function checkTradable(
  { state }: Chain,
  netuid: number,
  direction: Direction,
  amount: bigint,
  limitRao: bigint,
): Outcome {
  const pool = poolOf(state, netuid);
  if (pool.mechanism !== 1) return null;
  const trade = swap(pool, direction, amount, limitRao, false);
  if (isError(trade)) return trade;
  return trade.paidIn + trade.fee < amount ? "SlippageTooHigh" : null;
}

function checkMarket({ state }: Chain, netuid: number): Outcome {
  if (!subnetExists(state, netuid)) return "SubnetNotExists";
  return tokenEnabled(state, netuid) ? null : "SubtokenDisabled";
}

function buyNow(chain: Chain, position: Position, signed: SignedOrder): Outcome {
  const { state, protocol } = chain;
  const { order } = signed;
  const amount = fillOf(signed);
  const fee = orderFee(order.feeRate, amount);
  const staked = amount - fee;
  const closed = checkMarket(chain, order.netuid);
  if (closed !== null) return closed;
  if (!hotkeyExists(state, order.hotkey)) return "HotKeyAccountNotExists";
  if (staked < protocol.constants.minStake) return "AmountTooLow";
  if (balanceOf(state, order.signer) < staked) return "NotEnoughBalanceToStake";
  const limit = tradeLimit(order);
  const untradable = checkTradable(chain, order.netuid, "buy", staked, limit);
  if (untradable !== null) return untradable;
  const bought = stakeIntoSubnet(chain, position, staked, limit, false);
  return isError(bought) ? bought : sendTao(chain, order.signer, order.feeRecipient, fee);
}

function sellNow(chain: Chain, position: Position, signed: SignedOrder): Outcome {
  const { order } = signed;
  const amount = fillOf(signed);
  const closed = checkMarket(chain, order.netuid);
  if (closed !== null) return closed;
  const refused = checkRemove(chain, position, amount, amount, false);
  if (refused !== null) return refused;
  const limit = tradeLimit(order);
  const untradable = checkTradable(chain, order.netuid, "sell", amount, limit);
  if (untradable !== null) return untradable;
  const received = unstakeFromSubnet(chain, position, amount, limit, false);
  if (isError(received)) return received;
  return sendTao(chain, order.signer, order.feeRecipient, orderFee(order.feeRate, received));
}

function executeOne(chain: Chain, relayer: AccountId, signed: SignedOrder): Outcome {
  const { order } = signed;
  const position = { hotkey: order.hotkey, coldkey: order.signer, netuid: order.netuid };
  const outcome =
    checkOrder(chain, relayer, signed) ??
    (order.orderType === "LimitBuy" ? buyNow : sellNow)(chain, position, signed);
  if (outcome === null) recordFill(chain, signed);
  return outcome;
}

/** Executes orders in their order; a failing one is skipped, or fails all. */
export function executeOrders(
  chain: Chain,
  relayer: AccountId,
  orders: readonly SignedOrder[],
  shouldFail: boolean,
): Outcome {
  for (const signed of orders) {
    const outcome = chain.journal.atomically(() => executeOne(chain, relayer, signed));
    if (outcome !== null && shouldFail) return outcome;
  }
  return null;
}
