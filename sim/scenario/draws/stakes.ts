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
  const stakes: bigint[] = [];
  for (const label of labels) {
    const value = draw(distribution, openStream(seed, `subnet-${netuid}/${label}`, purpose));
    const rao = BigInt(Math.floor(value + 0.5));
    if (rao > U64_MAX)
      throw new Unfit(`the draw for ${label} is ${rao} rao, more than 64 bits hold; add at_most`);
    stakes.push(rao);
  }
  return stakes;
}

/** Parts of the largest size that sizes are rounded to. */
const PARTS = 0x100_0000_0000;

/**
 * Divides a stake among neurons in proportion to sizes that each draws from its own stream. Every rao is given out.
 * @param purpose which stake, and from which epoch on
 * @returns rao
 */
export function divideStake(
  total: bigint,
  shares: Distribution<number>,
  labels: readonly string[],
  seed: string,
  netuid: number,
  purpose: string,
): bigint[] {
  const sizes = labels.map((label) => draw(shares, openStream(seed, `subnet-${netuid}/${label}`, purpose)));
  const largest = Math.max(...sizes);
  if (largest === 0) throw new Unfit("all sizes that were drawn are 0; give shares that are not");
  const parts = sizes.map((size) => BigInt(Math.floor((size / largest) * PARTS)));
  const sum = parts.reduce((all, part) => all + part, 0n);
  let [upTo, given] = [0n, 0n];
  return parts.map((part) => {
    upTo += part;
    const before = given;
    given = (total * upTo) / sum;
    return given - before;
  });
}
