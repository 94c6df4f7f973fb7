// From incentive and dividends to rao and to the u16 columns, the steps of ../emission.ts in lanes.
import * as L from "../layout";
import * as plain from "../emission";
import { saturatingAdd, safeDivide, toProportion, toRao } from "../fixed";
import { at16, at64, neurons, parameter, pointer } from "../subnet";
import { toProportionLanes } from "./lanes";
import { fitWords, inDoubt, shareProducts, shareReciprocal, sumOfPair } from "./shares";

/** Fills SERVER_EMISSION, VALIDATOR_EMISSION and EMISSION, two neurons at a time (columns have room for a pair). */
export function computeEmission(subnet: usize): void {
  const n = neurons(subnet);
  const rao = u64(parameter(subnet, L.RAO_EMISSION));
  const incentive = pointer(subnet, L.INCENTIVE_RAW);
  const dividends = pointer(subnet, L.DIVIDENDS_RAW);
  const server = pointer(subnet, L.SERVER_EMISSION);
  const validator = pointer(subnet, L.VALIDATOR_EMISSION);
  const combined = pointer(subnet, L.EMISSION);
  let sums = i64x2.splat(0);
  let bits = i64x2.splat(0);
  for (let uid = 0; uid < n; uid += 2) {
    const servers = v128.load(at64(incentive, uid));
    const validators = v128.load(at64(dividends, uid));
    sums = i64x2.add(sums, i64x2.add(servers, validators));
    bits = v128.or(bits, v128.or(servers, validators));
  }
  const sum = sumOfPair(sums);
  // Nothing at all goes by stake, and one neuron with all of a side does not fit the lanes.
  if (sum == 0 || !fitWords(bits)) return plain.computeEmission(subnet);
  const reciprocal = shareReciprocal(sum);
  const raoLow = i32x4.splat(i32(rao));
  const raoHigh = i32x4.splat(i32(rao >> 32));
  const zero = i64x2.splat(0);
  for (let uid = 0; uid < n; uid += 2) {
    const servers = v128.load(at64(incentive, uid));
    const validators = v128.load(at64(dividends, uid));
    const serverProduct = shareProducts(servers, reciprocal);
    const validatorProduct = shareProducts(validators, reciprocal);
    const serverShare = f64x2.floor(serverProduct);
    const validatorShare = f64x2.floor(validatorProduct);
    const serverRao = raoOf(serverShare, raoLow, raoHigh);
    const validatorRao = raoOf(validatorShare, raoLow, raoHigh);
    v128.store(at64(server, uid), serverRao);
    v128.store(at64(validator, uid), validatorRao);
    // Mostly a neuron has one side only, and then both together are that side.
    v128.store(at64(combined, uid), i64x2.add(serverRao, validatorRao));
    const doubt = v128.or(inDoubt(serverProduct, serverShare), inDoubt(validatorProduct, validatorShare));
    const hasBoth = v128.and(i64x2.ne(servers, zero), i64x2.ne(validators, zero));
    if (!v128.any_true(v128.or(doubt, hasBoth))) continue;
    for (let k = uid; k < uid + 2; k++) {
      const servers = load<i64>(at64(incentive, k));
      const validators = load<i64>(at64(dividends, k));
      store<u64>(at64(server, k), toRao(safeDivide(servers, sum), rao));
      store<u64>(at64(validator, k), toRao(safeDivide(validators, sum), rao));
      store<u64>(at64(combined, k), toRao(safeDivide(saturatingAdd(servers, validators), sum), rao));
    }
  }
}

/** floor(share * rao / 2^32) for two whole shares below 2^32: share * high + floor(share * low / 2^32). */
// @ts-ignore: decorator
@inline
function raoOf(shares: v128, raoLow: v128, raoHigh: v128): v128 {
  const wide = f64x2.add(shares, f64x2.splat(4503599627370496.0));
  const words = v128.shuffle<u32>(wide, wide, 0, 2, 0, 2);
  const low = i64x2.shr_u(i64x2.extmul_low_i32x4_u(words, raoLow), 32);
  return i64x2.add(i64x2.extmul_low_i32x4_u(words, raoHigh), low);
}

/** Fills the u16 columns from the raw ones. */
export function computeProportions(subnet: usize): void {
  column(subnet, L.CONSENSUS_RAW, L.CONSENSUS);
  column(subnet, L.INCENTIVE_RAW, L.INCENTIVE);
  column(subnet, L.DIVIDENDS_RAW, L.DIVIDENDS);
  column(subnet, L.VALIDATOR_TRUST_RAW, L.VALIDATOR_TRUST);
}

/** Eight neurons at a time: a u16 column has room for them, and what is read behind a raw column is not used. */
function column(subnet: usize, rawIndex: i32, index: i32): void {
  const raw = pointer(subnet, rawIndex);
  const out = pointer(subnet, index);
  const n = neurons(subnet);
  for (let uid = 0; uid < n; uid += 8) {
    const at = at64(raw, uid);
    const pair0 = v128.load(at);
    const pair1 = v128.load(at, 16);
    const pair2 = v128.load(at, 32);
    const pair3 = v128.load(at, 48);
    if (fitWords(v128.or(v128.or(pair0, pair1), v128.or(pair2, pair3)))) {
      const first = toProportionLanes(v128.shuffle<u32>(pair0, pair1, 0, 2, 4, 6));
      const second = toProportionLanes(v128.shuffle<u32>(pair2, pair3, 0, 2, 4, 6));
      v128.store(at16(out, uid), i16x8.narrow_i32x4_u(first, second));
    } else {
      for (let k = uid; k < min(uid + 8, n); k++) store<u16>(at16(out, k), toProportion(load<i64>(at64(raw, k))));
    }
  }
}
