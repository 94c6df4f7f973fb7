import fc from "fast-check";
import { expect, it } from "vitest";
import { mintTao } from "../../../sim/chain/accounts/accounts.ts";
import { dispatch, type Call } from "../../../sim/chain/calls/dispatch.ts";
import { createChain, type Chain } from "../../../sim/chain/chain.ts";
import { blockStep } from "../../../sim/chain/coinbase/blockStep.ts";
import { exactEpochRunner } from "../../../sim/chain/epoch/runEpoch.ts";
import { checkAllShares } from "../../../sim/chain/invariants.ts";
import { setUpLimitOrders } from "../../../sim/chain/orders/calls.ts";
import { PRESETS, withTaoFlow } from "../../../sim/chain/protocol/presets.ts";
import { createNetwork } from "../../../sim/chain/state/genesis.ts";
import type { NetworkState } from "../../../sim/chain/state/network.ts";
import { canonical } from "./canonical.ts";
import { COLDKEYS, Draw, HOTKEYS, randomCall } from "./random-calls.ts";

const TAO = 1_000_000_000n;
const AUTHOR = 999;
const runEpoch = exactEpochRunner();
const surroundings = (flow: boolean) => ({
  protocol: flow ? withTaoFlow(PRESETS.minimal) : PRESETS.minimal,
  runEpoch,
  parentHash: (block: number) =>
    [1n, 2n, 3n, 5n].map((word) => word * 0x9e37_79b9_7f4a_7c15n * BigInt(block)),
});

/** Rich coldkeys, two started subnets with neurons and stakes: most random calls find something to act on. */
function startingNetwork(flow: boolean): Chain {
  const chain = createChain(createNetwork(PRESETS.minimal), surroundings(flow));
  const { state } = chain;
  for (const coldkey of COLDKEYS) mintTao(chain, coldkey, 100_000n * TAO);
  mintTao(chain, AUTHOR, TAO);
  state.blockAuthor = AUTHOR;
  setUpLimitOrders(chain);
  const make = (call: Call): void => {
    expect(dispatch(chain, call), call.call).toEqual({ ok: true });
  };
  for (let i = 0; i < 10; i++) blockStep(chain);
  for (const [i, netuid] of [1, 2].entries()) {
    const origin = { signed: COLDKEYS[i] ?? 0 };
    make({ call: "registerNetwork", origin, args: { hotkey: HOTKEYS[i] ?? 0 } });
    make({ call: "startCall", origin, args: { netuid } });
    for (let wait = 0; wait < 6; wait++) blockStep(chain);
  }
  for (const [i, hotkey] of HOTKEYS.slice(0, 6).entries()) {
    const origin = { signed: COLDKEYS[i] ?? 0 };
    for (const netuid of [1, 2])
      if (state.subnets.get(netuid)?.neurons.uidOf.has(hotkey) !== true)
        make({ call: "burnedRegister", origin, args: { netuid, hotkey } });
    for (const netuid of [0, 1, 2])
      make({ call: "addStake", origin, args: { hotkey, netuid, amountStaked: 500n * TAO } });
  }
  return chain;
}

/** What a run did. */
interface Run {
  readonly state: NetworkState;
  readonly results: string[];
}

function run(seed: number, calls: number, flow: boolean, checksUndo: boolean): Run {
  const draw = new Draw(seed);
  const chain = startingNetwork(flow);
  const results: string[] = [];
  for (let i = 0; i < calls; i++) {
    const call = randomCall(draw, chain.state);
    const before = checksUndo && i % 16 === 0 ? canonical(chain.state) : null;
    const result = dispatch(chain, call);
    results.push(`${call.call} ${result.ok ? "ok" : result.error}`);
    if (before !== null && !result.ok)
      expect(canonical(chain.state), `${call.call} left traces`).toBe(before);
    if (draw.chance(4)) blockStep(chain);
  }
  checkAllShares(chain.state);
  return { state: chain.state, results };
}

/** Every balance there is, added up. */
function sumOfAccounts({ balances, columns }: NetworkState): bigint {
  let sum = 0n;
  for (const balance of balances.values()) sum += balance;
  for (const balance of columns.account) sum += balance;
  return sum;
}

it("survives thousands of random calls with its books in order", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.integer(), fc.boolean(), (seed, flow) => {
      const { state, results } = run(seed, 1_500, flow, true);
      for (const result of results) seen.add(result);
      expect(sumOfAccounts(state)).toBe(state.balancesIssuance);
      for (const balance of state.balances.values()) expect(balance >= 500n).toBe(true);
    }),
    { numRuns: 12, seed: 425, endOnFailure: true },
  );
  // The calls do more than fail: a good part of all call names succeeded.
  const succeeded = [...seen].filter((result) => result.endsWith(" ok"));
  expect(succeeded.length).toBeGreaterThan(90);
});

it("gives the same state when it is replayed, and when it goes on from a copy", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const first = run(seed, 400, false, false);
      const second = run(seed, 400, false, false);
      expect(second.results).toEqual(first.results);
      expect(canonical(second.state)).toBe(canonical(first.state));
      const copy = createChain(structuredClone(first.state), surroundings(false));
      const original = createChain(first.state, surroundings(false));
      for (const chain of [copy, original]) {
        const draw = new Draw(seed + 1);
        for (let i = 0; i < 100; i++) {
          dispatch(chain, randomCall(draw, chain.state));
          if (i % 4 === 0) blockStep(chain);
        }
      }
      expect(canonical(copy.state)).toBe(canonical(original.state));
    }),
    { numRuns: 4, seed: 425, endOnFailure: true },
  );
});
