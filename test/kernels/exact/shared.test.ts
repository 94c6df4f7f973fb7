import { describe, expect, it } from "vitest";
import { SharedBatch } from "../../../kernels/exact/shared.ts";
import { randomEpoch } from "./random-epochs.ts";

describe("SharedBatch", () => {
  it("gives every input back as it was", () => {
    const inputs = Array.from({ length: 200 }, (_, seed) => randomEpoch(seed, 30));
    const batch = SharedBatch.of(inputs);
    expect(batch).toHaveLength(inputs.length);
    // As a thread sees it.
    const opened = new SharedBatch(batch.memory, batch.length);
    for (const [k, input] of inputs.entries()) expect(opened.input(k)).toEqual(input);
  });

  it("stores rows that several inputs name once, and gives them back as the same object", () => {
    const one = randomEpoch(9, 200);
    const other = { ...one, kappa: 30000 };
    const batch = SharedBatch.of([one, other]);
    expect(batch.input(0).weights).toBe(batch.input(1).weights);
    expect(batch.input(0).bonds).toBe(batch.input(1).bonds);
    expect(batch.memory.byteLength - SharedBatch.of([one]).memory.byteLength).toBeLessThan(400);
    const third = { ...one, weights: { ...one.weights, values: one.weights.values.slice() } };
    const copied = SharedBatch.of([one, third]);
    expect(copied.input(1).weights).not.toBe(copied.input(0).weights);
    expect(copied.input(1).weights).toEqual(one.weights);
  });
});
