import { type Amounts, ratioOf } from "./amounts.ts";
import type { MetricDefinition } from "./definition.ts";
import { DAYS_PER_YEAR } from "./time.ts";

/** M28, what an attacker cannot get back, rao. */
export interface AttackCosts {
  readonly burned: bigint;
  readonly fees: bigint;
  readonly slippage: bigint;
  readonly bribes: bigint;
  /** What the locked capital would have earned: `forgoneYield`. */
  readonly forgoneYield: bigint;
}

/** M28, profit: the attacker's wealth at exit value in the attacked run less that in the control run, rao. */
export function attackProfit(attacked: bigint, control: bigint): bigint {
  return attacked - control;
}

/** M28, cost: everything that is spent for good, rao. */
export function attackCost({ burned, fees, slippage, bribes, forgoneYield }: AttackCosts): bigint {
  return burned + fees + slippage + bribes + forgoneYield;
}

/**
 * M28, forgone yield: what locked capital would have earned at the APR of the control run, rounded down.
 *
 * @param capital rao.
 * @param apr ratio per year.
 * @returns rao.
 */
export function forgoneYield(capital: bigint, apr: number, days: number): bigint {
  // 60 binary digits of the rate: the rest is below a rao on all the TAO that can be.
  const rate = BigInt(Math.floor(((apr * days) / DAYS_PER_YEAR) * 2 ** 60));
  return (capital * rate) >> 60n;
}

/** M28, return on the cost, P / C; `null` when nothing was spent. */
export function returnOnCost(profit: bigint, cost: bigint): number | null {
  return cost > 0n ? ratioOf(profit, cost) : null;
}

/** M28, the most that was locked at one time, rao; 0 for no samples. */
export function peakCapital(locked: Amounts): bigint {
  let peak = 0n;
  for (let i = 0; i < locked.length; i++) if (locked[i]! > peak) peak = locked[i]!;
  return peak;
}

/** M28, damage by role: wealth in the control run less that in the attacked run, rao; negative where a role gains. */
export function damageByRole(
  control: ReadonlyMap<string, bigint>,
  attacked: ReadonlyMap<string, bigint>,
): Map<string, bigint> {
  const roles = new Set([...control.keys(), ...attacked.keys()]);
  return new Map([...roles].map((role) => [role, (control.get(role) ?? 0n) - (attacked.get(role) ?? 0n)]));
}

/**
 * M28, griefing factor: the damage to all others for every unit that the attack costs the attacker.
 *
 * @returns `null` when the attack costs nothing.
 */
export function griefingFactor(damageToOthers: bigint, cost: bigint): number | null {
  return cost > 0n ? ratioOf(damageToOthers, cost) : null;
}

/** Between these two values of a parameter the profit changes its sign. */
export interface Bracket {
  readonly low: number;
  readonly high: number;
}

/**
 * M28, break-even: bisects until the bracket around the root of `profit` is at most `width` wide. A profit of exactly 0
 * counts as no loss.
 *
 * @returns the last bracket, or `null` when both ends are on the same side.
 */
export function breakEven(
  profit: (parameter: number) => number,
  { low, high }: Bracket,
  width: number,
): Bracket | null {
  const gains = profit(low) >= 0;
  if (profit(high) >= 0 === gains) return null;
  let bracket: Bracket = { low, high };
  while (bracket.high - bracket.low > width) {
    const middle = (bracket.low + bracket.high) / 2;
    if (middle <= bracket.low || middle >= bracket.high) break;
    bracket =
      profit(middle) >= 0 === gains
        ? { low: middle, high: bracket.high }
        : { low: bracket.low, high: middle };
  }
  return bracket;
}

/**
 * M28, recovery time: samples after the end of the attack until the attacked run is within `tolerance` of the control
 * run and stays there until the end of both.
 *
 * @param attacked values of the attacked run, sample by sample.
 * @param control the same of the control run; same length.
 * @param end index of the sample at which the attack ended.
 * @param tolerance part of the control's value.
 * @returns a number of samples from 0, or `null` when the run ends before that.
 */
export function recoveryTime(
  attacked: ArrayLike<number>,
  control: ArrayLike<number>,
  end: number,
  tolerance = 0.01,
): number | null {
  let since: number | null = null;
  for (let t = end; t < control.length; t++) {
    const near = Math.abs(attacked[t]! - control[t]!) <= tolerance * Math.abs(control[t]!);
    if (!near) since = null;
    else since ??= t - end;
  }
  return since;
}

export const ATTACK_ECONOMICS: MetricDefinition = {
  id: "M28",
  name: "Attack economics",
  section: "Consensus quality and attacks",
  text: "The attacker's wealth at exit value in the attacked run less that in a control run with the same seed; what was spent for good; their ratio; the capital that was locked; what every other role lost, in all and for every unit spent; the parameter at which the profit is 0; and how long the economy needs to come back to 1% of the control.",
  formula:
    "P = V_exit(attack) - V_exit(control); C = burns + fees + slippage + bribes + forgone yield; P / C; max locked; sum of (control - attack) by role; damage to others / C; root of P; first sample after the end from which |attack - control| <= 1 % of control",
  units: ["rao", "rao", "ratio", "rao", "rao", "ratio", "as the input", "as the input"],
  edges:
    "Nothing spent: no return and no griefing factor. Profit of one sign in the whole range: no break-even. A break-even is given with its bracket. Sums are exact.",
  reference: 'V. Buterin on "griefing factor"; practice of research on extractable value',
  inputs:
    "`accounts.balance`, `accounts.stake_value` (or exit value, M66), `accounts.given`, `calls.fee` of two runs with the same seed; bribes of the caller",
  functions: {
    "attack-economics.ts": [
      "attackProfit",
      "attackCost",
      "forgoneYield",
      "returnOnCost",
      "peakCapital",
      "damageByRole",
      "griefingFactor",
      "breakEven",
      "recoveryTime",
    ],
  },
};
