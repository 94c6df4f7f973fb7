/** A task of the map: some major weights of one stake, against all minor weights. */
import { ExactKernel } from "../../kernels/exact/kernel.ts";
import type { MapOptions } from "./grid.ts";
import { averageWeightDeviation, drawSamples, type SampleSource } from "./network.ts";
import { MapNetwork } from "./points.ts";
import { gaussianSource, integerSource } from "./sources.ts";

export interface LinesTask {
  readonly options: MapOptions;
  readonly majorStakePercent: number;
  /** Positions in `options.weights`: the first line, and the one after the last. */
  readonly start: number;
  readonly end: number;
}

export interface LinesResult {
  /** Of the stake, which the task of its first line finds; null in the others. */
  readonly averageWeightDeviation: number | null;
  readonly retained: Float64Array;
}

/** Every point of the grid draws the same samples, so a task can draw them for itself. */
function openSource({ source, seed, weightDeviation }: MapOptions, majorStakePercent: number): SampleSource {
  if (source === "integer") return integerSource(Number(seed));
  return gaussianSource(seed, majorStakePercent, weightDeviation);
}

const kernel = new ExactKernel();

export default function mapLines({ options, majorStakePercent, start, end }: LinesTask): LinesResult {
  const samples = drawSamples(openSource(options, majorStakePercent), majorStakePercent);
  const network = new MapNetwork(kernel, samples, options.bondsPenalty, options.kappa);
  const { weights } = options;
  const retained = new Float64Array((end - start) * weights.length);
  let k = 0;
  for (const majorWeight of weights.slice(start, end))
    for (const minorWeight of weights) {
      const { major, total } = network.retention(majorWeight, minorWeight);
      retained[k++] = total === 0 ? 0 : major / total;
    }
  network.free();
  const deviation = start === 0 ? averageWeightDeviation(samples, 100, 100) : null;
  return { averageWeightDeviation: deviation, retained };
}
