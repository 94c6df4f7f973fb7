import { describe, expect, it } from "vitest";
import { ALICE, ALICE_HOT, BOB, CAROL, DAVE, openWorld, STRANGE_HOT, TAO } from "../world.ts";

describe("owner settings, OWN of spec/calls.md 3", () => {
  it("refuse strangers first, then haste, then the window, then the value", () => {
    const world = openWorld();
    const set = (origin: number | "root", value: number): string =>
      world.try(origin, "sudoSetBurnHalfLife", { netuid: 1, value });
    expect(set(BOB, 0)).toBe("BadOrigin");
    expect(set(ALICE, 100)).toBe("ok");
    world.state.block += 355;
    expect(set(ALICE, 0)).toBe("TxRateLimitExceeded");
    expect(set("root", 0)).toBe("AdminActionProhibitedDuringWeightsWindow");
    world.wait(720);
    expect(set(ALICE, 0)).toBe("Admin.InvalidValue");
    expect(set("root", 36_101)).toBe("Admin.InvalidValue");
    expect(world.state.columns.burnHalfLife[1]).toBe(100);
  });

  it("let the owner change several parameters in one block; a failed call sets no stamp", () => {
    const world = openWorld();
    expect(world.try(ALICE, "sudoSetImmunityPeriod", { netuid: 1, value: 9 })).toBe("ok");
    expect(world.try(ALICE, "sudoSetMinAllowedWeights", { netuid: 1, value: 9 })).toBe("ok");
    expect(world.try(ALICE, "sudoSetMinBurn", { netuid: 1, value: TAO })).toBe("Admin.ValueNotInBounds");
    expect(world.try(ALICE, "sudoSetMinBurn", { netuid: 1, value: TAO - 1n })).toBe("ok");
    expect(world.subnet(1).parameters).toMatchObject({ immunityPeriod: 9, minAllowedWeights: 9 });
    expect(world.state.columns.minBurn[1]).toBe(TAO - 1n);
  });

  it("keep the stamps of parameters for the next owner, those of callers not", () => {
    const world = openWorld();
    world.ok(ALICE, "sudoSetImmunityPeriod", { netuid: 1, value: 9 });
    world.ok(ALICE, "setTempo", { netuid: 1, tempo: 400 });
    world.subnet(1).owner = BOB;
    expect(world.try(BOB, "sudoSetImmunityPeriod", { netuid: 1, value: 8 })).toBe("TxRateLimitExceeded");
    expect(world.try(BOB, "setTempo", { netuid: 1, tempo: 401 })).toBe("ok");
  });

  it("fall into the traps of the window: netuids without subnet, and root", () => {
    const world = openWorld();
    const kind = (netuid: number): string =>
      world.try("root", "sudoSetMaxAllowedValidators", { netuid, value: 1 });
    expect(kind(77)).toBe("AdminActionProhibitedDuringWeightsWindow");
    world.state.columns.lastEpochBlock[0] = 0;
    expect(kind(0)).toBe("AdminActionProhibitedDuringWeightsWindow");
    world.state.block = 90;
    expect(kind(0)).toBe("ok");
    expect(kind(77)).toBe("Admin.SubnetDoesNotExist");
  });
});

describe("tempo, spec/emission.md 8", () => {
  it("starts a new period; root may stop epochs, the owner may not", () => {
    const world = openWorld();
    world.state.block += 100;
    world.ok(ALICE, "setTempo", { netuid: 1, tempo: 400 });
    expect(world.state.columns.lastEpochBlock[1]).toBe(world.state.block);
    expect(world.try(ALICE, "setTempo", { netuid: 1, tempo: 0 })).toBe("TempoOutOfBounds");
    expect(world.try("root", "setTempo", { netuid: 1, tempo: 400 })).toBe("BadOrigin");
    world.ok("root", "sudoSetTempo", { netuid: 1, value: 0 });
    expect(world.state.columns.tempo[1]).toBe(0);
  });

  it("is cut short by a trigger ten blocks ahead, which also closes the window", () => {
    const world = openWorld();
    world.ok(ALICE, "triggerEpoch", { netuid: 1 });
    expect(world.state.columns.pendingEpochAt[1]).toBe(world.state.block + 10);
    expect(world.try("root", "sudoSetImmunityPeriod", { netuid: 1, value: 1 })).toBe(
      "AdminActionProhibitedDuringWeightsWindow",
    );
  });
});

describe("settings of the whole network", () => {
  it("are root's alone", () => {
    const world = openWorld();
    expect(world.try(ALICE, "sudoSetStakeThreshold", { value: 5n })).toBe("BadOrigin");
    world.ok("root", "sudoSetStakeThreshold", { value: 5n });
    expect(world.state.parameters.stakeThreshold).toBe(5n);
    expect(world.try("root", "sudoSetMaxEpochsPerBlock", { value: 0 })).toBe("Admin.ValueNotInBounds");
    expect(world.try("root", "sudoSetMaxMechanismCount", { value: 17 })).toBe("InvalidValue");
  });

  it("clear small nominations everywhere when the factor is raised", () => {
    const world = openWorld();
    world.ok(DAVE, "addStake", { hotkey: ALICE_HOT, netuid: 1, amountStaked: 10_000_000n });
    world.ok("root", "sudoSetNominatorMinRequiredStake", { value: 4_000_000n });
    expect(world.subnet(1).pools.get(ALICE_HOT)?.shares.has(DAVE)).toBe(true);
    world.ok("root", "sudoSetNominatorMinRequiredStake", { value: 10_000_000n });
    expect(world.subnet(1).pools.get(ALICE_HOT)?.shares.has(DAVE)).toBe(false);
    // The owner's own stake stays, however small.
    expect(world.subnet(1).pools.get(ALICE_HOT)?.shares.has(ALICE)).toBe(true);
  });

  it("set the maximum take, not the default", () => {
    const world = openWorld();
    world.ok("root", "sudoSetDefaultTake", { value: 20_000 });
    world.ok(ALICE, "increaseTake", { hotkey: ALICE_HOT, take: 20_000 });
    expect(world.state.hotkeys.get(ALICE_HOT)?.take).toBe(20_000);
  });
});

describe("gates", () => {
  it("stop everything but the swap's own calls while a coldkey swap is announced, also inside a batch", () => {
    const world = openWorld();
    world.ok(CAROL, "announceColdkeySwap", { newColdkeyHash: "00" });
    expect(world.try(CAROL, "tryAssociateHotkey", { hotkey: STRANGE_HOT })).toBe("ColdkeySwapAnnounced");
    expect(world.try(CAROL, "disputeColdkeySwap", {})).toBe("ok");
  });

  it("are tested for the calls of a batch as well", () => {
    const world = openWorld();
    const calls = [
      { call: "tryAssociateHotkey", args: { hotkey: STRANGE_HOT } },
      { call: "increaseTake", args: { hotkey: ALICE_HOT, take: 60_000 } },
      { call: "tryAssociateHotkey", args: { hotkey: 778 } },
    ];
    expect(world.try(DAVE, "Utility.batchAll", { calls })).toBe("DelegateTakeTooHigh");
    expect(world.state.hotkeys.has(STRANGE_HOT)).toBe(false);
    world.ok(DAVE, "Utility.batch", { calls });
    expect([STRANGE_HOT, 778].map((key) => world.state.hotkeys.has(key))).toEqual([true, false]);
    world.ok(DAVE, "Utility.forceBatch", { calls });
    expect(world.state.hotkeys.has(778)).toBe(true);
  });
});
