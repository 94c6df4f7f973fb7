/** The moving (EMA) price of a subnet (spec/emission.md 10.1). */
import {
  convert,
  fromInteger,
  I96F32,
  safeDiv,
  saturatingAdd,
  saturatingMul,
  saturatingSub,
  U64F64,
} from "../numbers/fixed.ts";
import { addU64, min, subU64 } from "../numbers/integers.ts";

/**
 * The part of the current price that a block takes in, U64F64: it grows with the age of the subnet.
 * @param movingAlpha SubnetMovingAlpha, I96F32
 * @param age blocks since the first emission
 */
export const movingRate = (movingAlpha: bigint, age: bigint, halvingBlocks: bigint): bigint =>
  saturatingMul(
    U64F64,
    convert(I96F32, U64F64, movingAlpha),
    safeDiv(U64F64, fromInteger(U64F64, age), fromInteger(U64F64, addU64(age, halvingBlocks))),
  );

/**
 * The moving price after one block, I96F32. With default parameters most steps are lost in the last floor.
 * @param price current price, U64F64
 * @param old the price that counts for shares, U64F64
 * @param movingAlpha SubnetMovingAlpha, I96F32
 * @param firstEmissionBlock 0 where the subnet has not started
 */
export function nextMovingPrice(
  price: bigint,
  old: bigint,
  movingAlpha: bigint,
  block: bigint,
  firstEmissionBlock: bigint,
  halvingBlocks: bigint,
): bigint {
  const age = subU64(block, subU64(firstEmissionBlock, 1n));
  const alpha = movingRate(movingAlpha, age, halvingBlocks);
  const moved = saturatingMul(U64F64, alpha, min(U64F64.one, price));
  const kept = saturatingMul(U64F64, saturatingSub(U64F64, U64F64.one, alpha), old);
  return convert(U64F64, I96F32, saturatingAdd(U64F64, moved, kept));
}
