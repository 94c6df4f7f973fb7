import { openStream } from "../../engine/random.ts";
import type { Distribution } from "../schema/distribution.ts";
import { U64_MAX, Unfit } from "../units.ts";
import { draw } from "./distribution.ts";

/**
 * Draws the stake of each neuron from its own stream.
 * @param purpose which stake, and from which epoch on
 * @returns rao
 */
export function drawStakes(
  distribution: Distribution<bigint>,
  labels: readonly string[],
  seed: string,
  netuid: number,
  purpose: string,
): bigint[] {
  return labels.map((label) => {
    const value = draw(distribution, openStream(seed, `subnet-${netuid}/${label}`, purpose));
    const rao = BigInt(Math.floor(value + 0.5));
    if (rao > U64_MAX)
      throw new Unfit(`the draw for ${label} is ${rao} rao, more than 64 bits hold; add at_most`);
    return rao;
  });
}
