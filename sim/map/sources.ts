/** The two random sources of the map. */
import { stableCos, stableLog, stableSin } from "../../kernels/stable-math.ts";
import { RandomStream } from "../engine/random.ts";
import type { SampleSource } from "./network.ts";

/** Standard deviation of stakes inside a side, of a mean of 1. */
const STAKE_DEVIATION = 0.3;

/** max(0, 1 + deviation * z) with z standard normal (Box and Muller), from a named stream. */
export function gaussianSource(
  seed: string,
  majorStakePercent: number,
  weightDeviation: number,
): SampleSource {
  const stream = RandomStream.open(`${seed}/map/${majorStakePercent}`);
  let spare: number | undefined;
  const normal = (): number => {
    if (spare !== undefined) {
      const z = spare;
      spare = undefined;
      return z;
    }
    // 1 - uniform lies in (0, 1], whose logarithm exists.
    const radius = Math.sqrt(-2 * stableLog(1 - stream.uniform()));
    const angle = 2 * Math.PI * stream.uniform();
    spare = radius * stableSin(angle);
    return radius * stableCos(angle);
  };
  const sample = (deviation: number): number => Math.max(0, 1 + deviation * normal());
  return { stake: () => sample(STAKE_DEVIATION), weight: () => sample(weightDeviation) };
}

/**
 * The source of the chain's vectors, integers only: sums of twelve 16-bit draws of a 32-bit generator, in units of
 * 1 / 655360 (golden/epoch.md).
 */
export function integerSource(seed: number): SampleSource {
  let state = seed | 0;
  const draw = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 16;
  };
  const sample = (factor: number): number => {
    let sum = 0;
    for (let k = 0; k < 12; k++) sum += draw();
    return Math.max(0, 655360 + factor * (sum - 393210));
  };
  return { stake: () => sample(3), weight: () => sample(4) };
}
