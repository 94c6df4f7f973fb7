import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BlockTally, courseOf, spansOf } from "../../../sim/regression/course.ts";

const tally = fc.record({
  rows: fc.option(fc.integer({ min: 1, max: 300 }), { nil: null }),
  of: fc.integer({ min: 1, max: 300 }),
  largest: fc.option(fc.bigInt({ min: 0n, max: 1n << 64n }), { nil: null }),
  relative: fc.option(fc.double({ min: 0, max: 2, noNaN: true }), { nil: null }),
});

const column = fc
  .uniqueArray(fc.tuple(fc.bigInt({ min: 0n, max: 10_000_000n }), tally), {
    selector: ([block]) => block,
    minLength: 1,
    maxLength: 1_000,
  })
  .map((entries) => new Map<bigint, BlockTally>(entries));

const most = <T extends bigint | number>(values: readonly (T | null)[]): T | null =>
  values.reduce((a, b) => (a === null || (b !== null && b > a) ? b : a), null);

describe("the course of differences", () => {
  test("is at most 240 points in order, which leave no block out and no extreme away, in the same spans for all", () => {
    fc.assert(
      fc.property(fc.array(column, { minLength: 1, maxLength: 3 }), (columns) => {
        const blocks = columns.flatMap((one) => [...one.keys()]);
        const spans = spansOf(blocks);
        const few = new Set(blocks).size <= 240;
        for (const one of columns) {
          const course = courseOf(one, spans);
          expect(course.length).toBeLessThanOrEqual(240);
          let before = -1n;
          for (const point of course) {
            const [first, last] = [BigInt(point.firstBlock), BigInt(point.lastBlock)];
            expect(first > before && last >= first).toBe(true);
            expect(spans(first)).toBe(spans(last));
            if (few) expect(first).toBe(last);
            before = last;
          }
          const inside = [...one.keys()].filter((block) =>
            course.some((point) => BigInt(point.firstBlock) <= block && block <= BigInt(point.lastBlock)),
          );
          expect(inside).toHaveLength(one.size);
          const tallies = [...one.values()];
          expect(most(course.map(({ rows }) => rows))).toBe(most(tallies.map(({ rows }) => rows)));
          expect(most(course.map(({ relative }) => relative))).toBe(
            most(tallies.map(({ relative }) => relative)),
          );
          const largest = most(
            course.map((point) => (point.largest === null ? null : BigInt(point.largest))),
          );
          expect(largest).toBe(most(tallies.map((one) => one.largest as bigint | null)));
        }
      }),
      { numRuns: 60 },
    );
  });
});
