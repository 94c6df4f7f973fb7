import * as fc from "fast-check";
import { expect, test } from "vitest";
import { batchesOf, exactLimits, floatLimits } from "../../../sim/sweep/batches.ts";

const cell = fc.record({ id: fc.uuid(), work: fc.oneof(fc.nat(1000), fc.constant(Infinity)) });

test("batches hold every cell once, in order, within the limits", () => {
  fc.assert(
    fc.property(fc.array(cell), fc.integer({ min: 1, max: 20 }), fc.nat(3000), (cells, most, work) => {
      const batches = batchesOf(cells, { cells: most, work });
      expect(batches.flat()).toEqual(cells.map(({ id }) => id));
      const workOf = new Map(cells.map((one) => [one.id, one.work]));
      for (const batch of batches) {
        expect(batch.length).toBeGreaterThan(0);
        expect(batch.length).toBeLessThanOrEqual(most);
        const sum = batch.reduce((all, id) => all + workOf.get(id)!, 0);
        // One that is too long for any batch runs alone.
        if (batch.length > 1) expect(sum).toBeLessThanOrEqual(work);
      }
    }),
  );
});

test("every worker has batches until near the end; a device takes as much as it can", () => {
  expect(exactLimits(2000, 2).cells).toBe(16);
  expect(exactLimits(60, 2).cells).toBe(4);
  expect(exactLimits(3, 8).cells).toBe(1);
  expect(floatLimits(false).cells).toBe(1024);
  expect(floatLimits(true).cells).toBe(64);
});
