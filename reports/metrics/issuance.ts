import { ratioOf } from "./amounts.ts";
import type { MetricDefinition } from "./definition.ts";

/** All TAO that can ever be, rao; of every alpha the same number. */
export const SUPPLY_CAP = 21_000_000_000_000_000n;

/**
 * M52, threshold of the (k + 1)-th halving: `21M (1 - 2^-(k + 1))` rao, rounded up, so that the issuance has reached it.
 * The chain's own curve computes in 32 binary digits and departs from it by some rao late in its life.
 *
 * @param k 0 for the first halving.
 */
export function halvingThreshold(k: number): bigint {
  return SUPPLY_CAP - (SUPPLY_CAP >> BigInt(k + 1));
}

/** M52, the number of halvings that an issuance is past. @returns a count from 0; 55 at the cap, where no rao is left */
export function halvingsPassed(issuance: bigint): number {
  let k = 0;
  while (k < 55 && issuance >= halvingThreshold(k)) k++;
  return k;
}

/** A sample of the issuance. */
export interface IssuanceSample {
  readonly block: number;
  /** Rao. */
  readonly issuance: bigint;
}

/** M52, a halving within a run. */
export interface Halving {
  /** 1 for the first. */
  readonly number: number;
  /** Rao. */
  readonly threshold: bigint;
  /** The first sampled block at which the issuance had reached it. */
  readonly block: number;
}

/** M52, the halvings that fall between the samples, in order. */
export function halvingsWithin(samples: readonly IssuanceSample[]): Halving[] {
  const halvings: Halving[] = [];
  for (let i = 1; i < samples.length; i++) {
    const passed = halvingsPassed(samples[i]!.issuance);
    for (let k = halvingsPassed(samples[i - 1]!.issuance); k < passed; k++)
      halvings.push({ number: k + 1, threshold: halvingThreshold(k), block: samples[i]!.block });
  }
  return halvings;
}

/** M52, issuance over the cap, a ratio. */
export function supplyShare(issuance: bigint): number {
  return ratioOf(issuance, SUPPLY_CAP);
}

/**
 * M52, delay of the next halving by recycling: blocks of emission that have to be minted again.
 *
 * @param recycled rao.
 * @param emissionPerBlock rao.
 * @returns blocks, or `null` when nothing is emitted.
 */
export function halvingDelay(recycled: bigint, emissionPerBlock: bigint): number | null {
  return emissionPerBlock > 0n ? ratioOf(recycled, emissionPerBlock) : null;
}

export const ISSUANCE: MetricDefinition = {
  id: "M52",
  name: "Issuance and halvings",
  section: "Emission, supply and distribution",
  text: "All TAO that was issued, over time and as a part of the 21 million that can be, the block of every halving, and by how many blocks recycling delays the next one.",
  formula:
    "I(t); I / 21M; threshold of halving k + 1 = 21M (1 - 2^-(k + 1)) and the first block at or above it; recycled / emission per block",
  units: ["rao", "ratio", "blocks", "blocks"],
  edges:
    "Between samples: the first sampled block at or above the threshold. Emission 0: no delay. Late thresholds of the chain depart by some rao.",
  reference: "the chain's issuance curve",
  inputs: "`blocks.issuance`, `blocks.block_emission`, `blocks.unspent`",
  functions: {
    "issuance.ts": ["halvingThreshold", "halvingsPassed", "halvingsWithin", "supplyShare", "halvingDelay"],
  },
};
