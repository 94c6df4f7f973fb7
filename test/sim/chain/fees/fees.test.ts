import { describe, expect, it } from "vitest";
import { balanceOf } from "../../../../sim/chain/accounts/accounts.ts";
import { alphaFee } from "../../../../sim/chain/fees/charge.ts";
import { transactionFee, weightToFee } from "../../../../sim/chain/fees/fee.ts";
import { submit, USUAL_LENGTH } from "../../../../sim/chain/fees/submit.ts";
import { stakeOf } from "../../../../sim/chain/staking/stake.ts";
import type { Call } from "../../../../sim/chain/calls/dispatch.ts";
import { ALICE, ALICE_HOT, BOB_HOT, openWorld, POOR, signedBy, TAO, type World } from "../world.ts";

const AUTHOR = 999;

const send = (world: World, call: Call) => submit(world.chain, { call, length: USUAL_LENGTH, tip: 0n });

describe("fees, spec/governance-and-accounts.md 15.1 and 15.2", () => {
  it("count base, length and time weight", () => {
    expect(weightToFee(3_131_647_000n)).toBe(1_565_823n);
    expect(transactionFee({ call: "addStake", args: {} }, 150, 0n)).toBe(1_623_713n);
    expect(transactionFee({ call: "removeStake", args: {} }, 150, 0n)).toBe(1_376_280n);
    expect(transactionFee({ call: "setWeights", args: {} }, 150, 7n)).toBe(0n);
  });

  it("in alpha are floored at the spot price", () => {
    expect(alphaFee(1_376_280n, 922_337_203_685_477_632n)).toBe(27_525_599n);
    expect(alphaFee(1_376_280n, 922_337_203_685_477_580n)).toBe(27_525_600n);
  });

  it("of a batch are those of its calls together", () => {
    const inner = { call: "removeStake", args: {} };
    const single = transactionFee(inner, 0, 0n);
    const batch = transactionFee({ call: "Utility.batchAll", args: { calls: [inner, inner] } }, 0, 0n);
    expect(batch).toBeGreaterThan(single + 1_284_599n);
  });
});

describe("submit", () => {
  const removal = (amountUnstaked: bigint): Call => ({
    call: "removeStake",
    origin: signedBy(ALICE),
    args: { hotkey: ALICE_HOT, netuid: 1, amountUnstaked },
  });

  it("pays the author in TAO, also where the call fails", () => {
    const world = openWorld();
    world.state.blockAuthor = AUTHOR;
    const before = balanceOf(world.state, ALICE);
    const failed = send(world, {
      ...removal(1n),
      args: { hotkey: BOB_HOT, netuid: 1, amountUnstaked: 1n },
    } as Call);
    expect(failed).toEqual({
      included: true,
      fee: 1_376_280n,
      paidIn: "tao",
      result: { ok: false, error: "AmountTooLow" },
    });
    expect(before - balanceOf(world.state, ALICE)).toBe(1_376_280n);
    expect(balanceOf(world.state, AUTHOR)).toBe(1_376_280n);
  });

  it("does not include what fails at a gate, or cannot pay", () => {
    const world = openWorld();
    const register: Call = {
      call: "burnedRegister",
      origin: signedBy(POOR),
      args: { netuid: 1, hotkey: 777 },
    };
    expect(send(world, register)).toEqual({ included: false, reason: "Payment" });
    const take: Call = { call: "increaseTake", origin: signedBy(POOR), args: { hotkey: 777, take: 60_000 } };
    expect(send(world, take)).toEqual({ included: false, reason: "DelegateTakeTooHigh" });
  });

  it("sells alpha of the stake that the call names when there is no TAO", () => {
    const world = openWorld();
    const { state } = world;
    state.blockAuthor = AUTHOR;
    world.ok(ALICE, "Balances.transferAll", { dest: 4, keepAlive: true });
    state.balances.set(AUTHOR, TAO);
    state.accountsTotal += TAO;
    state.balancesIssuance += TAO;
    const held = stakeOf(state, ALICE_HOT, ALICE, 1);
    const answer = send(world, removal(held));
    expect(answer).toMatchObject({ included: true, paidIn: "alpha", result: { ok: true } });
    expect(stakeOf(state, ALICE_HOT, ALICE, 1)).toBe(0n);
    // Alpha is floored, sold without fee at a falling price: a bit less than the fee arrives.
    const received = balanceOf(state, AUTHOR) - TAO;
    expect(received).toBeGreaterThan(1_300_000n);
    expect(state.accountsTotal).toBe(state.balancesIssuance);
  });

  it("destroys fees that nobody receives", () => {
    const world = openWorld();
    const { totalIssuance, balancesIssuance } = world.state;
    send(world, removal(1n));
    expect(world.state.balancesIssuance).toBe(balancesIssuance - 1_376_280n);
    expect(world.state.totalIssuance).toBe(totalIssuance);
    expect(world.state.accountsTotal).toBe(world.state.balancesIssuance);
  });
});
