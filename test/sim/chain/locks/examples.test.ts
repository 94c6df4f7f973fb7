import { describe, expect, it } from "vitest";
import { safeDiv, saturatingMul, U64F64 } from "../../../../sim/chain/numbers/fixed.ts";
import { rollLock } from "../../../../sim/chain/locks/roll.ts";
import { forceReduceLock } from "../../../../sim/chain/locks/reduce.ts";
import { touchLock } from "../../../../sim/chain/locks/touch.ts";
import { transferLock } from "../../../../sim/chain/locks/transfer.ts";
import { increaseStake } from "../../../../sim/chain/staking/stake.ts";
import { BOB, BOB_HOT, CAROL_HOT, DAVE, openWorld, type World } from "../world.ts";

const MASS = 1_000_000_000_000n;
/** Coldkeys with alpha on subnet 1 and nothing else. */
const [FIRST, SECOND] = [61, 62];

function lockedWorld(conviction: bigint): World {
  const world = openWorld();
  for (const coldkey of [FIRST, SECOND]) {
    increaseStake(world.chain, CAROL_HOT, coldkey, 1, MASS);
    world.ok(coldkey, "lockStake", { hotkey: BOB_HOT, netuid: 1, amount: MASS });
    const lock = world.subnet(1).locks.get(coldkey);
    if (lock !== undefined) world.subnet(1).locks.set(coldkey, { ...lock, conviction });
  }
  return world;
}

describe("worked examples of spec/governance-and-accounts.md 15", () => {
  it("6: an aggregate skips the time of a touched decaying lock", () => {
    const world = lockedWorld(0n);
    const { state } = world;
    const start = state.block;
    world.jump(start + 216_000);
    touchLock(world.chain, FIRST, 1);
    const lock = world.subnet(1).locks.get(FIRST);
    expect([lock?.mass, (lock?.conviction ?? 0n) >> 64n]).toEqual([793_700_450_168n, 183_383_818_896n]);
    const aggregate = world.subnet(1).lockAggregates.decaying.get(BOB_HOT);
    expect(aggregate).toEqual({ mass: 1_793_700_450_168n, conviction: 0n, lastBlock: start + 216_000 });
    if (aggregate === undefined) return;
    const later = rollLock(aggregate, start + 432_000, state.parameters, false, false);
    expect([later.mass, later.conviction >> 64n]).toEqual([1_423_660_854_766n, 328_935_638_508n]);
    const second = world.subnet(1).locks.get(SECOND);
    if (second === undefined) expect.fail("no lock");
    const alone = rollLock(second, start + 432_000, state.parameters, false, false);
    expect([alone.mass, alone.conviction >> 64n]).toEqual([629_960_404_598n, 291_103_639_223n]);
  });

  it("8: a transfer out of a full lock takes its part of the conviction along", () => {
    const world = lockedWorld((MASS / 2n) << 64n);
    world.ok(DAVE, "setRejectLockedAlpha", { enabled: false });
    expect(transferLock(world.chain, FIRST, DAVE, 1, MASS / 5n)).toBe(null);
    const [source, target] = [FIRST, DAVE].map((coldkey) => world.subnet(1).locks.get(coldkey));
    expect([source?.mass, target?.mass]).toEqual([(4n * MASS) / 5n, MASS / 5n]);
    expect((target?.conviction ?? 0n) >> 64n).toBe(99_999_999_999n);
    expect((source?.conviction ?? 0n) >> 64n).toBe(400_000_000_000n);
    expect(target?.hotkey).toBe(BOB_HOT);
    const part = safeDiv(U64F64, (MASS / 5n) << 64n, MASS << 64n);
    expect(part).toBe(3_689_348_814_741_910_323n);
    expect(target?.conviction).toBe(saturatingMul(U64F64, (MASS / 2n) << 64n, part));
  });

  it("9: a forced reduction takes the same part of both", () => {
    const reduced = (by: bigint): [bigint, bigint] => {
      const world = lockedWorld((MASS / 2n) << 64n);
      forceReduceLock(world.chain, FIRST, 1, by);
      const lock = world.subnet(1).locks.get(FIRST);
      return [lock?.mass ?? 0n, (lock?.conviction ?? 0n) >> 64n];
    };
    expect(reduced(250_000_000_000n)).toEqual([750_000_000_000n, 375_000_000_000n]);
    expect(reduced(333_333_333_333n)).toEqual([666_666_666_667n, 333_333_333_333n]);
  });
});

it("locked alpha cannot leave, but moves between hotkeys of the subnet", () => {
  const world = lockedWorld(0n);
  const move = (destinationNetuid: number): string =>
    world.try(FIRST, "moveStake", {
      originHotkey: CAROL_HOT,
      destinationHotkey: BOB_HOT,
      originNetuid: 1,
      destinationNetuid,
      alphaAmount: MASS / 2n,
    });
  expect(move(2)).toBe("StakeUnavailable");
  expect(move(1)).toBe("ok");
  expect(world.subnet(1).locks.get(FIRST)?.hotkey).toBe(BOB_HOT);
  expect(world.try(BOB, "moveLock", { destinationHotkey: CAROL_HOT, netuid: 1 })).toBe("NoExistingLock");
});
