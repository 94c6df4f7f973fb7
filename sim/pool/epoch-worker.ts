/** What a thread of `EpochPool` runs. */
import type { EpochInput } from "../../kernels/epoch.ts";
import { ExactKernel } from "../../kernels/exact/kernel.ts";
import { SharedBatch } from "../../kernels/exact/shared.ts";
import { EpochResults } from "./results.ts";

/** A batch, memory for its results, and how many of its epochs are taken already: an i32. */
export interface EpochTask {
  readonly inputs: SharedArrayBuffer;
  readonly outputs: SharedArrayBuffer;
  readonly length: number;
  readonly counter: SharedArrayBuffer;
}

/** Epochs that a thread takes at once: few, so that all threads end together. */
const CHUNK = 8;

const kernel = new ExactKernel();

/** Computes epochs of the batch until all are taken. */
export default function runTask({ inputs, outputs, length, counter }: EpochTask): void {
  const batch = new SharedBatch(inputs, length);
  const results = new EpochResults(outputs, length);
  const taken = new Int32Array(counter);
  let current = 0;
  function* takeInputs(): Generator<EpochInput> {
    for (;;) {
      const first = Atomics.add(taken, 0, CHUNK);
      if (first >= length) return;
      for (current = first; current < Math.min(first + CHUNK, length); current++) yield batch.input(current);
    }
  }
  kernel.stepEach(takeInputs(), (subnet) => results.write(current, subnet));
}
