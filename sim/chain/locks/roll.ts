/** How a lock or an aggregate of locks ages (spec/governance-and-accounts.md 9.2 and 9.3). */
import {
  fromInteger,
  I64F64,
  convert,
  safeDiv,
  saturatingAdd,
  saturatingMul,
  saturatingSub,
  U64F64,
  checkedDiv,
} from "../numbers/fixed.ts";
import { subU64 } from "../numbers/integers.ts";
import { exponentialDecay } from "../numbers/transcendental.ts";
import type { LockState } from "../state/network.ts";

/** Blocks after which mass has fallen, and conviction grown, by a factor of e. */
export interface LockRates {
  readonly unlockRate: bigint;
  readonly maturityRate: bigint;
}

/** A mass (rao) and a conviction (U64F64) below this, in whole units, are nothing. */
const DUST = 100n;

/** Whether mass and conviction are both too small to be kept. */
export const isDust = ({ mass, conviction }: LockState): boolean =>
  mass < DUST && conviction < fromInteger(U64F64, DUST);

/** What conviction a decaying lock of `mass` (U64F64) gains over `dt` blocks. */
function decayingGrowth(
  mass: bigint,
  dt: bigint,
  massFactor: bigint,
  convictionFactor: bigint,
  { unlockRate, maturityRate }: LockRates,
): bigint {
  if (unlockRate === 0n || maturityRate === 0n) return 0n;
  if (unlockRate === maturityRate) {
    const periods = safeDiv(U64F64, fromInteger(U64F64, dt), fromInteger(U64F64, maturityRate));
    return saturatingMul(U64F64, mass, saturatingMul(U64F64, periods, convictionFactor));
  }
  const difference = convert(U64F64, I64F64, massFactor) - convert(U64F64, I64F64, convictionFactor);
  const scaled = saturatingMul(I64F64, fromInteger(I64F64, unlockRate), difference);
  const rates = saturatingSub(I64F64, fromInteger(I64F64, unlockRate), fromInteger(I64F64, maturityRate));
  const growth = checkedDiv(I64F64, scaled, rates) ?? 0n;
  return growth <= 0n ? 0n : saturatingMul(U64F64, mass, convert(I64F64, U64F64, growth));
}

/** The lock at block `now`; conviction equals mass where its hotkey is the subnet owner's. */
export function rollLock<L extends LockState>(
  lock: L,
  now: number,
  rates: LockRates,
  perpetual: boolean,
  ownerLock: boolean,
): L {
  let { mass, conviction, lastBlock } = lock;
  if (now > lastBlock) {
    const dt = BigInt(now - lastBlock);
    const massFactor = exponentialDecay(dt, rates.unlockRate);
    const convictionFactor = exponentialDecay(dt, rates.maturityRate);
    const whole = fromInteger(U64F64, mass);
    const kept = saturatingMul(U64F64, convictionFactor, conviction);
    const grown = perpetual
      ? saturatingMul(U64F64, whole, saturatingSub(U64F64, U64F64.one, convictionFactor))
      : decayingGrowth(whole, dt, massFactor, convictionFactor, rates);
    if (!perpetual) mass = saturatingMul(U64F64, massFactor, whole) >> 64n;
    conviction = saturatingAdd(U64F64, kept, grown);
    lastBlock = now;
  }
  if (ownerLock) conviction = fromInteger(U64F64, mass);
  if (isDust({ mass, conviction, lastBlock })) return { ...lock, mass: 0n, conviction: 0n, lastBlock };
  return { ...lock, mass, conviction, lastBlock };
}

/** How much mass and conviction fell by rolling. */
export const rollDeltas = (before: LockState, after: LockState): { mass: bigint; conviction: bigint } => ({
  mass: subU64(before.mass, after.mass),
  conviction: subU64(before.conviction, after.conviction),
});
