// Injection, chain buys and the alpha of a block (spec/emission.md 6 and 7).
import { multiplyHigh } from "../fixed";
import * as L from "./layout";
import { AMOUNT_BITS, multiply32, rootProportion, weightOf } from "./pool";
import { Q, smallTrade, UNDECIDED } from "./power";
import { at, Economy, flag, get, half, listed, raise, set } from "./state";
import { divideThreeByTwo, divideWide, remainder } from "./wide";

const EXISTENTIAL_DEPOSIT: u64 = 500;
/** Below this a pool does not trade. */
const MIN_RESERVE: u64 = 1000000;

/** parts * (a * b) / Q to the nearest, halves up: two words, the upper one in `scaledHigh`. */
let scaledHigh: u64 = 0;
function scaledProduct(parts: u64, a: u64, b: u64): u64 {
  const low = a * b;
  const high = multiplyHigh(a, b);
  let p0 = low * parts;
  const middle = high * parts;
  let p1 = middle + multiplyHigh(low, parts);
  let p2 = multiplyHigh(high, parts) + u64(p1 < middle);
  p0 += Q / 2;
  const carry = u64(p0 < Q / 2);
  p1 += carry;
  p2 += u64(p1 < carry);
  scaledHigh = divideWide(p2, p1, Q);
  return divideWide(remainder, p0, Q);
}

/** The quote weight that keeps the price of an ordinary pool with reserves (spec/pool.md 6). */
function adjustedWeight(tao: u64, alpha: u64, weight: u64, dTao: u64, dAlpha: u64): u64 {
  const baseLow = scaledProduct(Q - weight, tao, alpha + dAlpha);
  const baseHigh = scaledHigh;
  const quoteLow = scaledProduct(weight, alpha, tao + dTao);
  const quoteHigh = scaledHigh;
  const sumLow = baseLow + quoteLow;
  const sumHigh = baseHigh + quoteHigh + u64(sumLow < baseLow);
  const n0 = quoteLow * Q;
  const middle = quoteHigh * Q;
  const n1 = middle + multiplyHigh(quoteLow, Q);
  const n2 = multiplyHigh(quoteHigh, Q) + u64(n1 < middle);
  return divideThreeByTwo(n2, n1, n0, sumHigh, sumLow);
}

/** Section 6 for one subnet. @returns false, and nothing changed, where the big-integer form has to do it */
function inject(economy: Economy, position: i32): bool {
  const netuid = at(economy, position);
  let taoIn = listed(economy.taoIn, position);
  let alphaIn = listed(economy.alphaIn, position);
  const excess = listed(economy.excess, position);
  const tao = get(economy, L.TAO, netuid);
  const alpha = get(economy, L.ALPHA_IN, netuid);
  const account = get(economy, L.ACCOUNT, netuid);
  const flow = get(economy, L.PROTOCOL_FLOW, netuid);
  const initialised = flag(economy, L.POOL_INITIALISED, netuid) != 0;
  const weight = weightOf(economy, netuid);
  if (tao == 0 || alpha < MIN_RESERVE || account < EXISTENTIAL_DEPOSIT || account >> 62 != 0) return false;
  if (alphaIn >> AMOUNT_BITS != 0 || (flow + (1 << 62)) >> 63 != 0) return false;
  let adjusted = adjustedWeight(tao, alpha, weight, taoIn, alphaIn);
  const accepted = adjusted >= Q / 100 && adjusted <= Q - Q / 100;
  if (!accepted) {
    if (!initialised) return false;
    taoIn = 0;
    alphaIn = 0;
    adjusted = weight;
  }
  let credit = economy.credit;
  let bought: u64 = 0;
  const buying = excess > 0 && credit >= excess;
  if (buying) {
    if (adjusted < Q / 10 || adjusted > Q - Q / 10) return false;
    bought = smallTrade(tao, excess, alpha, adjusted, Q - adjusted);
    if (bought == UNDECIDED || bought == 0) return false;
    credit -= excess;
  }
  const injecting = taoIn > 0 && credit >= taoIn;
  if (injecting) credit -= taoIn;
  const spent = (buying ? excess : 0) + (injecting ? taoIn : 0);

  set(economy, L.QUOTE_WEIGHT, netuid, adjusted);
  store<u32>(half(economy, L.POOL_INITIALISED, netuid), 1);
  set(economy, L.EXCESS_TAO, netuid, buying ? excess : 0);
  set(economy, L.TAO_IN_EMISSION, netuid, injecting ? taoIn : 0);
  set(economy, L.ALPHA_IN_EMISSION, netuid, alphaIn);
  set(economy, L.TAO, netuid, tao + spent);
  set(economy, L.ACCOUNT, netuid, account + spent);
  set(economy, L.ALPHA_IN, netuid, alpha - bought + alphaIn);
  set(economy, L.PROTOCOL_FLOW, netuid, flow + spent);
  if (buying) {
    raise(economy, L.ALPHA_OUT, netuid, bought);
    raise(economy, L.PROTOCOL_ALPHA, netuid, bought);
    const low = get(economy, L.VOLUME_LOW, netuid) + excess;
    set(economy, L.VOLUME_LOW, netuid, low);
    if (low < excess) raise(economy, L.VOLUME_HIGH, netuid, 1);
  }
  economy.credit = credit;
  economy.stakeGain += spent;
  return true;
}

/** Section 6 from a position on. @returns the first position that the caller has to do, or the count */
export function economyInject(economy: Economy, from: i32): i32 {
  let position = from;
  while (position < economy.count && inject(economy, position)) position++;
  return position;
}

/** Section 7 for all eligible subnets. */
export function economyEmit(economy: Economy): void {
  for (let i = 0; i < economy.count; i++) {
    const netuid = at(economy, i);
    const emitted = listed(economy.alphaOut, i);
    raise(economy, L.ALPHA_OUT, netuid, emitted);
    set(economy, L.ALPHA_OUT_EMISSION, netuid, emitted);
    let rest = emitted << 32;
    if (flag(economy, L.OWNER_CUT_ENABLED, netuid) == 1) {
      const cut = emitted * economy.ownerCut;
      rest -= cut;
      raise(economy, L.PENDING_OWNER_CUT, netuid, cut >> 32);
    }
    const issuance = get(economy, L.ALPHA_IN, netuid) + get(economy, L.ALPHA_OUT, netuid);
    const root = multiply32(rootProportion(economy, issuance), rest) >> 1;
    const server = rest >> 1;
    raise(economy, L.PENDING_SERVER, netuid, server >> 32);
    raise(economy, L.PENDING_VALIDATOR, netuid, (rest - server - root) >> 32);
    if (economy.rootSellFlag) raise(economy, L.PENDING_ROOT, netuid, root >> 32);
    else {
      raise(economy, L.ALPHA_OUT, netuid, 0 - (root >> 32));
      raise(economy, L.ALPHA_RECYCLED, netuid, root >> 32);
    }
  }
}
