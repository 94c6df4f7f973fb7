/** The calls of limit orders (spec/calls.md 16). */
import { ORDERS_COLDKEY, ORDERS_HOTKEY } from "../accounts/derived.ts";
import { linkHotkey } from "../accounts/hotkeys.ts";
import { rootOnly, signed, type Handlers } from "../calls/call.ts";
import type { Chain } from "../chain.ts";
import type { Netuid } from "../state/network.ts";
import { executeBatchedOrders } from "./batched.ts";
import { orderKey, type LimitOrder, type SignedOrder } from "./order.ts";
import { executeOrders } from "./single.ts";

export interface OrderCalls {
  "LimitOrders.executeOrders": { readonly orders: readonly SignedOrder[]; readonly shouldFail: boolean };
  "LimitOrders.executeBatchedOrders": { readonly netuid: Netuid; readonly orders: readonly SignedOrder[] };
  "LimitOrders.cancelOrder": { readonly order: LimitOrder };
  "LimitOrders.setPalletStatus": { readonly enabled: boolean };
}

/** Lets a network execute limit orders, as a fresh chain does from the start, or stops that. */
export function switchLimitOrders(chain: Chain, enabled: boolean): void {
  if (enabled) linkHotkey(chain, ORDERS_HOTKEY, ORDERS_COLDKEY);
  chain.journal.set(chain.state, "limitOrdersEnabled", enabled);
}

export const orderCalls: Handlers<OrderCalls> = {
  "LimitOrders.executeOrders": signed((chain, relayer, { orders, shouldFail }) =>
    chain.state.limitOrdersEnabled
      ? executeOrders(chain, relayer, orders, shouldFail)
      : "Orders.LimitOrdersDisabled",
  ),
  "LimitOrders.executeBatchedOrders": signed((chain, relayer, { netuid, orders }) =>
    chain.state.limitOrdersEnabled
      ? executeBatchedOrders(chain, relayer, netuid, orders)
      : "Orders.LimitOrdersDisabled",
  ),
  "LimitOrders.cancelOrder": signed(({ state, journal }, caller, { order }) => {
    if (order.signer !== caller) return "Orders.Unauthorized";
    const key = orderKey(order);
    if (state.orders.has(key)) return "Orders.OrderAlreadyProcessed";
    journal.mapSet(state.orders, key, { kind: "Cancelled" });
    return null;
  }),
  "LimitOrders.setPalletStatus": rootOnly(({ state, journal }, { enabled }) => {
    if (enabled && !state.hotkeys.has(ORDERS_HOTKEY)) return "Orders.PalletHotkeyNotRegistered";
    journal.set(state, "limitOrdersEnabled", enabled);
    return null;
  }),
};
