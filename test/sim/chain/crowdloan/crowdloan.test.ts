import { expect, it } from "vitest";
import { balanceOf } from "../../../../sim/chain/accounts/accounts.ts";
import { ALICE, BOB, CAROL, DAVE, openWorld, TAO, type World } from "../world.ts";

function openLoan(world: World): void {
  world.ok(DAVE, "Crowdloan.create", {
    deposit: 10n * TAO,
    minContribution: TAO,
    cap: 100n * TAO,
    end: world.state.block + 60_000,
    call: null,
    targetAddress: CAROL,
  });
}

it("accepts what still fits, spec/governance-and-accounts.md 15.10", () => {
  const world = openWorld();
  const { state } = world;
  openLoan(world);
  world.ok(ALICE, "Crowdloan.contribute", { crowdloanId: 0, amount: 85n * TAO });
  const before = balanceOf(state, BOB);
  world.ok(BOB, "Crowdloan.contribute", { crowdloanId: 0, amount: 20n * TAO });
  expect(before - balanceOf(state, BOB)).toBe(5n * TAO);
  expect(world.try(BOB, "Crowdloan.contribute", { crowdloanId: 0, amount: TAO })).toBe("Crowdloan.CapRaised");
  world.ok(BOB, "Crowdloan.withdraw", { crowdloanId: 0 });
  expect(world.try(DAVE, "Crowdloan.finalize", { crowdloanId: 0 })).toBe("Crowdloan.CapNotRaised");
  world.ok(ALICE, "Crowdloan.contribute", { crowdloanId: 0, amount: 5n * TAO });
  const target = balanceOf(state, CAROL);
  world.ok(DAVE, "Crowdloan.finalize", { crowdloanId: 0 });
  expect(balanceOf(state, CAROL) - target).toBe(100n * TAO);
  expect(state.accountsTotal).toBe(state.balancesIssuance);
});

it("gives everything back by refund and dissolve", () => {
  const world = openWorld();
  const { state } = world;
  const before = [ALICE, BOB, DAVE].map((account) => balanceOf(state, account));
  openLoan(world);
  for (const account of [ALICE, BOB])
    world.ok(account, "Crowdloan.contribute", { crowdloanId: 0, amount: 7n * TAO });
  world.ok(DAVE, "Crowdloan.contribute", { crowdloanId: 0, amount: 3n * TAO });
  world.ok(DAVE, "Crowdloan.refund", { crowdloanId: 0 });
  expect(state.crowdloans.get(0)).toMatchObject({ raised: 13n * TAO, contributorsCount: 1 });
  world.ok(DAVE, "Crowdloan.withdraw", { crowdloanId: 0 });
  world.ok(DAVE, "Crowdloan.dissolve", { crowdloanId: 0 });
  expect([ALICE, BOB, DAVE].map((account) => balanceOf(state, account))).toEqual(before);
  expect(state.crowdloans.size).toBe(0);
});

it("undoes a finalization whose call fails", () => {
  const world = openWorld();
  world.ok(DAVE, "Crowdloan.create", {
    deposit: 10n * TAO,
    minContribution: TAO,
    cap: 20n * TAO,
    end: world.state.block + 60_000,
    call: { call: "Balances.transferAllowDeath", args: { dest: ALICE, value: 10_000_000n * TAO } },
    targetAddress: null,
  });
  world.ok(ALICE, "Crowdloan.contribute", { crowdloanId: 0, amount: 10n * TAO });
  expect(world.try(DAVE, "Crowdloan.finalize", { crowdloanId: 0 })).toBe("Token.FundsUnavailable");
  expect(world.state.crowdloans.get(0)?.finalized).toBe(false);
  expect(world.state.finalizingCrowdloan).toBe(null);
});
