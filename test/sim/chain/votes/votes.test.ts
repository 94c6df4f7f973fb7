import { expect, it } from "vitest";
import { enact, tally, votersOf, type Vote } from "../../../../sim/chain/votes/vote.ts";
import { ALICE, ALICE_HOT, BOB, BOB_HOT, CAROL_HOT, openWorld, TAO } from "../world.ts";

const VOTE: Vote = {
  electorate: { members: 0 },
  weight: { stakeOn: 0 },
  threshold: { numerator: 1n, denominator: 2n },
  delay: 10,
  call: { call: "sudoSetSubnetOwnerCut", origin: "root", args: { value: 1 } },
};

it("weighs the stake of members and makes the call after the delay", () => {
  const world = openWorld();
  for (const [coldkey, hotkey] of [
    [ALICE, ALICE_HOT],
    [BOB, BOB_HOT],
  ] as const) {
    world.ok(coldkey, "rootRegister", { hotkey });
    world.subnet(0).registrationsThisBlock = 0;
  }
  const { state } = world;
  expect(tally(state, VOTE, new Set([ALICE_HOT]))).toEqual({
    ayes: 100n * TAO,
    total: 200n * TAO,
    carried: true,
  });
  world.ok(BOB, "addStake", { hotkey: BOB_HOT, netuid: 0, amountStaked: TAO });
  // Carol's hotkey is no member.
  expect(tally(state, VOTE, new Set([ALICE_HOT, CAROL_HOT])).carried).toBe(false);
  const decided = state.block;
  world.wait(9);
  expect(enact(world.chain, VOTE, decided)).toBe(null);
  world.wait(1);
  expect(enact(world.chain, VOTE, decided)).toEqual({ ok: true });
  expect(state.parameters.subnetOwnerCut).toBe(1);
});

it("knows electorates of owners and of named accounts; nobody carries nothing", () => {
  const { state } = openWorld();
  expect(votersOf(state, { owners: true })).toEqual([ALICE_HOT, BOB_HOT]);
  expect(votersOf(state, { accounts: [9, 3, 9] })).toEqual([3, 9]);
  const nobody: Vote = { ...VOTE, electorate: { accounts: [] } };
  expect(tally(state, nobody, new Set([ALICE_HOT])).carried).toBe(false);
  const equal: Vote = { ...VOTE, weight: "equal", electorate: { accounts: [1, 2, 3] } };
  expect(tally(state, equal, new Set([1])).carried).toBe(false);
  expect(tally(state, equal, new Set([1, 2])).carried).toBe(true);
});
