import { stableExp, stablePow } from "../../../kernels/stable-math.ts";
import { drawExponential, drawNormal, openUniform } from "../../engine/normal.ts";
import type { RandomStream } from "../../engine/random.ts";
import type { Distribution } from "../schema/distribution.ts";

/** One draw; amounts in rao come back as a number, unrounded. Never negative. */
export function draw(distribution: Distribution<bigint | number>, stream: RandomStream): number {
  switch (distribution.distribution) {
    case "constant":
      return Number(distribution.value);
    case "uniform": {
      const min = Number(distribution.min);
      return min + (Number(distribution.max) - min) * stream.uniform();
    }
    case "normal":
      return bounded(
        Number(distribution.mean) + Number(distribution.deviation) * drawNormal(stream),
        distribution,
      );
    case "log-normal":
      return bounded(
        Number(distribution.median) * stableExp(distribution.sigma * drawNormal(stream)),
        distribution,
      );
    case "pareto":
      return bounded(
        Number(distribution.min) * stablePow(openUniform(stream), -1 / distribution.shape),
        distribution,
      );
    case "exponential":
      return bounded(drawExponential(stream, Number(distribution.mean)), distribution);
    case "empirical":
      break;
  }
  return Number(distribution.values[stream.below(distribution.values.length)]!);
}

function bounded(
  value: number,
  {
    at_least,
    at_most,
  }: { readonly at_least?: bigint | number | undefined; readonly at_most?: bigint | number | undefined },
): number {
  const least = at_least === undefined ? 0 : Number(at_least);
  const most = at_most === undefined ? Number.MAX_VALUE : Number(at_most);
  return Math.min(Math.max(value, least), most);
}
