import { expect, test } from "vitest";
import { readLives } from "../../../reports/data/economy/lives.ts";
import type { Trace } from "../../../sim/trace/index.ts";

/** One epoch: the hotkeys by UID, with the emission of each. */
type Epoch = readonly [block: number, netuid: number, hotkeys: readonly string[], emission: bigint];

/** A trace of nothing but the columns that lives are read from, in batches of two rows. */
function traceOf(epochs: readonly Epoch[]): Trace {
  const rows = epochs.flatMap(([block, netuid, hotkeys, emission]) =>
    hotkeys.map((hotkey, uid) => ({ block: BigInt(block), netuid, uid, hotkey, emission, comparison: 0 })),
  );
  const names = [...new Set(rows.map(({ hotkey }) => hotkey))];
  const batch = (from: number) => {
    const part = rows.slice(from, from + 2);
    return {
      rows: part.length,
      labels: (column: string) => (column === "hotkey" ? names : ["base"]),
      column: (name: "block" | "netuid" | "uid" | "hotkey" | "emission" | "comparison") =>
        part.map((row) => (name === "hotkey" ? names.indexOf(row.hotkey) : row[name])),
    };
  };
  return {
    manifest: null,
    has: (table: string) => table === "neurons",
    batches: async function* () {
      for (let from = 0; from < rows.length; from += 2) yield await Promise.resolve(batch(from));
    },
  } as unknown as Trace;
}

const livesOf = async (epochs: readonly Epoch[], dissolved: readonly number[] = []) =>
  (await readLives(traceOf(epochs), () => dissolved)).get("base");

test("a registration lasts from its first epoch to the first without it, and what outlives the run is not over", async () => {
  const lives = await livesOf([
    [100, 1, ["a", "b"], 5n],
    [100, 2, ["x"], 0n],
    [200, 1, ["a", "c"], 7n],
    [300, 1, ["a", "c", "d"], 0n],
    [400, 1, ["e", "a", "d"], 1n],
  ]);
  expect(lives).toEqual(
    new Map([
      [
        1,
        {
          before: 2,
          immunity: null,
          lives: [
            { blocks: 200, ended: true, emission: 7n },
            { blocks: 0, ended: false, emission: 1n },
            { blocks: 0, ended: false, emission: 1n },
            { blocks: 100, ended: false, emission: 1n },
          ],
        },
      ],
      [2, { before: 1, immunity: null, lives: [] }],
    ]),
  );
});

test("nobody loses a UID to the end of the subnet, whose number another one can have after it", async () => {
  const epochs: Epoch[] = [
    [100, 1, ["a"], 0n],
    [200, 1, ["a", "b"], 3n],
    [300, 1, ["a", "b"], 3n],
    [900, 1, ["c"], 0n],
  ];
  expect((await livesOf(epochs, [500]))!.get(1)!.lives).toEqual([
    { blocks: 100, ended: false, emission: 6n },
    { blocks: 0, ended: false, emission: 0n },
  ]);
  expect((await livesOf(epochs, [950]))!.get(1)!.lives[0]).toEqual({
    blocks: 700,
    ended: true,
    emission: 6n,
  });
});

test("a trace without neurons has none", async () => {
  expect(await readLives({ has: () => false } as unknown as Trace, () => [])).toEqual(new Map());
});
