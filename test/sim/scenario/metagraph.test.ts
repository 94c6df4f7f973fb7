import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { permitsAfterEpoch } from "../../../sim/scenario/permits.ts";
import { loadScenario, type SubnetPlan } from "../../../sim/scenario/index.ts";
import { loadText, scenarioText } from "./files.ts";

const SNAPSHOT = {
  format: "metagraph/1",
  netuid: 9,
  block: 5000,
  n: 4,
  uids: [0, 1, 2, 3],
  hotkeys: ["5A", "5B", "5C", "5D"],
  stake: [1894367.1, 2.1e-8, 0.0000000005, 1000],
  weights: [
    { uid: 3, to: [2, 0, 1], w: [0.5, 0.000007629453, 0.25] },
    { uid: 0, to: [1, 2], w: [0.75, 0.25] },
  ],
};

const imported = scenarioText(
  "    hyperparameters: { stake_threshold: 1000 TAO }\n    import: { metagraph: m.json.gz }",
);

function rowOf(plan: SubnetPlan, uid: number): [number, number][] {
  const { offsets, uids, values } = plan.weights;
  const entries: [number, number][] = [];
  for (let k = offsets[uid]!; k < offsets[uid + 1]!; k++) entries.push([uids[k]!, values[k]!]);
  return entries;
}

describe("a snapshot becomes state", () => {
  const scenario = loadText(imported, { files: { "m.json.gz": gzipSync(JSON.stringify(SNAPSHOT)) } });
  const plan = scenario.comparisons[0]!;

  test("stake is TAO, to the nearest rao, and counts in full", () => {
    expect([...plan.taoStake]).toEqual([1_894_367_100_000_000n, 21n, 1n, 1_000_000_000_000n]);
    expect([...plan.alphaStake]).toEqual([0n, 0n, 0n, 0n]);
    expect(plan.hyperparameters.taoWeight).toBe(0xffff_ffff_ffff_ffffn);
  });

  test("weights are scaled by the chain's max-upscale, in their stored order", () => {
    expect(rowOf(plan, 3)).toEqual([
      [2, 65_535],
      [0, 1],
      [1, 32_768],
    ]);
    expect(rowOf(plan, 0)).toEqual([
      [1, 65_535],
      [2, 21_845],
    ]);
    expect(rowOf(plan, 1)).toEqual([]);
  });

  test("the clock starts at the snapshot's block, as if an epoch had just run", () => {
    expect(plan.lastMechanismStepBlock).toBe(5000n);
    expect(plan.firstEpochBlock).toBe(5360n);
    expect([...plan.lastUpdate]).toEqual([5000n, 5000n, 5000n, 5000n]);
    expect([...plan.blockAtRegistration]).toEqual([0n, 0n, 0n, 0n]);
    expect([...plan.validatorPermit]).toEqual([1, 0, 0, 1]);
    expect(plan.bonds.uids).toHaveLength(0);
  });

  test("its validators send their rows again before every epoch but the first", () => {
    expect(plan.changesBefore(0)).toEqual({});
    expect([...plan.changesBefore(1).lastUpdate!]).toEqual([5719n, 5000n, 5000n, 5719n]);
    expect(plan.changesBefore(1).weightRows).toBeUndefined();
  });

  test("or not, where the scenario says so", () => {
    const once = loadText(imported.replace("    import", "    set_weights: on-change\n    import"), {
      files: { "m.json.gz": gzipSync(JSON.stringify(SNAPSHOT)) },
    }).comparisons[0]!;
    for (const epoch of [0, 1, 50]) expect(once.changesBefore(epoch)).toEqual({});
  });

  test("labels are hotkeys, rows and stakes of the scenario replace those of the snapshot", () => {
    const changed = loadText(
      imported +
        "    owner: 5C\n    weights: { by_epoch: { 0: {}, 2: { 5A: { 5D: 1 } } } }\n    stakes: { file: s.csv }\n",
      { files: { "m.json.gz": gzipSync(JSON.stringify(SNAPSHOT)), "s.csv": "uid,tao_stake\n5B,7 TAO\n" } },
    ).comparisons[0]!;
    expect(changed.hotkeys).toEqual(["5A", "5B", "5C", "5D"]);
    expect(changed.ownerUid).toBe(2);
    expect([...changed.validatorPermit]).toEqual([1, 0, 1, 1]);
    expect(changed.taoStake[1]).toBe(7_000_000_000n);
    expect(changed.changesBefore(2).weightRows).toEqual([
      { uid: 0, uids: Uint16Array.of(3), values: Uint16Array.of(65_535), submitted: [1] },
    ]);
  });

  test("its digest is recorded under the name that the scenario gives it", () => {
    expect(scenario.inputs).toHaveLength(1);
    expect(scenario.inputs[0]).toMatchObject({
      path: "m.json.gz",
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
  });

  test("plain JSON says the same as gzip", () => {
    const plain = loadText(imported.replace("m.json.gz", "m.json"), {
      files: { "m.json": JSON.stringify(SNAPSHOT) },
    }).comparisons[0]!;
    expect({ ...plain, changesBefore: null }).toEqual({ ...plan, changesBefore: null });
  });
});

const REAL = fileURLToPath(
  new URL("../../../../shared/golden/metagraph-sn15-block4769998.json.gz", import.meta.url),
);

describe.skipIf(!existsSync(REAL))(
  "the real subnet 15 (skipped where ../shared/golden/metagraph-sn15-block4769998.json.gz is not: its origin does not allow a copy)",
  () => {
    test("becomes state", () => {
      const plan = loadText(
        scenarioText(
          `    hyperparameters: { stake_threshold: 1000 TAO }\n    import: { metagraph: ${JSON.stringify(REAL)} }`,
        ),
      ).comparisons[0]!;
      const snapshot = JSON.parse(gunzipSync(readFileSync(REAL)).toString()) as {
        stake: number[];
        hotkeys: string[];
        weights: { uid: number; to: number[]; w: number[] }[];
      };
      expect(plan.n).toBe(256);
      expect(plan.hotkeys).toEqual(snapshot.hotkeys);
      expect(plan.firstEpochBlock).toBe(4_770_358n);
      plan.taoStake.forEach((rao, uid) => {
        expect(Number(rao) / 1e9).toBeCloseTo(snapshot.stake[uid]!, 6);
      });
      const permits = [...plan.validatorPermit.keys()].filter((uid) => plan.validatorPermit[uid] === 1);
      expect(permits).toEqual([0, 2, 21, 52, 56, 57, 94, 112, 206, 245, 253]);
      expect(plan.weights.uids).toHaveLength(1687);
      for (const { uid, to, w } of snapshot.weights) {
        const row = rowOf(plan, uid);
        expect(row.map(([target]) => target)).toEqual(to);
        const largest = Math.max(...w);
        row.forEach(([, value], k) => {
          expect(Math.abs(value - (w[k]! / largest) * 65_535)).toBeLessThanOrEqual(0.5);
        });
      }
      const { alphaStake, taoStake, hyperparameters } = plan;
      expect(plan.validatorPermit).toEqual(
        permitsAfterEpoch(alphaStake, taoStake, { ...hyperparameters, ownerUid: null }),
      );
    });

    test("is what scenarios/economy/subnet-15.yaml takes its figures from", () => {
      const path = fileURLToPath(new URL("../../../scenarios/economy/subnet-15.yaml", import.meta.url));
      const profile = (plan: SubnetPlan, uids: readonly number[]): unknown[] =>
        uids.map((uid) => {
          const values = rowOf(plan, uid).map(([, value]) => value);
          const first = Math.max(...values) / values.reduce((a, b) => a + b, 0);
          return [plan.taoStake[uid], values.length, Math.round(first * 1e4)];
        });
      const drawn = loadScenario(path).comparisons[0]!;
      const real = loadScenario(path, { set: [`subnets[0].import.metagraph=${REAL}`] }).comparisons[0]!;
      const figures = profile(real, [2, 52, 56, 0, 21, 57, 94, 112, 206, 245, 253]);
      expect(profile(drawn, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])).toEqual(figures);
      expect(real.firstEpochBlock).toBe(drawn.firstEpochBlock);
    });
  },
);
