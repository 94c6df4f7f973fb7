import { describe, expect, it } from "vitest";
import { balanceOf } from "../../../../sim/chain/accounts/accounts.ts";
import { orderFee, orderPrice, tradeLimit } from "../../../../sim/chain/orders/order.ts";
import { alphaOf, shareOfPot, worthOf } from "../../../../sim/chain/orders/shares.ts";
import { stakeOf } from "../../../../sim/chain/staking/stake.ts";
import { priceOf } from "../../../../sim/chain/swap/books.ts";
import { order } from "../calls/error-cases.ts";
import {
  ALICE,
  ALICE_HOT,
  BOB,
  BOB_HOT,
  CAROL,
  CAROL_HOT,
  DAVE,
  openWorld,
  TAO,
  type World,
} from "../world.ts";

/** 0.05 converted from a double. */
const PRICE = 922_337_203_685_477_632n;

describe("order arithmetic, spec/governance-and-accounts.md 15.13 to 15.15", () => {
  it("floors prices, worths and quotients", () => {
    expect(orderPrice(PRICE)).toBe(50_000_000n);
    expect(worthOf(PRICE, 1_000n * TAO)).toBe(50_000_000_000n);
    expect(alphaOf(PRICE, 50n * TAO)).toBe(999_999_999_999n);
    expect(alphaOf(PRICE, 10n * TAO)).toBe(199_999_999_999n);
    expect(alphaOf(0n, TAO)).toBe(null);
    expect(alphaOf(1n, TAO)).toBe(null);
    const slippage = { limitPrice: 500_000_000n, maxSlippage: 10_000_000n };
    expect(tradeLimit(order(slippage).order)).toBe(505_000_000n);
    expect(tradeLimit(order({ ...slippage, orderType: "StopLoss" }).order)).toBe(495_000_000n);
    expect(orderFee(1_000_000n, TAO)).toBe(1_000_000n);
  });

  it("shares the pots of a batch where buyers put in more", () => {
    const pot = 2_980n * TAO;
    const shares = [100n * TAO, 50n * TAO].map((b) => shareOfPot(pot, b, 150n * TAO));
    expect(shares).toEqual([1_986_666_666_666n, 993_333_333_333n]);
    expect(shareOfPot(50n * TAO, worthOf(PRICE, 1_000n * TAO), worthOf(PRICE, 1_000n * TAO))).toBe(50n * TAO);
  });

  it("shares the pots of a batch where sellers put in more", () => {
    const sold = [1_000n * TAO, 500n * TAO];
    const value = worthOf(PRICE, 1_500n * TAO);
    expect(value).toBe(75n * TAO);
    const matched = alphaOf(PRICE, 20n * TAO) ?? 0n;
    expect(matched).toBe(399_999_999_999n);
    expect(1_500n * TAO - matched).toBe(1_100_000_000_001n);
    const gross = sold.map((alpha) => shareOfPot(74n * TAO, worthOf(PRICE, alpha), value));
    expect(gross).toEqual([49_333_333_333n, 24_666_666_666n]);
    const fees = gross.map((amount) => orderFee(1_000_000n, amount));
    expect(fees).toEqual([49_333_333n, 24_666_666n]);
    expect(gross.map((amount, i) => amount - (fees[i] ?? 0n))).toEqual([49_284_000_000n, 24_642_000_000n]);
  });
});

const execute = (world: World, orders: ReturnType<typeof order>[], shouldFail = true): string =>
  world.try(DAVE, "LimitOrders.executeOrders", { orders, shouldFail });

describe("single orders", () => {
  it("buy with the signer's TAO and pay the fee on top of nothing", () => {
    const world = openWorld();
    const { state } = world;
    const before = {
      bob: balanceOf(state, BOB),
      fee: balanceOf(state, CAROL),
      alpha: stakeOf(state, BOB_HOT, BOB, 1),
    };
    expect(execute(world, [order({ feeRate: 10_000_000n })])).toBe("ok");
    expect(before.bob - balanceOf(state, BOB)).toBe(10n * TAO);
    expect(balanceOf(state, CAROL) - before.fee).toBe(TAO / 10n);
    expect(stakeOf(state, BOB_HOT, BOB, 1)).toBeGreaterThan(before.alpha);
    expect(execute(world, [order({ feeRate: 10_000_000n })])).toBe("Orders.OrderAlreadyProcessed");
  });

  it("sell all or nothing within the slippage", () => {
    const world = openWorld();
    const price = orderPrice(priceOf(world.state, 1));
    const half = stakeOf(world.state, BOB_HOT, BOB, 1) / 2n;
    const stop = { orderType: "StopLoss" as const, amount: half, limitPrice: price };
    expect(execute(world, [order({ ...stop, maxSlippage: 1_000n })])).toBe("SlippageTooHigh");
    const before = balanceOf(world.state, BOB);
    expect(execute(world, [order(stop)])).toBe("ok");
    expect(balanceOf(world.state, BOB)).toBeGreaterThan(before);
  });

  it("fill in parts for a named relayer; a failing order is skipped if the relayer says so", () => {
    const world = openWorld();
    const content = order({ relayers: [DAVE], partialFillsEnabled: true });
    expect(execute(world, [{ ...content, partialFill: 4n * TAO }])).toBe("ok");
    expect(world.try(BOB, "LimitOrders.cancelOrder", { order: content.order })).toBe(
      "Orders.OrderAlreadyProcessed",
    );
    expect(execute(world, [content])).toBe("Orders.IncorrectPartialFillAmount");
    const poor = order({ signer: 9, hotkey: BOB_HOT });
    expect(execute(world, [poor], false)).toBe("ok");
    expect(execute(world, [{ ...content, partialFill: 6n * TAO }])).toBe("ok");
    expect([...world.state.orders.values()]).toEqual([{ kind: "Fulfilled" }]);
  });
});

describe("batched orders", () => {
  const batch = (world: World, orders: ReturnType<typeof order>[]): string =>
    world.try(DAVE, "LimitOrders.executeBatchedOrders", { netuid: 1, orders });

  it("let buyers and sellers meet at one price", () => {
    const world = openWorld();
    const { state } = world;
    const seller = { signer: ALICE, hotkey: ALICE_HOT, orderType: "TakeProfit" as const, limitPrice: 0n };
    const before = { alice: balanceOf(state, ALICE), price: priceOf(state, 1) };
    const alpha = [stakeOf(state, BOB_HOT, BOB, 1), stakeOf(state, CAROL_HOT, CAROL, 1)];
    const sold = 5n * TAO;
    expect(
      batch(world, [
        order({ amount: 100n * TAO }),
        order({ signer: CAROL, hotkey: CAROL_HOT, amount: 50n * TAO }),
        order({ ...seller, amount: sold }),
      ]),
    ).toBe("ok");
    expect(balanceOf(state, ALICE) - before.alice).toBe(worthOf(before.price, sold));
    const got = [stakeOf(state, BOB_HOT, BOB, 1), stakeOf(state, CAROL_HOT, CAROL, 1)].map(
      (now, i) => now - (alpha[i] ?? 0n),
    );
    // Twice the TAO, twice the alpha, but for rounding.
    expect((got[0] ?? 0n) - 2n * (got[1] ?? 0n)).toBeLessThanOrEqual(3n);
    expect(priceOf(state, 1)).toBeGreaterThan(before.price);
    expect(state.accountsTotal).toBe(state.balancesIssuance);
  });

  it("sell what the buyers do not take", () => {
    const world = openWorld();
    const { state } = world;
    const price = priceOf(state, 1);
    const seller = { signer: ALICE, hotkey: ALICE_HOT, orderType: "TakeProfit" as const, limitPrice: 0n };
    const alpha = stakeOf(state, BOB_HOT, BOB, 1);
    expect(batch(world, [order({ amount: TAO }), order({ ...seller, amount: 20n * TAO })])).toBe("ok");
    expect(stakeOf(state, BOB_HOT, BOB, 1) - alpha).toBeGreaterThanOrEqual((alphaOf(price, TAO) ?? 0n) - 2n);
    expect(priceOf(state, 1)).toBeLessThan(price);
    expect(state.accountsTotal).toBe(state.balancesIssuance);
  });
});
