/** What registering a subnet costs (spec/subnets.md 2). */
import { blockEmission } from "../coinbase/issuance.ts";
import { fromInteger, I64F64, safeDiv, saturatingMul, toU64 } from "../numbers/fixed.ts";
import { max, mulU64, subU64 } from "../numbers/integers.ts";
import type { NetworkState } from "../state/network.ts";

const FULL_EMISSION = 1_000_000_000n;

/** Blocks in which the cost falls by the last cost: shorter, the less the chain emits. */
export function lockReductionInterval(setting: bigint, totalIssuance: bigint): bigint {
  const emission = safeDiv(
    I64F64,
    fromInteger(I64F64, blockEmission(totalIssuance)),
    fromInteger(I64F64, FULL_EMISSION),
  );
  return toU64(I64F64, saturatingMul(I64F64, fromInteger(I64F64, setting), emission));
}

/**
 * The cost, rao: twice the last cost, falling linearly to the minimum.
 * @param lastBlock block of the last registration, 0 = never: then it starts at the last cost
 */
export function lockCost(
  lastCost: bigint,
  lastBlock: bigint,
  block: bigint,
  interval: bigint,
  minimum: bigint,
): bigint {
  const start = lastBlock === 0n ? lastCost : mulU64(lastCost, 2n);
  const perBlock = interval === 0n ? 0n : lastCost / interval;
  return max(minimum, subU64(start, mulU64(perBlock, subU64(block, lastBlock))));
}

/** The present cost of a network. */
export function networkLockCost({
  block,
  totalIssuance,
  lastLockCost,
  lastNetworkRegistration,
  parameters,
}: NetworkState): bigint {
  const interval = lockReductionInterval(parameters.networkLockReductionInterval, totalIssuance);
  return lockCost(
    lastLockCost,
    BigInt(lastNetworkRegistration),
    BigInt(block),
    interval,
    parameters.networkMinLockCost,
  );
}
