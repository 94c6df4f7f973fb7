/** The supply of TAO over time by arithmetic: what a run of all 328 million blocks would show (spec/emission.md 2). */
import { BASE_EMISSION, HALVING_THRESHOLDS } from "./issuance.ts";

/** A stretch of the curve with one emission per block. */
export interface Era {
  /** Halvings before it. */
  readonly halvings: number;
  /** Rao per block. */
  readonly emission: bigint;
  /** Issuance at its start, rao. */
  readonly issuance: bigint;
  /** Blocks from the start of the curve. */
  readonly firstBlock: bigint;
  readonly blocks: bigint;
}

const ceilDiv = (a: bigint, b: bigint): bigint => (a + b - 1n) / b;

/**
 * The eras from `issuance` on, when every block's emission is spent: each era begins with the first issuance that is
 * not below its threshold, so it can begin up to one emission above it. What a block does not spend goes back to the
 * curve and makes eras longer; this is the shortest curve.
 */
export function supplyCurve(issuance = 0n): Era[] {
  const eras: Era[] = [];
  let reached = issuance;
  let block = 0n;
  for (const [halvings, threshold] of HALVING_THRESHOLDS.entries()) {
    if (reached >= threshold) continue;
    const emission = BASE_EMISSION >> BigInt(halvings);
    const blocks = ceilDiv(threshold - reached, emission);
    eras.push({ halvings, emission, issuance: reached, firstBlock: block, blocks });
    reached += blocks * emission;
    block += blocks;
  }
  return eras;
}

/** Blocks that the curve takes from nothing to an issuance; to its end where it never gets there. */
export function curveBlocks(issuance: bigint): bigint {
  let blocks = 0n;
  for (const era of supplyCurve()) {
    if (issuance <= era.issuance) break;
    const needed = ceilDiv(issuance - era.issuance, era.emission);
    blocks = era.firstBlock + (needed < era.blocks ? needed : era.blocks);
  }
  return blocks;
}

/** Issuance after `block` blocks of the curve, rao. */
export function issuanceAt(eras: readonly Era[], block: bigint): bigint {
  let reached = eras[0]?.issuance ?? 0n;
  for (const { issuance, emission, firstBlock, blocks } of eras) {
    if (block < firstBlock) break;
    const passed = block - firstBlock;
    reached = issuance + emission * (passed < blocks ? passed : blocks);
  }
  return reached;
}
