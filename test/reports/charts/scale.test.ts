import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { logRange } from "../../../reports/charts/scale.ts";

describe("a logarithmic axis", () => {
  test("holds values that noise keeps from a power of ten", () => {
    // A price of 0.1 TAO, and its slow average.
    expect(logRange([0.1002000999999999, 0.09999999986030161])).toMatchObject({ low: 0.05, high: 0.2 });
    expect(logRange([0.1 - 1e-16, 0.1])).toMatchObject({ low: 0.1 });
  });

  test("holds every value above zero, between ends above zero, with ticks inside", () => {
    const size = fc.oneof(
      fc.double({ min: 1e-300, max: 1e300, noNaN: true }),
      // Close to powers of ten, where rounding decides.
      fc
        .tuple(
          fc.integer({ min: -30, max: 30 }),
          fc.integer({ min: -40, max: 40 }),
          fc.integer({ min: 9, max: 16 }),
        )
        .map(([power, off, digits]) => 10 ** power * (1 + off * 10 ** -digits)),
    );
    const other = fc.constantFrom(0, -1, NaN, Infinity, -Infinity, 5e-324, Number.MAX_VALUE);
    fc.assert(
      fc.property(fc.array(size, { maxLength: 5 }), fc.array(other, { maxLength: 2 }), (sizes, others) => {
        const { low, high, ticks } = logRange([...sizes, ...others]);
        expect(low > 0 && high > low && Number.isFinite(high), `${low} to ${high}`).toBe(true);
        for (const value of sizes) {
          expect(low).toBeLessThanOrEqual(value * (1 + 2e-9));
          expect(high).toBeGreaterThanOrEqual(value * (1 - 2e-9));
        }
        expect(ticks.length).toBeGreaterThan(0);
        for (const tick of ticks) expect(tick >= low * (1 - 1e-8) && tick <= high * (1 + 1e-8)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
