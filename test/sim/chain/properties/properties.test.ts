import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CALL_NAMES, dispatch, type CallName } from "../../../../sim/chain/calls/dispatch.ts";
import { blockStep } from "../../../../sim/chain/coinbase/blockStep.ts";
import { Draw } from "./draw.ts";
import { audit, digest, forked, randomNetwork, runRandomly, type Met } from "./random-network.ts";

describe("random calls over random networks", () => {
  it("never break an invariant, never crash", { timeout: 120_000 }, () => {
    const met: Met = { succeeded: new Set<CallName>(), errors: new Set() };
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const draw = new Draw(seed);
        const chain = randomNetwork(draw);
        for (let part = 0; part < 10; part++) runRandomly(chain, draw, 300, met);
      }),
      { numRuns: 6, seed: 425 },
    );
    // The sequences are worth something only if most calls succeed somewhere.
    const missing = CALL_NAMES.filter((name) => !met.succeeded.has(name));
    expect(missing.length).toBeLessThan(30);
    expect(met.errors.size).toBeGreaterThan(80);
  });

  it("end in the same state when replayed, and when they go on from a copy", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const run = (fork: boolean): string => {
          const draw = new Draw(seed);
          let chain = randomNetwork(draw);
          runRandomly(chain, draw, 1_500);
          if (fork) chain = forked(chain);
          runRandomly(chain, draw, 1_500);
          return digest(chain.state);
        };
        const first = run(false);
        expect(run(false)).toBe(first);
        expect(run(true)).toBe(first);
      }),
      { numRuns: 4, seed: 426 },
    );
  });
});

it("audits what it says it audits", () => {
  const chain = randomNetwork(new Draw(1));
  audit(chain.state);
  chain.state.balances.set(1, 5n);
  expect(() => audit(chain.state)).toThrow("accounts hold");
});

it("conserves the supply to the rao while calls come all along", { timeout: 120_000 }, () => {
  const draw = new Draw(30);
  const chain = randomNetwork(draw);
  const { state } = chain;
  // Epochs as on the live chain; calls come all along.
  for (const netuid of [1, 2]) {
    state.columns.tempo[netuid] = 360;
    // A moving price of 0 has no share: the first blocks would give everything back.
    state.columns.movingPrice[netuid] = 1n << 30n;
  }
  const BLOCKS = 20_000;
  const genesis = state.totalIssuance;
  for (let block = 0; block < BLOCKS; block++) {
    blockStep(chain);
    if (block % 10 === 0) {
      const amountStaked = draw.amount() % 10n ** 12n;
      const hotkey = draw.pick([101, 102]);
      const origin = { signed: draw.pick([1, 2, 3]) };
      if (draw.chance(60))
        dispatch(chain, { call: "addStake", origin, args: { hotkey, netuid: draw.int(3), amountStaked } });
      // Never everything: shares that outlive a drained pool can add up to more than its last rao.
      else
        dispatch(chain, {
          call: "removeStake",
          origin,
          args: { hotkey, netuid: draw.int(3), amountUnstaked: amountStaked },
        });
    }
    if (block % 2_000 === 0) audit(state);
  }
  audit(state);
  // No fee was charged and no account died, so both counters say the same.
  expect(state.totalIssuance).toBe(state.balancesIssuance);
  const emitted = state.totalIssuance - genesis;
  expect(emitted).toBeLessThanOrEqual(BigInt(BLOCKS) * 1_000_000_000n);
  // What blocks do not spend goes back to the curve: about a rao per subnet and block.
  expect(BigInt(BLOCKS) * 1_000_000_000n - emitted).toBeLessThan(BigInt(BLOCKS) * 8n);
});
