import * as fc from "fast-check";
import { expect, it } from "vitest";
import { executionOrder, type Waiting } from "../../../../sim/chain/calls/queue.ts";

const waiting = (account: number | null, sequence: number, changes: Partial<Waiting> = {}): Waiting => ({
  account,
  sequence,
  expiry: null,
  call: "addStake",
  ...changes,
});

const order = (all: readonly Waiting[], block = 10): number[] =>
  executionOrder(all, block).map((one) => one.sequence);

it("is arrival order for immortal calls", () => {
  expect(order([waiting(1, 3), waiting(2, 1), waiting(1, 2)])).toEqual([1, 2, 3]);
});

it("takes operational calls first, then those that expire earlier; expired ones are dropped", () => {
  const all = [
    waiting(1, 1),
    waiting(2, 2, { expiry: 20 }),
    waiting(3, 3, { expiry: 15 }),
    waiting(4, 4, { call: "sudoSetBurnHalfLife" }),
    waiting(5, 5, { expiry: 10 }),
  ];
  expect(order(all)).toEqual([4, 3, 2, 1]);
});

it("lets an account's first call hold back its later ones", () => {
  const all = [waiting(1, 1), waiting(2, 2), waiting(1, 3, { expiry: 11 })];
  expect(order(all)).toEqual([1, 3, 2]);
});

it("loses nothing and keeps the order within an account", () => {
  const one = fc.record({ account: fc.nat(4), expiry: fc.option(fc.integer({ min: 11, max: 30 })) });
  fc.assert(
    fc.property(fc.array(one), (drawn) => {
      const all = drawn.map(({ account, expiry }, i) => waiting(account, i, { expiry }));
      const taken = executionOrder(all, 10);
      expect(taken).toHaveLength(all.length);
      for (let account = 0; account < 5; account++) {
        const own = taken.filter((other) => other.account === account).map((other) => other.sequence);
        expect(own).toEqual([...own].sort((a, b) => a - b));
      }
    }),
  );
});
