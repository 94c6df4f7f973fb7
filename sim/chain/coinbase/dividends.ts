/** From an epoch's dividends to what each hotkey is paid (spec/emission.md 9.2 and 9.3). Pure. */
import {
  fromInteger,
  safeDiv,
  saturatingAdd,
  saturatingMul,
  saturatingSub,
  U96F32,
} from "../numbers/fixed.ts";
import { U64_MAX } from "../numbers/integers.ts";
import { proportionOf } from "../staking/stakeWeight.ts";
import type { AccountId } from "../state/network.ts";

const whole = (n: bigint): bigint => fromInteger(U96F32, n);
const mul = (a: bigint, b: bigint): bigint => saturatingMul(U96F32, a, b);
const add = (a: bigint, b: bigint): bigint => saturatingAdd(U96F32, a, b);
const sub = (a: bigint, b: bigint): bigint => saturatingSub(U96F32, a, b);

/** A u16 take as U96F32. */
export const takeFraction = (take: number): bigint => safeDiv(U96F32, whole(BigInt(take)), whole(65_535n));

/** What a hotkey contributes with stake on the subnet and on root, U96F32. */
const weighted = (alpha: bigint, root: bigint, part: bigint, taoWeight: bigint): bigint =>
  add(mul(whole(alpha), part), mul(mul(whole(root), part), taoWeight));

/** A hotkey's own contribution to its dividends: what its children do not get, floored to whole rao. */
export function selfContribution(
  alpha: bigint,
  root: bigint,
  childProportions: readonly bigint[],
  taoWeight: bigint,
): bigint {
  let part = U96F32.one;
  for (const proportion of childProportions) part = sub(part, proportionOf(proportion));
  return weighted(alpha, root, part, taoWeight) >> 32n;
}

export interface ParentContribution {
  readonly hotkey: AccountId;
  /** u64 of 2^64 - 1. */
  readonly proportion: bigint;
  /** Stake of the parent on the subnet and on root, rao. */
  readonly alpha: bigint;
  readonly root: bigint;
  /** Whether the parent belongs to another coldkey than the child: then the child takes its take. */
  readonly foreign: boolean;
}

/** Dividends of one hotkey divided among its parents and itself. */
export interface ParentSplit {
  /** In order of payment, the hotkey itself last; whole rao. */
  readonly paid: readonly (readonly [AccountId, bigint])[];
  /** Alpha that is recycled now, rao. */
  readonly recycled: bigint;
}

/**
 * Divides dividends by contribution.
 * @param self the hotkey's own contribution, whole rao
 * @param take childkey take, U96F32
 * @param burn CKBurn, u64 of 2^64 - 1
 */
export function splitAmongParents(
  hotkey: AccountId,
  dividend: bigint,
  self: bigint,
  parents: readonly ParentContribution[],
  take: bigint,
  burn: bigint,
  taoWeight: bigint,
): ParentSplit {
  const contributions = parents.map(({ alpha, root, proportion }) =>
    weighted(alpha, root, proportionOf(proportion), taoWeight),
  );
  const total = contributions.reduce(add, whole(self));
  const burnFraction = safeDiv(U96F32, whole(burn), whole(U64_MAX));
  let rest = whole(dividend);
  let takes = 0n;
  let recycled = 0n;
  const paid: [AccountId, bigint][] = [];
  for (const [i, parent] of parents.entries()) {
    let part = mul(whole(dividend), safeDiv(U96F32, contributions[i] ?? 0n, total));
    rest = sub(rest, part);
    if (parent.foreign) {
      const burned = mul(burnFraction, part);
      const taken = mul(take, part);
      part = sub(sub(part, burned), taken);
      takes = add(takes, taken);
      recycled += burned >> 32n;
    }
    paid.push([parent.hotkey, part >> 32n]);
  }
  paid.push([hotkey, add(rest, takes) >> 32n]);
  return { paid, recycled };
}

/** A hotkey's dividends and the stakes that divide them. */
export interface DividendInput {
  /** U96F32 rao. */
  readonly dividend: bigint;
  /** Rao. */
  readonly alpha: bigint;
  readonly root: bigint;
}

export interface DividendSplit {
  /** U96F32 rao of validator alpha, in the order of the input. */
  readonly alpha: bigint[];
  /** U96F32 rao of root alpha. */
  readonly root: bigint[];
}

/** Divides the validators' alpha and the root alpha in proportion to dividends (9.3). */
export function splitDividends(
  inputs: readonly DividendInput[],
  validatorAlpha: bigint,
  rootAlpha: bigint,
  taoWeight: bigint,
): DividendSplit {
  const rootParts = inputs.map(({ dividend, alpha, root }) => {
    // Most hotkeys of a subnet are miners.
    if (dividend === 0n) return 0n;
    const tao = mul(whole(root), taoWeight);
    return mul(dividend, safeDiv(U96F32, tao, add(whole(alpha), tao)));
  });
  const alphaParts = inputs.map(({ dividend }, i) => sub(dividend, rootParts[i] ?? 0n));
  const share = (parts: readonly bigint[], amount: bigint): bigint[] => {
    const sum = parts.reduce(add, 0n);
    return parts.map((part) => (part === 0n ? 0n : mul(whole(amount), safeDiv(U96F32, part, sum))));
  };
  return { alpha: share(alphaParts, validatorAlpha), root: share(rootParts, rootAlpha) };
}
