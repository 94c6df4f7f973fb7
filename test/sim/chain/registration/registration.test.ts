import { describe, expect, it } from "vitest";
import { balanceOf } from "../../../../sim/chain/accounts/accounts.ts";
import { blockStep } from "../../../../sim/chain/coinbase/blockStep.ts";
import { sparseRows } from "../../../../sim/chain/registration/sparseRows.ts";
import { isImmune, uidToPrune } from "../../../../sim/chain/registration/pruneUid.ts";
import {
  ALICE,
  ALICE_HOT,
  BOB,
  BOB_HOT,
  CAROL,
  CAROL_HOT,
  DAVE,
  openWorld,
  STRANGE_HOT,
  TAO,
} from "../world.ts";
import type { World } from "../world.ts";

/** Fills subnet 1 with dave's hotkeys 1003, 1004... up to `count` neurons. */
function fill(world: World, count: number): void {
  const { neurons } = world.subnet(1);
  while (neurons.count < count) {
    world.state.columns.burn[1] = 500_000n;
    world.ok(DAVE, "burnedRegister", { netuid: 1, hotkey: 1_000 + neurons.count });
  }
}

describe("burnedRegister", () => {
  it("destroys the alpha it buys, keeps the TAO in the pool and raises the price", () => {
    const world = openWorld();
    const { state } = world;
    state.columns.burn[1] = TAO;
    const before = {
      out: state.columns.alphaOut[1],
      alphaIn: state.columns.alphaIn[1],
      tao: state.columns.tao[1],
    };
    const balance = balanceOf(state, DAVE);
    world.ok(DAVE, "burnedRegister", { netuid: 1, hotkey: STRANGE_HOT });
    expect(balance - balanceOf(state, DAVE)).toBe(TAO);
    expect(state.columns.alphaOut[1]).toBe(before.out);
    expect(state.columns.alphaIn[1]).toBeLessThan(before.alphaIn ?? 0n);
    // The fee of the trade, 33 of 65535, stays on the account but not in the pool.
    expect((state.columns.tao[1] ?? 0n) - (before.tao ?? 0n)).toBe(TAO - 503_547n);
    expect(state.columns.burn[1]).toBe(1_260_000_000n);
    expect(state.hotkeys.get(STRANGE_HOT)?.owner).toBe(DAVE);
    expect(world.subnet(1).neurons.uidOf.get(STRANGE_HOT)).toBe(3);
  });

  it("replaces the neuron with the smallest emission, the older among equals (spec/subnets.md 12.8)", () => {
    const world = openWorld();
    fill(world, 16);
    const { state } = world;
    const subnet = world.subnet(1);
    const { neurons } = subnet;
    subnet.parameters.maxAllowedUids = 16;
    subnet.parameters.immunityPeriod = 100;
    state.block = 1_000;
    neurons.blockAtRegistration.fill(50n);
    neurons.emission.fill(50n);
    for (const [uid, emission, registered] of [
      [1, 5n, 100n],
      [2, 5n, 90n],
      [3, 0n, 901n],
    ] as const) {
      neurons.emission[uid] = emission;
      neurons.blockAtRegistration[uid] = registered;
    }
    expect(uidToPrune(state, subnet)).toBe(2);
    // Only ten that are neither immune nor immortal: an immune one has to go.
    for (const uid of [11, 12, 13, 14]) neurons.blockAtRegistration[uid] = 901n;
    expect(uidToPrune(state, subnet)).toBe(3);
  });

  it("protects for a period (12.9)", () => {
    const world = openWorld();
    const subnet = world.subnet(1);
    subnet.neurons.blockAtRegistration[2] = 1_000n;
    world.state.block = 5_999;
    expect(isImmune(world.state, subnet, 2)).toBe(true);
    world.state.block = 6_000;
    expect(isImmune(world.state, subnet, 2)).toBe(false);
  });

  it("gives a replaced uid a fresh start and nobody's weight", () => {
    const world = openWorld();
    const subnet = world.subnet(1);
    const [mechanism] = subnet.mechanisms;
    if (mechanism === undefined) throw new Error("no mechanism");
    fill(world, 15);
    world.ok(ALICE_HOT, "setWeights", { netuid: 1, dests: [2, 3], weights: [1, 1], versionKey: 0n });
    mechanism.bonds = sparseRows(Array.from({ length: 15 }, () => [[2, 9] as const]));
    subnet.neurons.emission.fill(9n);
    subnet.neurons.emission[2] = 1n;
    subnet.parameters.maxAllowedUids = 15;
    world.wait(5_000);
    world.ok(DAVE, "burnedRegister", { netuid: 1, hotkey: STRANGE_HOT });
    expect(subnet.neurons.uidOf.get(STRANGE_HOT)).toBe(2);
    expect(subnet.neurons.uidOf.has(CAROL_HOT)).toBe(false);
    expect([...(mechanism.weights[0]?.values ?? [])]).toEqual([0, 65_535]);
    expect([...mechanism.bonds.offsets].slice(0, 5)).toEqual([0, 1, 2, 2, 3]);
    expect(subnet.neurons.emission[2]).toBe(0n);
    expect(mechanism.lastUpdate[2]).toBe(BigInt(world.state.block));
    // The old hotkey keeps its stake.
    expect(subnet.pools.get(CAROL_HOT)?.value).toBeGreaterThan(0n);
  });
});

describe("trimming, spec/subnets.md 12.11", () => {
  it("refuses from 80 percent of protected neurons on", () => {
    const trim = (immune: number): string => {
      const world = openWorld();
      fill(world, 70);
      world.wait(5_000);
      // Uid 0 is immortal.
      world.subnet(1).neurons.blockAtRegistration.fill(BigInt(world.state.block), 1, immune);
      return world.try(ALICE, "sudoTrimToMaxAllowedUids", { netuid: 1, maxN: 64 });
    };
    expect(trim(51)).toBe("ok");
    expect(trim(52)).toBe("TrimmingWouldExceedMaxImmunePercentage");
  });

  it("drops the smallest emissions and renumbers weights and bonds", () => {
    const world = openWorld();
    fill(world, 66);
    world.wait(5_000);
    const subnet = world.subnet(1);
    const [mechanism] = subnet.mechanisms;
    if (mechanism === undefined) throw new Error("no mechanism");
    subnet.neurons.emission.fill(9n);
    subnet.neurons.emission[1] = 1n;
    subnet.neurons.emission[4] = 1n;
    world.ok(ALICE_HOT, "setWeights", { netuid: 1, dests: [5, 4, 2], weights: [3, 2, 1], versionKey: 0n });
    mechanism.bonds = sparseRows([
      [
        [5, 7],
        [4, 8],
      ],
      ...Array.from({ length: 65 }, () => []),
    ]);
    world.ok(ALICE, "sudoTrimToMaxAllowedUids", { netuid: 1, maxN: 64 });
    const trimmed = world.subnet(1);
    expect(trimmed.neurons.count).toBe(64);
    expect(trimmed.neurons.hotkeys.slice(0, 4)).toEqual([ALICE_HOT, CAROL_HOT, 1_003, 1_005]);
    expect([...(mechanism.weights[0]?.uids ?? [])]).toEqual([3, 1]);
    expect([...mechanism.bonds.uids]).toEqual([3]);
    expect(trimmed.parameters.maxAllowedUids).toBe(64);
    expect(world.try(BOB, "burnedRegister", { netuid: 1, hotkey: BOB_HOT })).toBe("ok");
  });
});

describe("rootRegister", () => {
  it("takes the seat of the smallest member only with more stake", () => {
    const world = openWorld();
    world.subnet(0).parameters.maxAllowedUids = 2;
    const seat = (coldkey: number, hotkey: number): string => {
      world.subnet(0).registrationsThisBlock = 0;
      world.subnet(0).registrationsThisInterval = 0;
      return world.try(coldkey, "rootRegister", { hotkey });
    };
    expect(seat(ALICE, ALICE_HOT)).toBe("ok");
    expect(seat(BOB, BOB_HOT)).toBe("ok");
    expect(seat(CAROL, CAROL_HOT)).toBe("StakeTooLowForRoot");
    world.ok(CAROL, "addStake", { hotkey: CAROL_HOT, netuid: 0, amountStaked: TAO });
    expect(seat(CAROL, CAROL_HOT)).toBe("ok");
    expect(world.subnet(0).neurons.hotkeys).toEqual([CAROL_HOT, BOB_HOT]);
    expect(world.state.hotkeys.get(CAROL_HOT)?.take).toBe(11_796);
  });

  it("counts per block and per interval; the interval of root ends in every block once its schedule is due", () => {
    const world = openWorld();
    world.ok(ALICE, "rootRegister", { hotkey: ALICE_HOT });
    const root = world.subnet(0);
    world.state.columns.lastEpochBlock[0] = world.state.block;
    blockStep(world.chain);
    expect([root.registrationsThisBlock, root.registrationsThisInterval]).toEqual([0, 1]);
    world.state.columns.lastEpochBlock[0] = world.state.block - 100;
    blockStep(world.chain);
    expect(root.registrationsThisInterval).toBe(0);
  });
});

describe("mechanisms", () => {
  it("come with silence and go with everything they held; any change makes the split even", () => {
    const world = openWorld();
    world.ok("root", "sudoSetMinAllowedUids", { netuid: 1, value: 2 });
    world.ok(ALICE, "sudoSetMaxAllowedUids", { netuid: 1, value: 128 });
    world.ok("root", "sudoSetMechanismCount", { netuid: 1, mechanismCount: 2 });
    world.ok("root", "sudoSetMechanismEmissionSplit", { netuid: 1, maybeSplit: [45_875, 19_660] });
    expect(world.subnet(1).mechanisms[1]?.lastUpdate[0]).toBe(0n);
    const sent = { netuid: 1, mecid: 1, dests: [1], weights: [1], versionKey: 0n };
    world.ok(ALICE_HOT, "setMechanismWeights", sent);
    expect(world.subnet(1).mechanisms[0]?.weights[0]).toBe(null);
    expect(world.subnet(1).mechanisms[1]?.weights[0]).not.toBe(null);
    world.ok("root", "sudoSetMechanismCount", { netuid: 1, mechanismCount: 1 });
    expect(world.subnet(1).mechanismSplit).toBe(null);
    expect(world.try(ALICE_HOT, "setMechanismWeights", sent)).toBe("MechanismDoesNotExist");
  });
});
