/** What a thread of `EpochPool` runs. */
import { move, transferableSymbol, valueSymbol } from "piscina";
import { ExactKernel } from "../../kernels/exact/kernel.ts";
import { SharedBatch } from "../../kernels/exact/shared.ts";
import { packResults, type PackedResults } from "./results.ts";

/** A batch, and how many of its epochs are taken already: an i32. */
export interface EpochTask {
  readonly memory: SharedArrayBuffer;
  readonly length: number;
  readonly counter: SharedArrayBuffer;
}

/** Epochs that a thread takes at once: few, so that all threads end together. */
const CHUNK = 8;

const kernel = new ExactKernel();

/** Computes epochs of the batch until all are taken; the buffers of the results move to the caller's thread. */
export default function runTask({ memory, length, counter }: EpochTask): unknown {
  const batch = new SharedBatch(memory, length);
  const taken = new Int32Array(counter);
  const parts: PackedResults[] = [];
  for (;;) {
    const first = Atomics.add(taken, 0, CHUNK);
    if (first >= length) break;
    const count = Math.min(CHUNK, length - first);
    const outputs = kernel.runEpochs(Array.from({ length: count }, (_, k) => batch.input(first + k)));
    parts.push(packResults(first, outputs));
  }
  return move({
    [transferableSymbol]: parts.flatMap(({ buffer, directory }) => [buffer, directory.buffer]),
    [valueSymbol]: parts,
  });
}
