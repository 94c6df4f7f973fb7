import * as fc from "fast-check";
import { expect, it } from "vitest";
import { maxUpscale } from "../../../../sim/chain/weights/upscale.ts";

it("gives the worked examples, spec/weights.md 9.1 and 9.2", () => {
  const upscaled = (...values: number[]): number[] => [...maxUpscale(values)];
  expect(upscaled(1, 2, 3)).toEqual([21_845, 43_690, 65_535]);
  expect(upscaled(40_000, 20_000, 1)).toEqual([65_535, 32_767, 2]);
  expect(upscaled(32_768, 1)).toEqual([65_535, 2]);
  expect(upscaled(0, 0)).toEqual([0, 0]);
  expect(upscaled()).toEqual([]);
  expect(upscaled(65_535, 1)).toEqual([65_535, 1]);
  // The factor is floored before it multiplies: the exactly rounded quotient would be 34053.
  expect(upscaled(60_996, 31_694)).toEqual([65_535, 34_052]);
});

it("keeps the order of values and makes the largest 65535", () => {
  const u16 = fc.integer({ min: 0, max: 65_535 });
  fc.assert(
    fc.property(fc.array(u16, { minLength: 1 }), (values) => {
      const scaled = maxUpscale(values);
      const largest = Math.max(...values);
      for (const [i, value] of values.entries()) {
        if (value === largest && largest > 0) expect(scaled[i]).toBe(65_535);
        for (const [j, other] of values.entries())
          if (value <= other) expect(scaled[i]).toBeLessThanOrEqual(scaled[j] ?? 0);
      }
    }),
  );
});
