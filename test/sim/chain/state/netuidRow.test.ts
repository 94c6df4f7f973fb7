import * as fc from "fast-check";
import { expect, it } from "vitest";
import { Journal } from "../../../../sim/chain/state/journal.ts";
import { emptyRow, rowDelete, rowGet, rowNetuids, rowSet } from "../../../../sim/chain/state/netuidRow.ts";

const steps = fc.array(
  fc.record({
    netuid: fc.integer({ min: 0, max: 12 }),
    /** Null deletes. */
    value: fc.option(
      fc.oneof(fc.bigInt({ min: 0n, max: 9n }), fc.bigInt({ min: 0n, max: (1n << 128n) - 1n })),
    ),
    undone: fc.boolean(),
  }),
  { maxLength: 40 },
);

it("keeps numbers by netuid as a map does, past its first size, with and without undoing", () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: 0, max: 8 }), (list, capacity) => {
      const journal = new Journal();
      const row = emptyRow(capacity);
      const map = new Map<number, bigint>();
      for (const { netuid, value, undone } of list) {
        journal.atomically(() => {
          if (value === null) rowDelete(journal, row, netuid);
          else rowSet(journal, row, netuid, value);
          return undone ? "InsufficientBalance" : null;
        });
        if (undone) continue;
        if (value === null) map.delete(netuid);
        else map.set(netuid, value);
      }
      for (let netuid = 0; netuid <= 13; netuid++) expect(rowGet(row, netuid)).toBe(map.get(netuid));
      expect(rowNetuids(row)).toEqual([...map.keys()].sort((a, b) => a - b));
      // What the kernel reads without looking at `has`.
      for (let netuid = 0; netuid < row.low.length; netuid++)
        expect(row.low[netuid]).toBe((map.get(netuid) ?? 0n) & ((1n << 64n) - 1n));
    }),
  );
});
