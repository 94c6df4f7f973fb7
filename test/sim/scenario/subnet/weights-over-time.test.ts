import { describe, expect, test } from "vitest";
import type { SubnetPlan } from "../../../../sim/scenario/index.ts";
import { loadText, scenarioText } from "../files.ts";

const NEURONS = `    neurons:
      - { name: v, alpha_stake: [6 alpha, 4 alpha], weights: { miner: 1 } }
      - { name: w, alpha_stake: 1 alpha, weights: { miner-0: 1, miner-1: 3 } }
      - { name: miner, count: 2 }`;

const plan = (more: string, seed = "1"): SubnetPlan =>
  loadText(scenarioText(`${NEURONS}\n${more}`), { seed }).comparisons[0]!;
const first = ({ weights: { offsets, values } }: SubnetPlan, uid: number): number[] => [
  ...values.subarray(offsets[uid], offsets[uid + 1]),
];
const rowAt = (subnet: SubnetPlan, epoch: number, uid: number): readonly number[] | undefined =>
  subnet.changesBefore(epoch).weightRows?.find((row) => row.uid === uid)?.submitted;
/** Weight of the second miner in the first's. */
const relation = (row: readonly number[] | undefined): number => row![1]! / row![0]!;

describe("drift", () => {
  test("moves all rows alike where it is shared, and by itself where it is not", () => {
    const shared = plan("    drift: { shared: 0.2 }");
    const own = plan("    drift: { own: 0.2 }");
    expect(first(shared, 0)).toEqual([65_535, 65_535]);
    for (const epoch of [1, 5, 9]) {
      expect(relation(rowAt(shared, epoch, 1))).toBeCloseTo(relation(rowAt(shared, epoch, 0)), 12);
      expect(relation(rowAt(shared, epoch, 2))).toBeCloseTo(3 * relation(rowAt(shared, epoch, 0)), 12);
      expect(relation(rowAt(own, epoch, 1))).not.toBeCloseTo(relation(rowAt(own, epoch, 0)), 3);
    }
  });

  test("is a random walk of the size that is asked for", () => {
    const logs = Array.from({ length: 300 }, (_, seed) => {
      const subnet = plan("    drift: { shared: 0.1 }", String(seed));
      return Math.log(relation(rowAt(subnet, 9, 0)));
    });
    const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
    const variance = logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / logs.length;
    // Nine steps of two miners, 0.01 each: 0.18, with a standard error of 0.015.
    expect(variance).toBeGreaterThan(0.13);
    expect(variance).toBeLessThan(0.23);
    expect(Math.abs(mean)).toBeLessThan(0.08);
  });

  test("is the same for the same seed, whoever else is there", () => {
    const few = plan("    drift: { shared: 0.1, own: 0.1 }");
    const more = loadText(
      scenarioText(
        `${NEURONS}\n      - { name: late, alpha_stake: 1 alpha, weights: { miner-1: 1 } }\n    drift: { shared: 0.1, own: 0.1 }`,
      ),
      { seed: "1" },
    ).comparisons[0]!;
    for (const uid of [0, 1, 2]) expect(rowAt(more, 7, uid)).toEqual(rowAt(few, 7, uid));
    expect(rowAt(plan("    drift: { shared: 0.1 }", "2"), 7, 0)).not.toEqual(
      rowAt(plan("    drift: { shared: 0.1 }"), 7, 0),
    );
  });

  test("follows rows that change", () => {
    const text = `    weights: { by_epoch: { 0: { v-0: { miner: 1 } }, 5: { v-0: { miner-0: 1, miner-1: 4 } } } }
    drift: { shared: 0.1 }`;
    const subnet = plan(text);
    expect(relation(rowAt(subnet, 5, 0))).toBeCloseTo(4 * relation(rowAt(subnet, 5, 1)), 12);
  });

  test("that moves nothing, or too much, is refused", () => {
    expect(() => plan("    drift: {}")).toThrow(/subnets\[0\]\.drift: moves nothing/);
    expect(() => plan("    drift: { own: -1 }")).toThrow(/drift\.own/);
    const long = scenarioText(`${NEURONS}\n    drift: { own: 0.1 }`).replace("epochs: 10", "epochs: 5000000");
    expect(() => loadText(long)).toThrow(/drift: moves 6 weights in 5000000 epochs/);
  });
});

describe("delays", () => {
  const rows =
    "    weights: { by_epoch: { 0: { v-0: { miner: 1 } }, 3: { v-0: { miner-0: 1, miner-1: 2 } }, 4: { v-0: { miner-0: 1, miner-1: 3 } } } }";

  test("let a validator set late what it means to set", () => {
    const late = plan(`${rows}\n    delays: { v-0: 2 }`);
    expect([3, 4, 5, 6, 7].map((epoch) => rowAt(late, epoch, 0))).toEqual([
      undefined,
      undefined,
      [1, 2],
      [1, 3],
      undefined,
    ]);
    expect(first(late, 0)).toEqual([65_535, 65_535]);
  });

  test("hold for a group, and after a drift", () => {
    const intime = plan("    drift: { shared: 0.1 }");
    const late = plan("    drift: { shared: 0.1 }\n    delays: { v: 1 }");
    for (const uid of [0, 1]) expect(rowAt(late, 5, uid)).toEqual(rowAt(intime, 4, uid));
    expect(rowAt(late, 5, 2)).toEqual(rowAt(intime, 5, 2));
  });

  test("of somebody who is not there are refused", () => {
    expect(() => plan("    delays: { nobody: 1 }")).toThrow(/delays\.nobody: there is no neuron "nobody"/);
  });
});

describe("bond resets", () => {
  test("happen before their epoch", () => {
    const subnet = plan("    bond_resets: [{ epoch: 3, neuron: miner-1 }, { epoch: 3, neuron: 0 }]");
    expect([2, 3, 4].map((epoch) => subnet.changesBefore(epoch).bondResets)).toEqual([
      undefined,
      [4, 0],
      undefined,
    ]);
    expect(() => plan("    bond_resets: [{ epoch: 3, neuron: other }]")).toThrow(
      /bond_resets\[0\]\.neuron: there is no neuron "other"/,
    );
  });
});
