import { createHash } from "node:crypto";
import { VARIANTS } from "../kernels/variants/names.ts";
import { chartSettings } from "../kernels/variants/settings.ts";
import { simulateVariant } from "../kernels/variants/simulate.ts";
import { CaseLibrary } from "../sim/eval/variant/cases.ts";

/** The Python simulator that researchers use: the same runs, without charts, at best. */
const PYTHON_MILLISECONDS = 1650;

const BONDS_PENALTY = 0.99;

/** One line of the benchmark's output. */
export interface VariantsBench {
  readonly bench: "variants";
  /** Cases x variants x epochs of one repetition. */
  readonly epochs: number;
  readonly repetitions: number;
  readonly msMin: number;
  readonly msMedian: number;
  readonly microsecondsPerEpoch: number;
  /** How many times faster than the Python simulator at its best, by the fastest repetition. */
  readonly timesPython: number;
  /** Of all dividends and bonds, as little-endian doubles. */
  readonly sha256: string;
}

/** The 24 cases under the 7 variants: simulation alone, without reading cases or drawing anything. */
export function benchVariants(repetitions: number): VariantsBench {
  const library = new CaseLibrary();
  const cases = library.ids.map((id) => library.get(id));
  const settings = VARIANTS.map((variant) => chartSettings(variant, BONDS_PENALTY));
  const runAll = () => cases.flatMap((story) => settings.map((chosen) => simulateVariant(story, chosen)));

  const hash = createHash("sha256");
  for (const { dividends, bonds } of runAll()) hash.update(dividends).update(bonds);
  const durations = Array.from({ length: repetitions }, () => {
    const start = performance.now();
    runAll();
    return performance.now() - start;
  }).sort((a, b) => a - b);

  const epochs = VARIANTS.length * cases.reduce((total, story) => total + story.epochs, 0);
  const msMin = durations[0] ?? 0;
  return {
    bench: "variants",
    epochs,
    repetitions,
    msMin,
    msMedian: durations[repetitions >> 1] ?? 0,
    microsecondsPerEpoch: (msMin * 1000) / epochs,
    timesPython: PYTHON_MILLISECONDS / msMin,
    sha256: hash.digest("hex"),
  };
}
