import { describe, expect, it } from "vitest";
import { balanceOf } from "../../../../sim/chain/accounts/accounts.ts";
import { coldkeyHash } from "../../../../sim/chain/keys/swapColdkey.ts";
import { relink } from "../../../../sim/chain/keys/relink.ts";
import { checkAllShares, alphaDust } from "../../../../sim/chain/invariants.ts";
import { coldkeyAlpha, stakeOf } from "../../../../sim/chain/staking/stake.ts";
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

describe("swapHotkey, spec/governance-and-accounts.md 5", () => {
  it("moves everything everywhere for a tenth of a TAO", () => {
    const world = openWorld();
    const { state } = world;
    world.ok(BOB, "setChildren", {
      hotkey: BOB_HOT,
      netuid: 1,
      children: [{ proportion: 5n, hotkey: CAROL_HOT }],
    });
    world.ok(BOB, "decreaseTake", { hotkey: BOB_HOT, take: 77 });
    world.ok(DAVE, "setColdkeyAutoStakeHotkey", { netuid: 1, hotkey: BOB_HOT });
    world.ok(DAVE, "addStake", { hotkey: BOB_HOT, netuid: 1, amountStaked: 3n * TAO });
    world.ok(BOB, "lockStake", { hotkey: BOB_HOT, netuid: 1, amount: TAO });
    const stakes = [BOB, DAVE].map((coldkey) => stakeOf(state, BOB_HOT, coldkey, 1));
    const dust = alphaDust(state, world.subnet(1));
    const before = { balance: balanceOf(state, BOB), issuance: state.totalIssuance };
    world.ok(BOB, "swapHotkey", { hotkey: BOB_HOT, newHotkey: STRANGE_HOT, netuid: null });
    expect(before.balance - balanceOf(state, BOB)).toBe(TAO / 10n);
    expect(before.issuance - state.totalIssuance).toBe(TAO / 10n);
    expect([BOB, DAVE].map((coldkey) => stakeOf(state, STRANGE_HOT, coldkey, 1))).toEqual(stakes);
    expect(world.subnet(1).neurons.hotkeys[1]).toBe(STRANGE_HOT);
    expect(world.subnet(2).ownerHotkey).toBe(STRANGE_HOT);
    expect(world.subnet(1).pendingChildren.get(STRANGE_HOT)?.children).toHaveLength(1);
    expect(state.hotkeys.has(BOB_HOT)).toBe(false);
    expect(state.hotkeys.get(STRANGE_HOT)).toMatchObject({ owner: BOB, take: 77 });
    expect(state.ownedHotkeys.get(BOB)).toEqual([STRANGE_HOT]);
    expect(state.netuidParameters.get(1)?.autoStake.get(DAVE)).toBe(STRANGE_HOT);
    expect(world.subnet(1).locks.get(BOB)).toMatchObject({ hotkey: STRANGE_HOT, mass: TAO });
    expect([...world.subnet(1).lockAggregates.decaying.keys()]).toEqual([STRANGE_HOT]);
    expect(alphaDust(state, world.subnet(1))).toBe(dust);
    checkAllShares(state);
  });

  it("on one subnet leaves the others alone, and the stake where that is asked", () => {
    const world = openWorld();
    const { state } = world;
    const held = stakeOf(state, CAROL_HOT, CAROL, 1);
    const before = balanceOf(state, CAROL);
    world.ok(CAROL, "swapHotkeyV2", {
      hotkey: CAROL_HOT,
      newHotkey: STRANGE_HOT,
      netuid: 1,
      keepStake: true,
    });
    expect(before - balanceOf(state, CAROL)).toBe(1_000_000n);
    expect(world.subnet(1).neurons.uidOf.has(STRANGE_HOT)).toBe(true);
    expect(world.subnet(2).neurons.uidOf.has(CAROL_HOT)).toBe(true);
    expect(stakeOf(state, CAROL_HOT, CAROL, 1)).toBe(held);
  });

  it("carries links in their places", () => {
    const world = openWorld();
    const subnet = world.subnet(1);
    subnet.children.set(1_000, [{ proportion: 1n, hotkey: 2_000 }]);
    subnet.parents.set(2_000, [
      { proportion: 9n, hotkey: 500 },
      { proportion: 1n, hotkey: 1_000 },
    ]);
    subnet.children.set(500, [{ proportion: 9n, hotkey: 2_000 }]);
    relink(world.chain, subnet, 1_000, 3_000);
    expect(subnet.children.get(3_000)).toEqual([{ proportion: 1n, hotkey: 2_000 }]);
    expect(subnet.parents.get(2_000)).toEqual([
      { proportion: 9n, hotkey: 500 },
      { proportion: 1n, hotkey: 3_000 },
    ]);
    relink(world.chain, subnet, 2_000, 4_000);
    expect(subnet.children.get(500)).toEqual([{ proportion: 9n, hotkey: 4_000 }]);
    expect(subnet.parents.get(4_000)).toHaveLength(2);
    expect(subnet.parents.has(2_000)).toBe(false);
  });
});

describe("coldkey swap, spec/governance-and-accounts.md 6", () => {
  it("moves everything of the account after five days", () => {
    const world = openWorld();
    const { state } = world;
    const next = 55;
    world.ok(ALICE, "setRejectLockedAlpha", { enabled: false });
    world.ok(ALICE, "setPerpetualLock", { netuid: 1, enabled: true });
    world.ok(ALICE, "lockStake", { hotkey: CAROL_HOT, netuid: 1, amount: TAO });
    const alpha = coldkeyAlpha(state, ALICE, 1);
    const balance = balanceOf(state, ALICE);
    world.ok(ALICE, "announceColdkeySwap", { newColdkeyHash: coldkeyHash(next) });
    world.wait(36_000);
    world.ok(ALICE, "swapColdkeyAnnounced", { newColdkey: next });
    expect(balanceOf(state, next)).toBe(balance - TAO / 10n);
    expect(balanceOf(state, ALICE)).toBe(0n);
    expect([world.subnet(1).owner, world.subnet(2).owner]).toEqual([next, BOB]);
    expect(coldkeyAlpha(state, next, 1)).toBe(alpha);
    expect(state.hotkeys.get(ALICE_HOT)?.owner).toBe(next);
    expect(world.subnet(1).locks.get(next)?.mass).toBe(TAO);
    expect(world.subnet(1).perpetualLocks.has(next)).toBe(true);
    expect(world.subnet(1).lockAggregates.perpetual.get(CAROL_HOT)?.mass).toBe(TAO);
    expect(state.acceptsLockedAlpha.has(next)).toBe(true);
    expect(state.rootStakers.indexOf.has(ALICE)).toBe(false);
    expect(state.rootStakers.indexOf.has(next)).toBe(true);
    expect(state.coldkeySwapAnnouncements.size).toBe(0);
    expect(state.accountsTotal).toBe(state.balancesIssuance);
  });

  it("can be announced again or withdrawn two days later, and disputed until root resets it", () => {
    const world = openWorld();
    const announce = (next: number): string =>
      world.try(DAVE, "announceColdkeySwap", { newColdkeyHash: coldkeyHash(next) });
    const before = balanceOf(world.state, DAVE);
    expect(announce(55)).toBe("ok");
    world.wait(43_200);
    expect(announce(56)).toBe("ok");
    expect(before - balanceOf(world.state, DAVE)).toBe(TAO / 10n);
    world.ok(DAVE, "disputeColdkeySwap", {});
    expect(world.try(DAVE, "swapColdkeyAnnounced", { newColdkey: 56 })).toBe("ColdkeySwapDisputed");
    world.ok("root", "resetColdkeySwap", { coldkey: DAVE });
    expect(announce(57)).toBe("ok");
    world.wait(43_200);
    expect(world.try(DAVE, "clearColdkeySwapAnnouncement", {})).toBe("ok");
  });
});
