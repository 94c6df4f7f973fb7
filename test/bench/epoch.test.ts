import { describe, expect, it } from "vitest";
import { epochCase } from "../../bench/epoch-cases.ts";
import {
  denseCase,
  FORMULAS,
  outputHash,
  PARTS,
  partShares,
  timeEpoch,
  timeInput,
} from "../../bench/epoch.ts";
import { timeFloat64 } from "../../bench/float64.ts";
import { timePool } from "../../bench/pool.ts";
import { alikeCase, unsortedCase } from "../../bench/worst-cases.ts";
import { ExactKernel } from "../../kernels/exact/kernel.ts";

describe("the benchmark of the exact kernel", () => {
  it.each(FORMULAS)("times an epoch whose hash is that of the plain path, yuma3 %s", (formula) => {
    const epoch = denseCase(80, 16, formula, 0.5);
    const timing = timeEpoch(epoch, 3);
    const subnet = new ExactKernel().load(epochCase(epoch));
    subnet.stepScalar();
    expect(timing.hash).toBe(outputHash(subnet.read()));
    expect(timing.entries).toBe(epochCase(epoch).weights.uids.length);
    for (const nanoseconds of [timing.afresh, timing.steady, timing.walking])
      expect(nanoseconds).toBeGreaterThan(0);
  });

  it("times parts, worst cases and the float64 kernel", () => {
    const shares = partShares(denseCase(80, 16, "on"), 3);
    expect(shares).toHaveLength(PARTS.length);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    for (const formula of FORMULAS) {
      expect(timeInput(alikeCase(80, 16, formula), 2).afresh).toBeGreaterThan(0);
      expect(timeInput(unsortedCase(80, 16, formula), 2).afresh).toBeGreaterThan(0);
    }
    expect(timeFloat64(80, 16, "on", 2)).toBeGreaterThan(0);
  });

  it("times a batch with the same results for each number of threads", async () => {
    const timings = await timePool(6, [1, 2]);
    expect(timings.map(({ workers }) => workers)).toEqual([1, 2]);
    expect(timings[1]?.hash).toBe(timings[0]?.hash);
  });
});
