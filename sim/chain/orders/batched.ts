/** Orders of one subnet executed together: buyers and sellers meet first, the rest trades with the pool (spec/calls.md 16). */
import { balanceOf, transferTao } from "../accounts/accounts.ts";
import { ORDERS_COLDKEY, ORDERS_HOTKEY } from "../accounts/derived.ts";
import { sendTao } from "../balances/transfers.ts";
import type { Chain, Outcome } from "../chain.ts";
import { isError, type ChainError } from "../errors.ts";
import { availableToUnstake } from "../locks/touch.ts";
import { hotkeyExists, subnetExists, tokenEnabled } from "../staking/checks.ts";
import { decreaseStake, increaseStake, stakeOf } from "../staking/stake.ts";
import { stakeIntoSubnet, unstakeFromSubnet } from "../staking/trade.ts";
import { ROOT, type AccountId, type Netuid } from "../state/network.ts";
import { priceOf } from "../swap/books.ts";
import { checkOrder, fillOf, orderFee, orderKey, recordFill, tradeLimit, type SignedOrder } from "./order.ts";
import { alphaOf, shareOfPot, worthOf } from "./shares.ts";
import { checkTradable } from "./single.ts";

/** One side of a batch: the order and what it puts in, rao. */
interface Entry {
  readonly signed: SignedOrder;
  /** What counts for its share: TAO after the fee, or alpha. */
  readonly input: bigint;
  /** Fee of a buyer, rao of TAO; a seller's is taken from its payout. */
  readonly fee: bigint;
}

interface Batch {
  readonly netuid: Netuid;
  /** U64F64, at the start. */
  readonly price: bigint;
  readonly buyers: readonly Entry[];
  readonly sellers: readonly Entry[];
}

const sumOf = (entries: readonly Entry[]): bigint => entries.reduce((sum, { input }) => sum + input, 0n);

function checkAll(chain: Chain, relayer: AccountId, netuid: Netuid, orders: readonly SignedOrder[]): Outcome {
  const seen = new Set<string>();
  for (const signed of orders) {
    const key = orderKey(signed.order);
    if (seen.has(key)) return "Orders.DuplicateOrderInBatch";
    seen.add(key);
    if (signed.order.netuid !== netuid) return "Orders.OrderNetUidMismatch";
    const refused = checkOrder(chain, relayer, signed);
    if (refused !== null) return refused;
  }
  return null;
}

function openBatch({ state }: Chain, netuid: Netuid, orders: readonly SignedOrder[]): Batch {
  const entries = orders.map((signed): Entry => {
    const amount = fillOf(signed);
    const fee = signed.order.orderType === "LimitBuy" ? orderFee(signed.order.feeRate, amount) : 0n;
    return { signed, input: amount - fee, fee };
  });
  const isBuy = ({ signed }: Entry): boolean => signed.order.orderType === "LimitBuy";
  return {
    netuid,
    price: priceOf(state, netuid),
    buyers: entries.filter(isBuy),
    sellers: entries.filter((entry) => !isBuy(entry)),
  };
}

/** Moves a seller's alpha to the technical account. */
function collectAlpha(chain: Chain, { netuid, price }: Batch, { signed: { order }, input }: Entry): Outcome {
  const { state, protocol } = chain;
  const { hotkey, signer } = order;
  if (!subnetExists(state, netuid)) return "SubnetNotExists";
  if (!tokenEnabled(state, netuid)) return "SubtokenDisabled";
  if (!hotkeyExists(state, hotkey)) return "HotKeyAccountNotExists";
  if (input === 0n || worthOf(price, input) < protocol.constants.minStake) return "AmountTooLow";
  if (input > availableToUnstake(state, signer, netuid)) return "StakeUnavailable";
  if (stakeOf(state, hotkey, signer, netuid) < input) return "NotEnoughStakeToWithdraw";
  decreaseStake(chain, hotkey, signer, netuid, input);
  increaseStake(chain, ORDERS_HOTKEY, ORDERS_COLDKEY, netuid, input);
  return null;
}

function collect(chain: Chain, batch: Batch): Outcome {
  for (const { signed, input, fee } of batch.buyers) {
    if (balanceOf(chain.state, signed.order.signer) < input + fee) return "Token.FundsUnavailable";
    const moved = sendTao(chain, signed.order.signer, ORDERS_COLDKEY, input + fee);
    if (moved !== null) return moved;
  }
  for (const entry of batch.sellers) {
    const refused = collectAlpha(chain, batch, entry);
    if (refused !== null) return refused;
  }
  return null;
}

interface Pots {
  readonly alpha: bigint;
  readonly tao: bigint;
}

/** Trades `net` with the pool for the technical account; the answer is what it got. */
function tradeNet(
  chain: Chain,
  netuid: Netuid,
  buying: boolean,
  net: bigint,
  limit: bigint,
): bigint | ChainError {
  if (net === 0n) return 0n;
  const { state, protocol } = chain;
  if (!subnetExists(state, netuid)) return "SubnetNotExists";
  if (!tokenEnabled(state, netuid)) return "SubtokenDisabled";
  if (buying && net < protocol.constants.minStake) return "AmountTooLow";
  const untradable = checkTradable(chain, netuid, buying ? "buy" : "sell", net, limit);
  if (untradable !== null) return untradable;
  const position = { hotkey: ORDERS_HOTKEY, coldkey: ORDERS_COLDKEY, netuid };
  const got = buying
    ? stakeIntoSubnet(chain, position, net, limit, false)
    : unstakeFromSubnet(chain, position, net, limit, false);
  return got === 0n ? "Orders.SwapReturnedZero" : got;
}

const smallestLimit = (entries: readonly Entry[]): bigint =>
  entries.map(({ signed }) => tradeLimit(signed.order)).reduce((a, b) => (a < b ? a : b));

const largestLimit = (entries: readonly Entry[]): bigint =>
  entries.map(({ signed }) => tradeLimit(signed.order)).reduce((a, b) => (a > b ? a : b));

/** Lets both sides meet; the answer is what there is to hand out. */
function settle(chain: Chain, { netuid, price, buyers, sellers }: Batch): Pots | ChainError {
  const bought = sumOf(buyers);
  const sold = sumOf(sellers);
  const value = worthOf(price, sold);
  if (bought >= value) {
    const limit = buyers.length === 0 ? 0n : smallestLimit(buyers);
    const out = tradeNet(chain, netuid, true, bought - value, limit);
    return isError(out) ? out : { alpha: out + sold, tao: value };
  }
  const matched = alphaOf(price, bought);
  if (matched === null) return "Orders.ArithmeticOverflow";
  const out = tradeNet(chain, netuid, false, sold - matched, largestLimit(sellers));
  return isError(out) ? out : { alpha: matched, tao: out + bought };
}

/** Hands the alpha to the buyers. */
function payBuyers(chain: Chain, { netuid, buyers }: Batch, pot: bigint): Outcome {
  const whole = sumOf(buyers);
  for (const { signed, input } of buyers) {
    const { hotkey, signer } = signed.order;
    if (!hotkeyExists(chain.state, hotkey)) return "HotKeyAccountNotExists";
    const share = shareOfPot(pot, input, whole);
    if (share === 0n) return "Orders.ZeroShareInBatch";
    decreaseStake(chain, ORDERS_HOTKEY, ORDERS_COLDKEY, netuid, share);
    increaseStake(chain, hotkey, signer, netuid, share);
  }
  return null;
}

/** Hands the TAO to the sellers; adds their fees to `fees`. */
function paySellers(
  chain: Chain,
  { price, sellers }: Batch,
  pot: bigint,
  fees: Map<AccountId, bigint>,
): Outcome {
  const whole = worthOf(price, sumOf(sellers));
  for (const { signed, input } of sellers) {
    const { signer, feeRate, feeRecipient } = signed.order;
    const gross = shareOfPot(pot, worthOf(price, input), whole);
    const fee = orderFee(feeRate, gross);
    if (gross - fee <= 0n) return "Orders.ZeroShareInBatch";
    const moved = transferTao(chain, ORDERS_COLDKEY, signer, gross - fee);
    if (moved !== null) return moved;
    fees.set(feeRecipient, (fees.get(feeRecipient) ?? 0n) + fee);
  }
  return null;
}

/** Executes all orders at one price, or none. */
export function executeBatchedOrders(
  chain: Chain,
  relayer: AccountId,
  netuid: Netuid,
  orders: readonly SignedOrder[],
): Outcome {
  if (netuid === ROOT) return "Orders.RootNetUidNotAllowed";
  const refused = checkAll(chain, relayer, netuid, orders);
  if (refused !== null) return refused;
  const batch = openBatch(chain, netuid, orders);
  const uncollected = collect(chain, batch);
  if (uncollected !== null) return uncollected;
  const pots = settle(chain, batch);
  if (isError(pots)) return pots;
  const fees = new Map<AccountId, bigint>();
  for (const { signed, fee } of batch.buyers)
    fees.set(signed.order.feeRecipient, (fees.get(signed.order.feeRecipient) ?? 0n) + fee);
  const unpaid = payBuyers(chain, batch, pots.alpha) ?? paySellers(chain, batch, pots.tao, fees);
  if (unpaid !== null) return unpaid;
  for (const [recipient, fee] of [...fees].sort(([a], [b]) => a - b)) {
    const moved = sendTao(chain, ORDERS_COLDKEY, recipient, fee);
    if (moved !== null) return moved;
  }
  for (const signed of orders) recordFill(chain, signed);
  return null;
}
