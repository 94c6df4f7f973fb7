import * as fc from "fast-check";
import { expect, it } from "vitest";
import { exactPower } from "../../../../kernels/exact/economy.ts";
import { PERQUINTILL } from "../../../../sim/chain/numbers/integers.ts";
import { poolPower } from "../../../../sim/chain/swap/power.ts";

const trades = fc
  .record({
    x: fc.bigInt({ min: 1_000_000n, max: (1n << 62n) - 1n }),
    part: fc.bigInt({ min: 128n, max: 1n << 50n }),
    weight: fc.oneof(
      fc.bigInt({ min: 60_000_000_000_000_000n, max: 940_000_000_000_000_000n }),
      // Reduce to short fractions: the chain takes its exact path.
      fc.integer({ min: 6, max: 94 }).map((percent) => BigInt(percent) * 10_000_000_000_000_000n),
    ),
  })
  .map(({ x, part, weight }) => ({ x, dx: x / part, en: weight, ed: PERQUINTILL - weight }))
  .filter(({ dx }) => dx > 0n);

it("decides small trades exactly as the chain's series", () => {
  let decided = 0;
  fc.assert(
    fc.property(trades, ({ x, dx, en, ed }) => {
      const value = exactPower(x, dx, en, ed);
      if (value === null) return;
      decided += 1;
      expect(value).toBe(poolPower(x, x + dx, en, ed, 256n, PERQUINTILL));
    }),
    { numRuns: 4_000, seed: 425 },
  );
  expect(decided).toBeGreaterThan(3_500);
});

it("leaves a result that is a whole number to the series", () => {
  // x / (x + dx) = 128 / 129 has no short decimal, 500 / 512 has: 0.9765625.
  expect(exactPower(500n, 3n, PERQUINTILL / 2n, PERQUINTILL / 2n)).not.toBeNull();
  expect(exactPower(1_000_000n - 1_000n, 1_000n, PERQUINTILL / 2n, PERQUINTILL / 2n)).toBeNull();
});
