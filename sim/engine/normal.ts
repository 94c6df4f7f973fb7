import { stableCos, stableLog } from "../../kernels/stable-math.ts";
import type { RandomStream } from "./random.ts";

const TWO_PI = 6.283185307179586;

/** Uniform over (0, 1]: a logarithm of zero is no number. */
export function openUniform(stream: RandomStream): number {
  return 1 - stream.uniform();
}

/** Standard normal, by the first half of a Box-Muller pair: two draws each, so that streams stay easy to follow. */
export function drawNormal(stream: RandomStream): number {
  const radius = Math.sqrt(-2 * stableLog(openUniform(stream)));
  return radius * stableCos(TWO_PI * stream.uniform());
}

/** Exponential with the given mean. */
export function drawExponential(stream: RandomStream, mean: number): number {
  return -mean * stableLog(openUniform(stream));
}
