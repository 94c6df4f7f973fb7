/** A limit order and what makes it valid (spec/governance-and-accounts.md 13, VALID of spec/calls.md 16). */
import type { Chain, Outcome } from "../chain.ts";
import { addU64, subU64, U64_MAX } from "../numbers/integers.ts";
import { ROOT, type AccountId, type Netuid, type NetworkState } from "../state/network.ts";
import { priceOf } from "../swap/books.ts";

export type OrderType = "LimitBuy" | "TakeProfit" | "StopLoss";

/** What the signer allows relayers to do. */
export interface LimitOrder {
  readonly signer: AccountId;
  readonly hotkey: AccountId;
  readonly netuid: Netuid;
  readonly orderType: OrderType;
  /** Rao: TAO of a buy, alpha of a sell. */
  readonly amount: bigint;
  /** TAO per alpha times 10^9. */
  readonly limitPrice: bigint;
  /** Milliseconds since genesis; the chain's clock shows the block number times 12,000. */
  readonly expiry: number;
  /** Parts per 10^9. */
  readonly feeRate: bigint;
  readonly feeRecipient: AccountId;
  /** Null = anybody may execute it. */
  readonly relayers: readonly AccountId[] | null;
  /** Parts per 10^9; null = no limit of the trade's price. */
  readonly maxSlippage: bigint | null;
  readonly partialFillsEnabled: boolean;
  readonly chainId: number;
}

/** An order as a relayer hands it in. */
export interface SignedOrder {
  readonly order: LimitOrder;
  /** Whose signature it bears. */
  readonly signedBy: AccountId;
  /** Rao to fill now; null = the whole order. */
  readonly partialFill: bigint | null;
}

/** The chain that orders must be made for. */
export const ORDERS_CHAIN_ID = 964;
const MILLISECONDS_PER_BLOCK = 12_000;
const BILLION = 1_000_000_000n;

/** One name per order: the same content is the same order. */
export const orderKey = (order: LimitOrder): string =>
  [
    order.signer,
    order.hotkey,
    order.netuid,
    order.orderType,
    order.amount,
    order.limitPrice,
    order.expiry,
    order.feeRate,
    order.feeRecipient,
    order.relayers === null ? "any" : order.relayers.join("+"),
    order.maxSlippage ?? "none",
    order.partialFillsEnabled,
    order.chainId,
  ].join("/");

/** Rao of an order that were filled before. */
export function filledOf({ orders }: NetworkState, key: string, order: LimitOrder): bigint {
  const status = orders.get(key);
  if (status?.kind === "PartiallyFilled") return status.filled;
  return status?.kind === "Fulfilled" ? order.amount : 0n;
}

/** Spot price times 10^9, both products floored. */
export const orderPrice = (price: bigint): bigint => (price * BILLION) >> 64n;

/** floor(rate * amount / 10^9). */
export const orderFee = (rate: bigint, amount: bigint): bigint => (rate * amount) / BILLION;

/** The price limit of the trade, rao per alpha. */
export function tradeLimit({ orderType, limitPrice, maxSlippage }: LimitOrder): bigint {
  const buying = orderType === "LimitBuy";
  if (maxSlippage === null) return buying ? U64_MAX : 0n;
  const slack = (limitPrice * maxSlippage) / BILLION;
  return buying ? addU64(limitPrice, slack) : subU64(limitPrice, slack);
}

/** What an order fills now, rao. */
export const fillOf = ({ order, partialFill }: SignedOrder): bigint => partialFill ?? order.amount;

function checkPartialFill({ order, partialFill }: SignedOrder, filled: bigint): Outcome {
  if (partialFill === null) return filled > 0n ? "Orders.IncorrectPartialFillAmount" : null;
  if (order.relayers === null) return "Orders.RelayerRequiredForPartialFill";
  if (!order.partialFillsEnabled) return "Orders.PartialFillsNotEnabled";
  return partialFill > 0n && partialFill <= order.amount - filled
    ? null
    : "Orders.IncorrectPartialFillAmount";
}

/** Whether `relayer` may execute an order now. */
export function checkOrder({ state }: Chain, relayer: AccountId, signed: SignedOrder): Outcome {
  const { order } = signed;
  const key = orderKey(order);
  const status = state.orders.get(key);
  if (order.netuid === ROOT) return "Orders.RootNetUidNotAllowed";
  if (order.chainId !== ORDERS_CHAIN_ID) return "Orders.ChainIdMismatch";
  if (signed.signedBy !== order.signer) return "Orders.InvalidSignature";
  if (status?.kind === "Fulfilled") return "Orders.OrderAlreadyProcessed";
  if (status?.kind === "Cancelled") return "Orders.OrderCancelled";
  if (state.block * MILLISECONDS_PER_BLOCK > order.expiry) return "Orders.OrderExpired";
  const price = orderPrice(priceOf(state, order.netuid));
  const met = order.orderType === "TakeProfit" ? price >= order.limitPrice : price <= order.limitPrice;
  if (!met) return "Orders.PriceConditionNotMet";
  if (order.relayers !== null && !order.relayers.includes(relayer)) return "Orders.RelayerMissMatch";
  return checkPartialFill(signed, filledOf(state, key, order));
}

/** Records a fill. */
export function recordFill({ state, journal }: Chain, signed: SignedOrder): void {
  const { order } = signed;
  const key = orderKey(order);
  const filled = filledOf(state, key, order) + fillOf(signed);
  journal.mapSet(
    state.orders,
    key,
    filled >= order.amount ? { kind: "Fulfilled" } : { kind: "PartiallyFilled", filled },
  );
}
