import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { inspectTable, type TableSchema, TraceWriter, tableFiles } from "../../../sim/trace/index.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "yumasim-inspect-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

const column = (name: string, type: TableSchema["columns"][number]["type"]) => ({
  name,
  type,
  unit: "rao",
  description: `what ${name} is`,
  source: "",
});

const TABLE: TableSchema = {
  name: "things",
  description: "one row per thing",
  columns: [
    column("who", "label"),
    column("flag", "bool"),
    column("small", "uint16"),
    column("amount", "uint64"),
    column("part", "float64"),
  ],
};

const row = fc.record({
  who: fc.nat(2),
  flag: fc.nat(1),
  small: fc.nat(65_535),
  amount: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  part: fc.double(),
});

test("statistics are those of the values, over all batches, of finished and unfinished tables", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(row, { maxLength: 5 }), { maxLength: 4 }),
      fc.boolean(),
      async (batches, isDone) => {
        const trace = await TraceWriter.create(directory, {
          tables: [TABLE],
          metadata: new Map(),
          labels: { who: ["a", "b", "c"] },
        });
        for (const rows of batches)
          trace.append("things", rows.length, {
            who: Int32Array.from(rows, ({ who }) => who),
            flag: Uint8Array.from(rows, ({ flag }) => flag),
            small: Uint16Array.from(rows, ({ small }) => small),
            amount: BigUint64Array.from(rows, ({ amount }) => amount),
            part: Float64Array.from(rows, ({ part }) => part),
          });
        if (isDone) await trace.finish();
        else await trace.close();
        const [file] = await tableFiles(directory);
        const found = await inspectTable(file!, 3);
        rmSync(file!.path);
        const all = batches.flat();
        expect(found).toMatchObject({ name: "things", rows: all.length, isStream: !isDone });
        expect(found.head.length).toBe(Math.min(3, all.length));
        found.head.forEach((cells, i) => {
          const { who, flag, small, amount, part } = all[i]!;
          expect(cells).toEqual(["abc"[who], flag === 1, small, amount, part]);
        });
        const [who, flag, small, amount, part] = found.columns.map(({ statistics }) => statistics);
        expect(who).toMatchObject({ kind: "texts", distinct: new Set(all.map((one) => one.who)).size });
        expect(flag).toEqual({ kind: "flags", set: all.filter((one) => one.flag === 1).length });
        const amounts = all.map((one) => one.amount).sort((a, b) => (a < b ? -1 : 1));
        const sum = amounts.reduce((total, one) => total + one, 0n);
        expect(amount).toEqual({
          kind: "numbers",
          least: amounts[0] ?? null,
          mean: all.length === 0 ? null : Number(sum) / all.length,
          greatest: amounts.at(-1) ?? null,
          missing: 0,
        });
        const smalls = all.map((one) => one.small);
        if (all.length > 0)
          expect(small).toMatchObject({ least: Math.min(...smalls), greatest: Math.max(...smalls) });
        expect(part).toMatchObject({ missing: all.filter((one) => Number.isNaN(one.part)).length });
      },
    ),
    { numRuns: 60 },
  );
});
