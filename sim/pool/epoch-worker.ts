/** What a thread of `EpochPool` runs. */
import { move, transferableSymbol, valueSymbol } from "piscina";
import type { EpochInput, EpochOutput } from "../../kernels/epoch.ts";
import { ExactKernel } from "../../kernels/exact/kernel.ts";

const kernel = new ExactKernel();

function buffersOf({ bonds, ...columns }: EpochOutput): ArrayBufferLike[] {
  return [...Object.values(columns), ...Object.values(bonds)].map(({ buffer }) => buffer as ArrayBufferLike);
}

/** Computes a task; the buffers of the results move to the caller's thread. */
export default function runTask(inputs: readonly EpochInput[]): unknown {
  const outputs = kernel.runEpochs(inputs);
  return move({ [transferableSymbol]: outputs.flatMap(buffersOf), [valueSymbol]: outputs });
}
