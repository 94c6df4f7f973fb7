import { describe, expect, it } from "vitest";
import { balanceOf } from "../../../../sim/chain/accounts/accounts.ts";
import { leaseColdkey, leaseHotkey } from "../../../../sim/chain/accounts/derived.ts";
import {
  contributorDividend,
  contributorsCut,
  distributeLeaseDividends,
} from "../../../../sim/chain/leases/dividends.ts";
import { refundOf, shareOf } from "../../../../sim/chain/leases/leases.ts";
import { increaseStake, stakeOf } from "../../../../sim/chain/staking/stake.ts";
import { ALICE, BOB, DAVE, openWorld, TAO, type World } from "../world.ts";

describe("lease arithmetic, spec/governance-and-accounts.md 15.11", () => {
  it("floors refunds and raises dividends to whole rao", () => {
    const share = shareOf(30n, 100n);
    expect(share).toBe(5_534_023_222_112_865_484n);
    expect(refundOf(share, 7n * TAO)).toBe(2_099_999_999n);
    expect(contributorDividend(share, 1_000n)).toBe(300n);
    expect(contributorDividend(share, 1_001n)).toBe(301n);
    expect(contributorsCut(30, 1_001n)).toBe(301n);
  });
});

/** A subnet that dave runs and alice paid for; contributors get 30 percent. */
function leased(endAfter: number | null = null): World {
  const world = openWorld();
  world.wait(100_000);
  world.ok(DAVE, "Crowdloan.create", {
    deposit: 10n * TAO,
    minContribution: TAO,
    cap: 2_010n * TAO,
    end: world.state.block + 60_000,
    call: {
      call: "registerLeasedNetwork",
      args: { emissionsShare: 30, endBlock: endAfter === null ? null : world.state.block + endAfter },
    },
    targetAddress: null,
  });
  world.ok(ALICE, "Crowdloan.contribute", { crowdloanId: 0, amount: 1_500n * TAO });
  world.ok(BOB, "Crowdloan.contribute", { crowdloanId: 0, amount: 500n * TAO });
  world.ok(DAVE, "Crowdloan.finalize", { crowdloanId: 0 });
  return world;
}

describe("a leased subnet", () => {
  it("belongs to the lease; what was left over went back", () => {
    const world = leased();
    const { state } = world;
    const subnet = world.subnet(3);
    expect([subnet.owner, subnet.ownerHotkey]).toEqual([leaseColdkey(0), leaseHotkey(0)]);
    expect(state.hotkeys.get(leaseHotkey(0))?.take).toBe(0);
    expect(state.reserved.get(leaseColdkey(0))).toBe(93_000_000n);
    expect(balanceOf(state, leaseColdkey(0))).toBe(0n);
    expect(state.leases.get(0)?.cost).toBeGreaterThan(999n * TAO);
    expect(state.accountsTotal).toBe(state.balancesIssuance);
  });

  it("is run by the beneficiary through its proxy, but its stake is not", () => {
    const world = leased();
    const act = (call: string, args: unknown): void =>
      world.ok(DAVE, "Proxy.proxy", { real: leaseColdkey(0), forceProxyType: null, call: { call, args } });
    act("startCall", { netuid: 3 });
    expect(world.state.columns.subtokenEnabled[3]).toBe(1);
    increaseStake(world.chain, leaseHotkey(0), leaseColdkey(0), 3, 50n * TAO);
    act("removeStake", { hotkey: leaseHotkey(0), netuid: 3, amountUnstaked: TAO });
    expect(stakeOf(world.state, leaseHotkey(0), leaseColdkey(0), 3)).toBe(50n * TAO);
  });

  it("pays contributors in blocks divisible by 100 only (15.12)", () => {
    const world = leased();
    const { state, chain } = world;
    world.ok("root", "sudoSetSubtokenEnabled", { netuid: 3, value: true });
    const [coldkey, hotkey] = [leaseColdkey(0), leaseHotkey(0)];
    const cut = (block: number): void => {
      state.block = block;
      increaseStake(chain, hotkey, coldkey, 3, 100n * TAO);
      distributeLeaseDividends(chain, world.subnet(3), 100n * TAO);
    };
    cut(200_020);
    expect(state.leases.get(0)?.accumulated).toBe(30n * TAO);
    expect(stakeOf(state, hotkey, ALICE, 3)).toBe(0n);
    cut(200_100);
    expect(state.leases.get(0)?.accumulated).toBe(0n);
    // 60 TAO of alpha: alice paid 1500, bob 500, dave 10 of 2010.
    expect(stakeOf(state, hotkey, ALICE, 3)).toBeGreaterThan((44_770n * TAO) / 1_000n);
    expect(stakeOf(state, hotkey, BOB, 3)).toBeGreaterThan((14_920n * TAO) / 1_000n);
    expect(stakeOf(state, hotkey, DAVE, 3)).toBeGreaterThan((298n * TAO) / 1_000n);
    expect(stakeOf(state, hotkey, coldkey, 3)).toBeGreaterThanOrEqual(140n * TAO - 3n);
  });

  it("pays in those epochs that fall on such a block (15.12)", () => {
    const payouts = (first: number): number[] => {
      const world = leased();
      const { state, chain } = world;
      world.ok("root", "sudoSetSubtokenEnabled", { netuid: 3, value: true });
      const paid: number[] = [];
      // The examples count from a block that 18,000 divides.
      for (let epoch = first; epoch < 5_000; epoch += 360) {
        state.block = 360_000 + epoch;
        increaseStake(chain, leaseHotkey(0), leaseColdkey(0), 3, 100n * TAO);
        distributeLeaseDividends(chain, world.subnet(3), 100n * TAO);
        if (state.leases.get(0)?.accumulated === 0n) paid.push(epoch);
      }
      return paid;
    };
    expect(payouts(0)).toEqual([0, 1_800, 3_600]);
    expect(payouts(20)).toEqual([1_100, 2_900, 4_700]);
    expect(payouts(7)).toEqual([]);
  });

  it("keeps the dividends where a payout is too small, and pays nothing after its end", () => {
    const world = leased(1_000);
    const { state, chain } = world;
    world.ok("root", "sudoSetSubtokenEnabled", { netuid: 3, value: true });
    increaseStake(chain, leaseHotkey(0), leaseColdkey(0), 3, TAO);
    state.block += 100 - (state.block % 100);
    distributeLeaseDividends(chain, world.subnet(3), 1_000_000n);
    expect(state.leases.get(0)?.accumulated).toBe(300_000n);
    world.wait(1_000);
    distributeLeaseDividends(chain, world.subnet(3), 100n * TAO);
    expect(state.leases.get(0)?.accumulated).toBe(300_000n);
    world.ok(DAVE, "tryAssociateHotkey", { hotkey: 555 });
    world.ok(DAVE, "terminateLease", { leaseId: 0, hotkey: 555 });
    expect([world.subnet(3).owner, world.subnet(3).ownerHotkey]).toEqual([DAVE, 555]);
    expect(state.proxies.has(leaseColdkey(0))).toBe(false);
  });
});
