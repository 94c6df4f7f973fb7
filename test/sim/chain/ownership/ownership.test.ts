import { describe, expect, it } from "vitest";
import {
  changeOwnerByConviction,
  kingOf,
  totalConviction,
} from "../../../../sim/chain/ownership/conviction.ts";
import { autoLockOwnerCut } from "../../../../sim/chain/ownership/autoLock.ts";
import { nextVotingPower, updateVotingPower } from "../../../../sim/chain/ownership/votingPower.ts";
import { rollLock } from "../../../../sim/chain/locks/roll.ts";
import { stakeOf } from "../../../../sim/chain/staking/stake.ts";
import { ALICE, ALICE_HOT, BOB, BOB_HOT, CAROL, CAROL_HOT, openWorld, TAO, type World } from "../world.ts";

const RATES = { unlockRate: 934_866n, maturityRate: 934_866n };
const DEFAULT_ALPHA = 3_570_000_000_000_000n;

describe("locks, spec/governance-and-accounts.md 15.4 to 15.7", () => {
  const fresh = { mass: 1_000_000_000_000n, conviction: 0n, lastBlock: 0 };
  it("decay and gain conviction", () => {
    const table = [
      [1, 999_998_930_328n, 1_069_670n, 1_069_671n],
      [7_200, 992_327_943_103n, 7_642_551_114n, 7_672_056_896n],
      [216_000, 793_700_450_168n, 183_383_818_896n, 206_299_549_831n],
      [648_000, 499_999_856_718n, 346_573_634_246n, 500_000_143_281n],
      [934_866, 367_879_441_171n, 367_879_441_171n, 632_120_558_828n],
      [5_000_000, 4_755_943_947n, 25_436_500_780n, 995_244_056_052n],
    ] as const;
    for (const [dt, mass, decaying, perpetual] of table) {
      const rolled = rollLock(fresh, dt, RATES, false, false);
      expect([rolled.mass, rolled.conviction >> 64n]).toEqual([mass, decaying]);
      const kept = rollLock(fresh, dt, RATES, true, false);
      expect([kept.mass, kept.conviction >> 64n]).toEqual([fresh.mass, perpetual]);
      const owners = rollLock(fresh, dt, RATES, false, true);
      expect([owners.mass, owners.conviction]).toEqual([mass, mass << 64n]);
    }
  });

  it("gain 63.2 % of a lock in one time constant and 86.5 % in two, as the documentation has it with one of 648,000 blocks", () => {
    const after = (dt: number, rate: bigint): number =>
      Number(rollLock(fresh, dt, { unlockRate: rate, maturityRate: rate }, true, false).conviction >> 64n) /
      Number(fresh.mass);
    for (const rate of [648_000, 934_866]) {
      expect(after(rate, BigInt(rate))).toBeCloseTo(0.632, 3);
      expect(after(2 * rate, BigInt(rate))).toBeCloseTo(0.865, 3);
    }
  });

  it("depend on every touch", () => {
    const half = rollLock(fresh, 108_000, RATES, false, false);
    const twice = rollLock(half, 216_000, RATES, false, false);
    const once = rollLock(fresh, 216_000, RATES, false, false);
    expect(twice.mass).toBe(once.mass);
    expect(twice.conviction).toBe(3_382_834_374_441_892_647_792_598_499_911n);
    expect(once.conviction).toBe(3_382_834_374_442_785_625_000_000_000_000n);
  });

  it("reach a tenth of the alpha at a known block", () => {
    const lock = { mass: 200_000_000_000_000n, conviction: 0n, lastBlock: 0 };
    const at = (dt: number): bigint => rollLock(lock, dt, RATES, true, false).conviction >> 64n;
    expect([at(647_000), at(648_000)]).toEqual([99_893_004_255_001n, 100_000_028_656_364n]);
  });
});

describe("change of owner, spec/governance-and-accounts.md 10", () => {
  /** Carol and bob lock for ever what they have on subnet 1. */
  function contested(age: number): World {
    const world = openWorld();
    const { state } = world;
    for (const [coldkey, hotkey] of [
      [BOB, BOB_HOT],
      [CAROL, CAROL_HOT],
    ] as const) {
      world.ok(coldkey, "setPerpetualLock", { netuid: 1, enabled: true });
      world.ok(coldkey, "lockStake", { hotkey, netuid: 1, amount: stakeOf(state, hotkey, coldkey, 1) });
    }
    world.jump(world.subnet(1).registeredAt + age);
    return world;
  }

  it("makes the hotkey with the most conviction the owner's", () => {
    const world = contested(2_629_800);
    const subnet = world.subnet(1);
    const bobs = stakeOf(world.state, BOB_HOT, BOB, 1);
    const carols = stakeOf(world.state, CAROL_HOT, CAROL, 1);
    const [king, kings] = bobs > carols ? [BOB_HOT, BOB] : [CAROL_HOT, CAROL];
    expect(kingOf(world.state, subnet)).toBe(king);
    changeOwnerByConviction(world.chain, subnet);
    expect([subnet.owner, subnet.ownerHotkey]).toEqual([kings, king]);
    // The king's sum became the owner's, whose conviction is its mass.
    const owners = subnet.lockAggregates.ownerPerpetual;
    expect(owners?.conviction).toBe((owners?.mass ?? 0n) << 64n);
    expect(subnet.lockAggregates.perpetual.has(king)).toBe(false);
  });

  it("waits for the age of the subnet and for a tenth of its alpha", () => {
    const young = contested(2_629_799);
    changeOwnerByConviction(young.chain, young.subnet(1));
    expect(young.subnet(1).owner).toBe(ALICE);
    const weak = contested(2_629_800);
    weak.state.columns.alphaOut[1] = 10n * (totalConviction(weak.state, weak.subnet(1)) >> 64n) + 10n;
    changeOwnerByConviction(weak.chain, weak.subnet(1));
    expect(weak.subnet(1).owner).toBe(ALICE);
  });

  it("prefers the larger account among equals", () => {
    const world = openWorld();
    const { perpetual } = world.subnet(1).lockAggregates;
    const lock = { mass: 1_000n, conviction: 5n << 70n, lastBlock: world.state.block };
    perpetual.set(BOB_HOT, lock);
    perpetual.set(CAROL_HOT, lock);
    expect(kingOf(world.state, world.subnet(1))).toBe(CAROL_HOT);
  });
});

describe("voting power, spec/governance-and-accounts.md 15.3", () => {
  it("moves by the EMA with one division", () => {
    const stake = 1_000_000_000_000n;
    const after = (epochs: number): bigint =>
      Array.from({ length: epochs }).reduce<bigint>(
        (power) => nextVotingPower(stake, power, DEFAULT_ALPHA),
        0n,
      );
    expect([1, 2, 3, 280].map(after)).toEqual([
      3_570_000_000n,
      7_127_255_100n,
      10_671_810_799n,
      632_631_021_050n,
    ]);
  });

  it("drops below the threshold only from above, and without permit at once", () => {
    const world = openWorld();
    world.ok("root", "sudoSetStakeThreshold", { value: 1_000n * TAO });
    world.ok(ALICE, "enableVotingPowerTracking", { netuid: 1 });
    const record = world.state.netuidParameters.get(1);
    if (record === undefined) throw new Error("no record");
    const step = (hotkey: number, before: bigint, stake: bigint, permit = true): bigint | undefined => {
      record.votingPower.set(hotkey, before);
      updateVotingPower(world.chain, world.subnet(1), [{ hotkey, permit, stake }]);
      return record.votingPower.get(hotkey);
    };
    expect(step(BOB_HOT, 1_000_000_000_000n, 0n)).toBeUndefined();
    expect(step(BOB_HOT, 999_000_000_000n, 1_000_000_000_000n)).toBe(999_003_570_000n);
    expect(step(BOB_HOT, 999_000_000_000n, 1_000_000_000_000n, false)).toBeUndefined();
    expect(step(4_321, 999_000_000_000n, 1_000_000_000_000n)).toBeUndefined();
  });

  it("ends 100,800 blocks after the request", () => {
    const world = openWorld();
    world.ok(ALICE, "enableVotingPowerTracking", { netuid: 1 });
    world.ok(ALICE, "disableVotingPowerTracking", { netuid: 1 });
    const record = world.state.netuidParameters.get(1);
    const epoch = (): void => {
      updateVotingPower(world.chain, world.subnet(1), [{ hotkey: BOB_HOT, permit: true, stake: TAO }]);
    };
    world.wait(100_799);
    epoch();
    expect(record?.votingPower.size).toBe(1);
    world.wait(1);
    epoch();
    expect(record?.votingPower.size).toBe(0);
    expect(record?.votingPowerTrackingEnabled).toBe(false);
  });
});

it("locks the owner's cut as it is paid where the subnet says so", () => {
  const world = openWorld();
  world.ok(ALICE, "sudoSetOwnerCutAutoLockEnabled", { netuid: 1, value: true });
  autoLockOwnerCut(world.chain, world.subnet(1), TAO);
  expect(world.subnet(1).locks.get(ALICE)).toMatchObject({ hotkey: ALICE_HOT, mass: TAO });
});
