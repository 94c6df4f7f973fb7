import { describe, expect, it } from "vitest";
import { initialAlpha, medianPrice } from "../../../../sim/chain/networks/initialPool.ts";
import { networkToPrune } from "../../../../sim/chain/networks/pruneNetwork.ts";
import { isWindowOpen } from "../../../../sim/chain/admin/window.ts";
import { bumpedBurn, clampBurn, decayedBurn } from "../../../../sim/chain/subnets/burnPrice.ts";
import { proportionalShares } from "../../../../sim/chain/subnets/dissolve.ts";
import { lockCost, lockReductionInterval } from "../../../../sim/chain/subnets/lockCost.ts";
import { blockStep } from "../../../../sim/chain/coinbase/blockStep.ts";
import { epochDue } from "../../../../sim/chain/coinbase/schedule.ts";
import { balanceOf } from "../../../../sim/chain/accounts/accounts.ts";
import { ALICE, ALICE_HOT, BOB, BOB_HOT, CAROL, DAVE, openWorld, STRANGE_HOT, TAO } from "../world.ts";

const MULT = 23_242_897_532_874_035_200n;
const [MIN_BURN, MAX_BURN] = [500_000n, 100n * TAO];

describe("worked examples of spec/subnets.md 12", () => {
  it("1 and 2: the lock cost falls from twice the last one", () => {
    const cost = (blocks: bigint): bigint =>
      lockCost(1_250n * TAO, 1_000n, 1_000n + blocks, 28_800n, 1_000n * TAO);
    expect([0n, 1n, 7_200n, 28_800n, 43_200n].map(cost)).toEqual([
      2_500_000_000_000n,
      2_499_956_597_223n,
      2_187_500_005_600n,
      1_250_000_022_400n,
      1_000_000_000_000n,
    ]);
    expect(lockReductionInterval(57_600n, 11_000_000_000_000_000n)).toBe(28_800n);
    expect(lockReductionInterval(57_600n, 16_000_000_000_000_000n)).toBe(14_400n);
  });

  it("3: the pool of a new subnet starts at the median price", () => {
    expect(initialAlpha(2_500n * TAO, 368_934_881_474_191_040n)).toBe(124_999_999_999_999n);
    const price = (3n << 64n) / 80n;
    expect(initialAlpha(1_234_567_890_123n, price)).toBe(32_921_810_403_280n);
    const whole = (...prices: number[]): bigint => medianPrice(prices.map((p) => BigInt(p) << 64n)) >> 64n;
    expect(whole(10, 20, 30, 41)).toBe(25n);
    expect(whole(10, 30, 20)).toBe(20n);
    expect(whole()).toBe(1n);
    expect(whole(0, 7)).toBe(7n);
  });

  it("4 to 7: the registration price decays and jumps", () => {
    const decay = (burn: bigint): bigint => clampBurn(decayedBurn(burn, 360, 100), MIN_BURN, MAX_BURN);
    const bump = (burn: bigint): bigint => clampBurn(bumpedBurn(burn, MULT), MIN_BURN, MAX_BURN);
    const times = (burn: bigint, n: number, step: (burn: bigint) => bigint): bigint =>
      n === 0 ? burn : times(step(burn), n - 1, step);
    expect([1, 2, 3, 4, 5, 360, 720].map((n) => times(TAO, n, decay))).toEqual([
      998_076_443n,
      996_156_586n,
      994_240_422n,
      992_327_944n,
      990_419_145n,
      499_999_865n,
      249_999_807n,
    ]);
    expect([1, 2, 3, 4, 5, 6].map((n) => times(TAO, n, bump))).toEqual([
      1_260_000_000n,
      1_587_600_000n,
      2_000_376_000n,
      2_520_473_760n,
      3_175_796_937n,
      4_001_504_140n,
    ]);
    expect(bump(90n * TAO)).toBe(100n * TAO);
    expect(bump(500_000n)).toBe(630_000n);
    expect(decayedBurn(500_000n, 360, 100)).toBe(499_038n);
    expect(decay(500_000n)).toBe(500_000n);
    expect(decay(bump(bump(TAO)))).toBe(1_584_546_161n);
  });

  it("10: a dissolved subnet's TAO goes to the holders, the rest to the largest remainders", () => {
    expect(proportionalShares(1_000n, [3n, 3n, 1n])).toEqual([429n, 428n, 143n]);
    expect(proportionalShares(100n * TAO, [10n, 20n, 40n])).toEqual([
      14_285_714_286n,
      28_571_428_571n,
      57_142_857_143n,
    ]);
  });

  it("12: the first epoch of a subnet is staggered by its netuid", () => {
    const firstEpoch = (netuid: number): [number, number] => {
      const world = openWorld();
      const { state } = world;
      state.lastNetworkRegistration = 0;
      state.block = 5_000;
      // The netuids below are taken.
      state.netuids = [...state.netuids, ...Array.from({ length: netuid - 3 }, (_, k) => k + 3)];
      state.parameters.subnetLimit = 1_000;
      world.ok(DAVE, "registerNetwork", { hotkey: STRANGE_HOT });
      const last = state.columns.lastEpochBlock[netuid] ?? 0;
      while (!epochDue(state, netuid)) state.block += 1;
      return [last, state.block];
    };
    expect(firstEpoch(64)).toEqual([4_936, 5_296]);
    expect(firstEpoch(360)).toEqual([5_000, 5_360]);
  });

  it("7: two registrations in one block pay the price and the raised price", () => {
    const world = openWorld();
    const { state } = world;
    state.columns.burn[1] = TAO;
    const paid = (hotkey: number): bigint => {
      const before = balanceOf(state, DAVE);
      world.ok(DAVE, "burnedRegister", { netuid: 1, hotkey });
      return before - balanceOf(state, DAVE);
    };
    expect([paid(1_001), paid(1_002)]).toEqual([1_000_000_000n, 1_260_000_000n]);
    blockStep(world.chain);
    expect(state.columns.burn[1]).toBe(1_584_546_161n);
  });

  it("13: nothing may be changed in the last ten blocks before an epoch", () => {
    const world = openWorld();
    const { state } = world;
    state.columns.lastEpochBlock[1] = 1_000;
    const openAt = (block: number): boolean => {
      state.block = block;
      return isWindowOpen(state, 1);
    };
    expect(openAt(1_350)).toBe(true);
    expect(openAt(1_351)).toBe(false);
    expect(openAt(1_359)).toBe(false);
    state.columns.lastEpochBlock[1] = 1_360;
    expect(openAt(1_360)).toBe(true);
  });
});

describe("registering a subnet", () => {
  it("locks the cost in the pool, makes the hotkey uid 0 and enables no emission", () => {
    const world = openWorld();
    world.wait(200_000);
    const { state } = world;
    const before = balanceOf(state, DAVE);
    world.ok(DAVE, "registerNetwork", { hotkey: STRANGE_HOT });
    const paid = before - balanceOf(state, DAVE);
    expect(paid).toBe(1_000n * TAO);
    expect(state.columns.tao[3]).toBe(paid);
    expect(state.columns.account[3]).toBe(paid);
    expect(state.lastLockCost).toBe(paid);
    const subnet = world.subnet(3);
    expect([subnet.owner, subnet.ownerHotkey, subnet.neurons.hotkeys]).toEqual([
      DAVE,
      STRANGE_HOT,
      [STRANGE_HOT],
    ]);
    expect(state.columns.emissionEnabled[3]).toBe(0);
    expect(state.columns.subtokenEnabled[3]).toBe(0);
    expect(state.accountsTotal).toBe(state.balancesIssuance);
  });

  it("makes root validators parents of the owner hotkey unless they said no", () => {
    const world = openWorld();
    for (const [coldkey, hotkey] of [
      [ALICE, ALICE_HOT],
      [BOB, BOB_HOT],
    ] as const) {
      world.ok(coldkey, "rootRegister", { hotkey });
      world.subnet(0).registrationsThisBlock = 0;
    }
    world.ok(BOB, "setAutoParentDelegationEnabled", { hotkey: BOB_HOT, enabled: false });
    world.wait(200_000);
    world.ok(DAVE, "registerNetwork", { hotkey: STRANGE_HOT });
    expect(world.subnet(3).parents.get(STRANGE_HOT)).toEqual([
      { proportion: 0xffff_ffff_ffff_ffffn, hotkey: ALICE_HOT },
    ]);
  });

  it("prunes the subnet with the lowest moving price when the limit is reached, and reuses its netuid", () => {
    const world = openWorld();
    const { state } = world;
    world.ok("root", "sudoSetSubnetLimit", { value: 2 });
    world.ok("root", "sudoSetNetworkImmunityPeriod", { value: 100_000n });
    world.wait(100_000);
    state.columns.movingPrice[1] = 2_000n;
    state.columns.movingPrice[2] = 1_000n;
    expect(networkToPrune(state)).toBe(2);
    state.columns.movingPrice[2] = 2_000n;
    expect(networkToPrune(state)).toBe(1);
    world.ok(BOB, "burnedRegister", { netuid: 1, hotkey: STRANGE_HOT });
    const before = balanceOf(state, CAROL);
    world.ok(ALICE, "setTempo", { netuid: 1, tempo: 400 });
    world.ok(DAVE, "registerNetwork", { hotkey: 778 });
    expect(state.netuids).toEqual([0, 1, 2]);
    expect(world.subnet(1).neurons.hotkeys).toEqual([778]);
    expect(state.netuidParameters.get(1)?.registrations).toBe(2);
    expect(balanceOf(state, CAROL)).toBeGreaterThan(before);
    expect([...state.rateLimitStamps.keys()].some((key) => key.startsWith("caller/1/"))).toBe(false);
    expect(state.accountsTotal).toBe(state.balancesIssuance);
  });
});
