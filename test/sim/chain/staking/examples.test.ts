import { describe, expect, it } from "vitest";
import { Journal } from "../../../../sim/chain/state/journal.ts";
import {
  emptySharePool,
  sharePoolValue,
  updateAll,
  updateOne,
} from "../../../../sim/chain/staking/sharePool.ts";
import { rootOwed } from "../../../../sim/chain/staking/rootClaims.ts";
import { I96F32, safeDiv } from "../../../../sim/chain/numbers/fixed.ts";
import { ALICE, ALICE_HOT, openWorld } from "../world.ts";

describe("worked examples of spec/staking.md 15", () => {
  it("1: a share pool", () => {
    const journal = new Journal();
    const pool = emptySharePool();
    updateOne(journal, pool, 1, 1_000n);
    expect(pool.denominator).toEqual({ mantissa: 10n ** 21n, exponent: -18n });
    updateAll(journal, pool, 500n);
    updateOne(journal, pool, 2, 300n);
    expect(pool.shares.get(2)).toEqual({ mantissa: 2n * 10n ** 20n, exponent: -18n });
    expect(pool.denominator).toEqual({ mantissa: 12n * 10n ** 19n, exponent: -17n });
    expect([1, 2].map((key) => sharePoolValue(pool, key))).toEqual([1_500n, 300n]);
    updateOne(journal, pool, 1, -700n);
    expect(pool.denominator).toEqual({ mantissa: 733_333_333_333_333_333_340n, exponent: -18n });
    expect(pool.shares.get(1)).toEqual({ mantissa: 533_333_333_333_333_333_334n, exponent: -18n });
    expect(pool.value).toBe(1_100n);
    expect([1, 2].map((key) => sharePoolValue(pool, key))).toEqual([799n, 299n]);
  });

  it("2: what a rate of root dividends owes", () => {
    const rate = safeDiv(I96F32, (10n ** 9n) << 32n, (10n ** 15n) << 32n);
    expect(rate).toBe(4_294n);
    expect(rootOwed(rate, 10n ** 14n, 0n) >> 32n).toBe(99_977_478n);
  });

  it("3: the smallest stake on a pool with a fee and on root", () => {
    const world = openWorld();
    const stake = (netuid: number, amountStaked: bigint): string =>
      world.try(ALICE, "addStake", { hotkey: ALICE_HOT, netuid, amountStaked });
    expect(stake(1, 2_001_006n)).toBe("AmountTooLow");
    expect(stake(1, 2_001_007n)).toBe("ok");
    expect(stake(0, 2_000_000n)).toBe("ok");
    expect(stake(0, 1_999_999n)).toBe("AmountTooLow");
  });

  it("4: removeStake cuts the amount, removeStakeLimit does not", () => {
    const world = openWorld();
    const amountUnstaked = 10n ** 12n;
    const args = { hotkey: ALICE_HOT, netuid: 1, amountUnstaked };
    expect(world.try(ALICE, "removeStakeLimit", { ...args, limitPrice: 1_000n, allowPartial: true })).toBe(
      "NotEnoughStakeToWithdraw",
    );
    expect(world.try(ALICE, "removeStake", args)).toBe("ok");
  });

  it("5: an amount worth exactly the minimum moves inside a subnet, not between subnets", () => {
    const world = openWorld();
    // On root one alpha is worth one TAO.
    const move = (destinationHotkey: number, destinationNetuid: number, alphaAmount: bigint): string =>
      world.try(ALICE, "moveStake", {
        originHotkey: ALICE_HOT,
        destinationHotkey,
        originNetuid: 0,
        destinationNetuid,
        alphaAmount,
      });
    expect(move(102, 0, 2_000_000n)).toBe("ok");
    expect(move(102, 0, 1_999_999n)).toBe("AmountTooLow");
    expect(move(ALICE_HOT, 1, 2_000_000n)).toBe("AmountTooLow");
    expect(move(ALICE_HOT, 1, 2_100_000n)).toBe("ok");
  });
});
