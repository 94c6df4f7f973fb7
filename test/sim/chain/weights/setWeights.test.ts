import { describe, expect, it } from "vitest";
import { ALICE_HOT, BOB, BOB_HOT, CAROL_HOT, openWorld, type World } from "../world.ts";

const set = (world: World, hotkey: number, uids: readonly number[], values: readonly number[]): string =>
  world.try(hotkey, "setWeights", { netuid: 1, dests: uids, weights: values, versionKey: 0n });

const rowOf = (world: World, uid: number): [number[], number[]] => {
  const row = world.subnet(1).mechanisms[0]?.weights[uid];
  return [[...(row?.uids ?? [])], [...(row?.values ?? [])]];
};

describe("setWeights, spec/weights.md 1", () => {
  it("stores upscaled values in the order sent and replaces the old list", () => {
    const world = openWorld();
    expect(set(world, ALICE_HOT, [2, 1], [20_000, 40_000])).toBe("ok");
    expect(rowOf(world, 0)).toEqual([
      [2, 1],
      [32_767, 65_535],
    ]);
    world.wait(100);
    expect(set(world, ALICE_HOT, [1], [0])).toBe("ok");
    expect(rowOf(world, 0)).toEqual([[1], [0]]);
  });

  it("waits for the rate limit, also after a registration (9.3)", () => {
    const world = openWorld();
    const lastUpdate = world.subnet(1).mechanisms[0]?.lastUpdate;
    if (lastUpdate === undefined) throw new Error("no mechanism");
    lastUpdate[0] = 1_000n;
    world.jump(1_099);
    expect(set(world, ALICE_HOT, [1], [1])).toBe("SettingWeightsTooFast");
    world.jump(1_100);
    expect(set(world, ALICE_HOT, [1], [1])).toBe("ok");
    lastUpdate[0] = 0n;
    expect(set(world, ALICE_HOT, [1], [1])).toBe("ok");
  });

  it("asks for MinAllowedWeights values, at most one per neuron, and lets a self-weight pass (9.4)", () => {
    const world = openWorld();
    world.ok("root", "sudoSetMinAllowedWeights", { netuid: 1, value: 8 });
    world.ok("root", "sudoSetWeightsSetRateLimit", { netuid: 1, value: 0n });
    expect(set(world, ALICE_HOT, [0, 1], [1, 1])).toBe("WeightVecLengthIsLow");
    expect(set(world, ALICE_HOT, [0, 1, 2], [1, 0, 0])).toBe("ok");
    expect(set(world, CAROL_HOT, [2], [7])).toBe("ok");
    // Of five neurons five values suffice and four do not.
    for (const hotkey of [1_003, 1_004]) world.ok(BOB, "burnedRegister", { netuid: 1, hotkey });
    expect(set(world, ALICE_HOT, [0, 1, 2, 3], [1, 1, 1, 1])).toBe("WeightVecLengthIsLow");
    expect(set(world, ALICE_HOT, [0, 1, 2, 3, 4], [1, 1, 1, 1, 1])).toBe("ok");
    expect(set(world, ALICE_HOT, [0], [0])).toBe("ok");
  });

  it("needs a permit, the owner's hotkey needs none", () => {
    const world = openWorld();
    expect(set(world, BOB_HOT, [0], [1])).toBe("NeuronNoValidatorPermit");
    world.subnet(1).neurons.validatorPermit[1] = 1;
    expect(set(world, BOB_HOT, [0], [1])).toBe("ok");
  });

  it("lets each item of a batch fail alone", () => {
    const world = openWorld();
    const args = {
      netuids: [2, 1],
      weights: [[[0, 1]], [[1, 1]]] as [number, number][][],
      versionKeys: [0n, 0n],
    };
    expect(world.try(ALICE_HOT, "batchSetWeights", args)).toBe("ok");
    expect(rowOf(world, 0)).toEqual([[1], [65_535]]);
    expect(world.subnet(2).mechanisms[0]?.weights[1]).toBe(null);
  });
});
