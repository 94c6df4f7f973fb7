import * as fc from "fast-check";
import { expect, test } from "vitest";
import { floorShares, splitEmission } from "../../../../kernels/variants/subnet/emission.ts";

const amount = fc.bigInt(0n, 21_000_000_000_000_000n);

test("a share is the floor of its part: the same as in whole numbers, where the share is one", () => {
  fc.assert(
    fc.property(amount, fc.integer({ min: 0, max: 4096 }), (rao, part) => {
      const parts = floorShares(Float64Array.of(part / 4096), rao);
      expect(parts[0]).toBe((rao * BigInt(part)) / 4096n);
    }),
  );
});

test("shares are never more than there is, together and each", () => {
  fc.assert(
    fc.property(
      amount,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 }),
      (rao, values) => {
        const total = values.reduce((sum, value) => sum + value, 0);
        if (total === 0) return;
        const parts = floorShares(
          Float64Array.from(values, (value) => value / total),
          rao,
        );
        const paid = parts.reduce((sum, part) => sum + part, 0n);
        expect(paid).toBeLessThanOrEqual(rao);
        // Each floor loses less than a rao, and the doubles less than their 53 bits.
        expect(rao - paid).toBeLessThanOrEqual(BigInt(values.length) + (rao >> 47n));
      },
    ),
  );
});

test("incentive and dividends share an emission by their sums; one side alone has all of it", () => {
  const both = splitEmission(Float64Array.of(0, 1), Float64Array.of(0.25, 0), 1000n)!;
  expect([...both.server]).toEqual([0n, 800n]);
  expect([...both.validator]).toEqual([200n, 0n]);
  expect([...both.combined]).toEqual([200n, 800n]);
  expect([...splitEmission(Float64Array.of(0, 1), new Float64Array(2), 1000n)!.server]).toEqual([0n, 1000n]);
  expect(splitEmission(new Float64Array(2), new Float64Array(2), 1000n)).toBeNull();
});
