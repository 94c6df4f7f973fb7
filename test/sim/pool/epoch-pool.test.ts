import { describe, expect, it } from "vitest";
import { epochCase } from "../../../bench/epoch-cases.ts";
import { ExactKernel } from "../../../kernels/exact/kernel.ts";
import { SharedBatch } from "../../../kernels/exact/shared.ts";
import { EpochPool } from "../../../sim/pool/epoch-pool.ts";

describe("EpochPool", () => {
  const base = epochCase({ n: 64, validators: 16, yuma3: true, liquidAlpha: true, density: 0.8, seed: 5 });
  const batch = Array.from({ length: 50 }, (_, k) =>
    k % 3 === 0
      ? epochCase({
          n: 40 + k,
          validators: 10,
          yuma3: k % 2 === 0,
          liquidAlpha: false,
          density: 0.5,
          seed: k,
        })
      : { ...base, kappa: 20000 + 100 * k },
  );
  const expected = batch.map((input) => new ExactKernel().runEpoch(input));

  it("computes a batch in one call as one by one", () => {
    expect(new ExactKernel().runEpochs(batch)).toEqual(expected);
  });

  it.each([1, 2, 3])("gives the same bytes with %i workers", async (workers) => {
    const pool = new EpochPool(workers);
    try {
      const results = await pool.run(SharedBatch.of(batch));
      expect(results).toHaveLength(batch.length);
      expect([...results]).toEqual(expected);
      expect([...(await pool.run(SharedBatch.of([])))]).toEqual([]);
    } finally {
      await pool.close();
    }
  });
});
