/** What one subnet takes from a block's emission, before anything is injected (spec/emission.md 5). */
import {
  convert,
  fromInteger,
  safeDiv,
  saturatingAdd,
  saturatingMul,
  saturatingSub,
  U64F64,
  U96F32,
} from "../numbers/fixed.ts";
import { addU64, U64_MAX } from "../numbers/integers.ts";
import { blockEmission } from "./issuance.ts";

/** TaoWeight (u64 of 2^64 - 1) as U96F32. */
export const taoWeightFraction = (taoWeight: bigint): bigint =>
  safeDiv(U96F32, fromInteger(U96F32, taoWeight), fromInteger(U96F32, U64_MAX));

/** The root proportion of a subnet, U96F32: weighted root TAO against the subnet's alpha issuance. */
export function rootProportion(rootTao: bigint, alphaIssuance: bigint, taoWeight: bigint): bigint {
  const root = saturatingMul(U96F32, fromInteger(U96F32, rootTao), taoWeight);
  return safeDiv(U96F32, root, saturatingAdd(U96F32, root, fromInteger(U96F32, alphaIssuance)));
}

export interface TermsInput {
  readonly alphaIn: bigint;
  readonly alphaOut: bigint;
  /** Current pool price, U64F64. */
  readonly price: bigint;
  /** e_i, U96F32 rao. */
  readonly taoEmission: bigint;
}

/** All U96F32 rao. */
export interface Terms {
  readonly taoIn: bigint;
  readonly alphaIn: bigint;
  readonly alphaOut: bigint;
  readonly excess: bigint;
}

/**
 * The terms of one subnet.
 * @param rootTao SubnetTAO of root, rao
 * @param taoWeight U96F32
 */
export function subnetTerms(input: TermsInput, rootTao: bigint, taoWeight: bigint): Terms {
  const issuance = addU64(input.alphaIn, input.alphaOut);
  const alphaOut = fromInteger(U96F32, blockEmission(issuance));
  const price = convert(U64F64, U96F32, input.price);
  let alphaIn = safeDiv(U96F32, input.taoEmission, price);
  let taoIn = input.taoEmission;
  const cap = saturatingMul(U96F32, rootProportion(rootTao, issuance, taoWeight), alphaOut);
  if (alphaIn > cap) {
    alphaIn = cap;
    taoIn = saturatingMul(U96F32, alphaIn, price);
  }
  return { taoIn, alphaIn, alphaOut, excess: saturatingSub(U96F32, input.taoEmission, taoIn) };
}

/** How a subnet's alpha of one block is divided, whole rao (spec/emission.md 7). */
export interface ParticipantsSplit {
  readonly ownerCut: bigint;
  readonly root: bigint;
  readonly server: bigint;
  readonly validator: bigint;
}

/**
 * The alpha of a block for owner, root, miners and validators.
 * @param alphaOut U96F32 rao
 * @param ownerCut u16 of 65535, null where the subnet pays none
 * @param proportion root proportion after the injection, U96F32
 */
export function participantsSplit(
  alphaOut: bigint,
  ownerCut: bigint | null,
  proportion: bigint,
): ParticipantsSplit {
  let rest = alphaOut;
  let cut = 0n;
  if (ownerCut !== null) {
    const fraction = safeDiv(U96F32, fromInteger(U96F32, ownerCut), fromInteger(U96F32, 65_535n));
    cut = saturatingMul(U96F32, alphaOut, fraction);
    rest = saturatingSub(U96F32, alphaOut, cut);
  }
  const half = U96F32.one / 2n;
  const root = saturatingMul(U96F32, saturatingMul(U96F32, proportion, rest), half);
  const server = saturatingMul(U96F32, rest, half);
  const validator = saturatingSub(U96F32, saturatingSub(U96F32, rest, server), root);
  return { ownerCut: cut >> 32n, root: root >> 32n, server: server >> 32n, validator: validator >> 32n };
}
