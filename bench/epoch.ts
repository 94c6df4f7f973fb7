/** Times the exact kernel and compares it with the chain's native code. */
import { createHash } from "node:crypto";
import type { EpochInput, EpochOutput } from "../kernels/epoch.ts";
import { ExactKernel } from "../kernels/exact/kernel.ts";
import { type EpochCase, epochCase } from "./epoch-cases.ts";

/** Best times of the chain's own epoch, compiled natively, one thread, dense cases: milliseconds. */
export const NATIVE_MILLISECONDS: Readonly<Record<string, Readonly<Record<Formula, number>>>> = {
  "256/64": { off: 1.37, on: 1.24, liquid: 5 },
  "1024/64": { off: 7.4, on: 6.3, liquid: 31 },
  "4096/256": { off: 147, on: 134, liquid: 490 },
};

/** Best times of a float32 simulator (PyTorch, no masks, permits or integers), one thread: milliseconds. */
export const FLOAT32_MILLISECONDS: Readonly<Record<string, { readonly off: number; readonly on: number }>> = {
  "256/64": { off: 0.32, on: 0.28 },
  "1024/256": { off: 9.6, on: 8.9 },
};

export type Formula = "off" | "on" | "liquid";

export const FORMULAS: readonly Formula[] = ["off", "on", "liquid"];

/** A dense case of a size, as the native code was timed with. */
export function denseCase(n: number, validators: number, formula: Formula, density = 1): EpochCase {
  return { n, validators, yuma3: formula !== "off", liquidAlpha: formula === "liquid", density, seed: 7 };
}

export interface EpochTiming {
  readonly entries: number;
  /** Nanoseconds of the fastest step that starts from what the step before it left (normalised rows, guess). */
  readonly steady: number;
  /** The same of steps that start from the stored rows alone. */
  readonly afresh: number;
  /** Nanoseconds per step of a run in which each step goes on from the bonds of the one before. */
  readonly walking: number;
  /** First digits of the sha256 of all outputs. */
  readonly hash: string;
  readonly memoryBytes: number;
}

/** The parts of an epoch, as `ExactSubnet.stepParts` counts them. */
export const PARTS = ["stakes", "normalise", "consensus", "bonds", "emission"] as const;

/** The share of each part of an epoch that starts from the stored rows, of 1. */
export function partShares(epoch: EpochCase, repetitions: number): number[] {
  const subnet = new ExactKernel().load(epochCase(epoch));
  subnet.step();
  const until = PARTS.map((_, k) =>
    fastest(
      repetitions,
      () => subnet.forget(),
      () => void subnet.stepParts((k + 1) as 1 | 2 | 3 | 4 | 5),
    ),
  );
  const all = until.at(-1) ?? 1;
  return until.map((end, k) => (end - (until[k - 1] ?? 0)) / all);
}

/** The digest of every output, so that a faster wrong kernel shows. */
export function outputHash({ bonds, ...columns }: EpochOutput): string {
  const hash = createHash("sha256");
  for (const [, column] of Object.entries({ ...columns, ...bonds }).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  return hash.digest("hex").slice(0, 12);
}

function fastest(repetitions: number, prepare: () => void, work: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let k = 0; k < repetitions; k++) {
    prepare();
    const start = process.hrtime.bigint();
    work();
    best = Math.min(best, Number(process.hrtime.bigint() - start));
  }
  return best;
}

export function timeEpoch(epoch: EpochCase, repetitions: number): EpochTiming {
  return timeInput(epochCase(epoch), repetitions);
}

export function timeInput(input: EpochInput, repetitions: number): EpochTiming {
  const kernel = new ExactKernel();
  const subnet = kernel.load(input);
  subnet.step();
  const hash = outputHash(subnet.read());
  const afresh = fastest(
    repetitions,
    () => subnet.forget(),
    () => subnet.step(),
  );
  const steady = fastest(
    repetitions,
    () => {},
    () => subnet.step(),
  );
  const walking = fastest(
    repetitions,
    () => subnet.commitBonds(),
    () => subnet.step(),
  );
  const { memoryBytes } = kernel;
  subnet.free();
  return { entries: input.weights.uids.length, steady, afresh, walking, hash, memoryBytes };
}
