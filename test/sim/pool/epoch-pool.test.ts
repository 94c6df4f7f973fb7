import { describe, expect, it } from "vitest";
import { epochCase } from "../../../bench/epoch-cases.ts";
import type { EpochInput } from "../../../kernels/epoch.ts";
import { ExactKernel } from "../../../kernels/exact/kernel.ts";
import { SharedBatch } from "../../../kernels/exact/shared.ts";
import { EpochPool } from "../../../sim/pool/epoch-pool.ts";
import { EpochResults } from "../../../sim/pool/results.ts";

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

  it("writes over results that are no longer needed", async () => {
    const shared = SharedBatch.of(batch);
    const results = EpochResults.of(shared);
    // Other stakes and parameters, some of which leave more bonds, some none.
    const others = batch.map((input, k) => ({
      ...input,
      alphaStake: input.alphaStake.toReversed(),
      validatorPermit: input.validatorPermit.map((permit) => (k % 4 === 0 ? 0 : permit)),
      maxAllowedValidators: k % 5,
    }));
    const pool = new EpochPool(2);
    try {
      expect(await pool.run(SharedBatch.of(others), results)).toBe(results);
      expect([...results]).toEqual(others.map((input) => new ExactKernel().runEpoch(input)));
      expect([...results]).not.toEqual(expected);
      await pool.run(shared, results);
      expect([...results]).toEqual(expected);
    } finally {
      await pool.close();
    }
  });

  it("refuses memory that was made for other sizes, and works on", async () => {
    const resultsOf = (inputs: EpochInput[]): EpochResults => EpochResults.of(SharedBatch.of(inputs));
    const none = { offsets: new Uint32Array(65), uids: new Uint16Array(), values: new Uint16Array() };
    const pool = new EpochPool(1);
    try {
      const one = SharedBatch.of([base]);
      await expect(pool.run(one, resultsOf(batch))).rejects.toThrow(
        "the batch has 1 epochs, the memory is for the results of 50",
      );
      await expect(pool.run(one, resultsOf([batch[0] as EpochInput]))).rejects.toThrow(
        /result 0 has 64 neurons and \d+ bonds; its memory was made for 40/,
      );
      await expect(pool.run(one, resultsOf([{ ...base, weights: none, bonds: none }]))).rejects.toThrow(
        /made for 64 and at most 0$/,
      );
      expect([...(await pool.run(one))]).toEqual([new ExactKernel().runEpoch(base)]);
    } finally {
      await pool.close();
    }
  });
});
