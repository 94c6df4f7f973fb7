/** The older rule that shared TAO by flows; not live in 425, a protocol option (spec/emission.md 14). */
import {
  convert,
  fromInteger,
  I64F64,
  safeDiv,
  saturatingAdd,
  saturatingMul,
  saturatingSub,
  U64F64,
} from "../numbers/fixed.ts";
import type { ShareRule } from "./shares.ts";
import { bisectionSqrt, LARGEST_POWER, power } from "../numbers/transcendental.ts";

/** Parameters of the flow rule. */
export interface FlowParameters {
  /** Lowest flow that counts, I64F64. */
  readonly cutoff: bigint;
  /** U64F64. */
  readonly exponent: bigint;
  /** EMA factor, u64 of 2^63 - 1. */
  readonly smoothing: bigint;
  /** Whether protocol flows are subtracted. */
  readonly netFlow: boolean;
}

/** (1 - a) * ema + a * value, I64F64. */
function nextEma(ema: bigint, value: bigint, smoothing: bigint): bigint {
  const alpha = safeDiv(I64F64, fromInteger(I64F64, smoothing), fromInteger(I64F64, (1n << 63n) - 1n));
  return saturatingAdd(
    I64F64,
    saturatingMul(I64F64, saturatingSub(I64F64, I64F64.one, alpha), ema),
    saturatingMul(I64F64, alpha, value),
  );
}

/** The average after a block with this flow, rao. */
export const nextFlowEma = (ema: bigint, flow: bigint, smoothing: bigint): bigint =>
  nextEma(ema, fromInteger(I64F64, flow), smoothing);

/** Net flow per subnet, I64F64. */
function netFlows(user: readonly bigint[], protocol: readonly bigint[], netFlow: boolean): bigint[] {
  if (!netFlow) return [...user];
  const positive = (values: readonly bigint[]): bigint =>
    values.reduce((sum, value) => (value > 0n ? saturatingAdd(I64F64, sum, value) : sum), 0n);
  const users = positive(user);
  const protocols = positive(protocol);
  const ratio = protocols > 0n ? safeDiv(I64F64, users, protocols) : 0n;
  const factor = ratio < I64F64.one ? ratio : I64F64.one;
  return user.map((flow, i) => {
    const own = protocol[i] ?? 0n;
    return saturatingSub(I64F64, flow, own > 0n ? saturatingMul(I64F64, factor, own) : own);
  });
}

/** Shares (U64F64) from the flow EMAs (I64F64) of the eligible subnets. */
export function sharesByFlow(
  user: readonly bigint[],
  protocol: readonly bigint[],
  { cutoff, exponent, netFlow }: FlowParameters,
): bigint[] {
  const flows = netFlows(user, protocol, netFlow);
  const lowest = flows.reduce((low, flow) => (flow < low ? flow : low), 0n);
  const floor = cutoff > lowest ? cutoff : lowest;
  const offsets = flows.map((flow) =>
    flow > floor ? convert(I64F64, U64F64, saturatingSub(I64F64, flow, floor)) : 0n,
  );
  return normalisePowers(offsets, exponent);
}

/** 0.001 in U64F64, the precision of the root. */
const ROOT_EPSILON = U64F64.one / 1000n;

const largestOf = (values: readonly bigint[]): bigint =>
  values.reduce((top, value) => (value > top ? value : top), 0n);

/** v_i = exp(p * ln(g * o_i / max)) in I32F32, normalised; g keeps the sum of the powers within I32F32. */
function normalisePowers(offsets: readonly bigint[], exponent: bigint): bigint[] {
  const inverse = safeDiv(U64F64, U64F64.one, largestOf(offsets));
  const scaled = offsets.map((offset) => saturatingMul(U64F64, offset, inverse));
  const largest = largestOf(scaled);
  const count = fromInteger(U64F64, BigInt(offsets.length));
  const spread = saturatingMul(U64F64, count, saturatingMul(U64F64, largest, largest));
  let scale = U64F64.one;
  if (spread >= safeDiv(U64F64, LARGEST_POWER, fromInteger(U64F64, (1n << 64n) - 1n)))
    scale = bisectionSqrt(U64F64, safeDiv(U64F64, LARGEST_POWER, spread), ROOT_EPSILON) ?? 0n;
  const powers = scaled.map((offset) => power(saturatingMul(U64F64, scale, offset), exponent));
  const sum = powers.reduce((total, value) => saturatingAdd(U64F64, total, value), 0n);
  return powers.map((value) => safeDiv(U64F64, value, sum));
}

/**
 * The flow rule as a protocol's share rule: every eligible subnet's flows of the last block enter its averages and
 * start anew (spec/emission.md 14).
 * @param matures whether users' flows count as min(average, average of the average), as RaoFoundation/subtensor pull request 2704
 *   proposed: what comes in counts slowly and what goes out at once
 */
const flowRule =
  (matures: boolean): ShareRule =>
  (subnets, { state, journal }) => {
    const { columns, parameters } = state;
    const smoothing = parameters.taoFlowSmoothingFactor;
    const emas = subnets.map(({ netuid }) => {
      const subnet = state.subnets.get(netuid);
      const user = nextFlowEma(subnet?.flowEma.user ?? 0n, columns.taoFlow[netuid] ?? 0n, smoothing);
      const protocol = nextFlowEma(
        subnet?.flowEma.protocol ?? 0n,
        columns.protocolFlow[netuid] ?? 0n,
        smoothing,
      );
      const matured = matures ? nextEma(subnet?.flowEma.matured ?? 0n, user, smoothing) : user;
      if (subnet !== undefined)
        journal.set(subnet, "flowEma", matures ? { user, protocol, matured } : { user, protocol });
      journal.set(columns.taoFlow, netuid, 0n);
      journal.set(columns.protocolFlow, netuid, 0n);
      return { user: matured < user ? matured : user, protocol };
    });
    return sharesByFlow(
      emas.map(({ user }) => user),
      emas.map(({ protocol }) => protocol),
      {
        cutoff: parameters.taoFlowCutoff,
        exponent: parameters.taoFlowNormalizationExponent,
        smoothing,
        netFlow: parameters.netTaoFlowEnabled,
      },
    );
  };

export const sharesByTaoFlow: ShareRule = flowRule(false);
export const sharesByMaturedTaoFlow: ShareRule = flowRule(true);
