import { expect, test } from "vitest";
import { SimulatedNetwork } from "../../../../sim/run/economy/network.ts";

const answerOf = (network: SimulatedNetwork): string | null => {
  const { coldkey } = network.createWallet("relayer", { balance: 1_000_000_000n });
  return network.send(coldkey, "LimitOrders.executeOrders", { orders: [], shouldFail: true }).error;
};

test("a fresh chain executes limit orders; the live one as far as anybody knows does not, until root lets it", () => {
  expect(answerOf(SimulatedNetwork.create({ preset: "compiled" }))).toBeNull();
  const live = SimulatedNetwork.create({ preset: "mainnet" });
  expect(answerOf(live)).toBe("Orders.LimitOrdersDisabled");
  // The hotkey that holds the alpha of orders is linked where they were switched on at the start.
  expect(live.sudo("LimitOrders.setPalletStatus", { enabled: true }).error).toBe(
    "Orders.PalletHotkeyNotRegistered",
  );
});
