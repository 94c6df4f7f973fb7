/** M28, attack economics: one attack against its control, with the same seed. */
import type { AttackEconomics } from "../trace/index.ts";
import { estimate } from "./estimates.ts";
import type { Measured } from "./measure.ts";

const BLOCKS_PER_DAY = 7_200;
/** Within this part of the control a metric has recovered. */
const RECOVERED = 0.01;

/** What one attack came to in one replica, TAO (alpha in a study of a single subnet). */
export interface Outcome {
  readonly profit: number;
  readonly cost: number;
  /** NaN where nothing was spent. */
  readonly roi: number;
  readonly capital: number;
  readonly damage: Readonly<Record<string, number>>;
  readonly damageTotal: number;
  readonly griefing: number;
}

/**
 * @param forgone yield that the capital would have had in the control
 * @param roles whose damage counts
 */
export function outcomeOf(
  attack: Measured,
  control: Measured,
  roles: readonly string[],
  forgone: number,
): Outcome {
  const more = (metric: string): number => (attack.values[metric] ?? NaN) - (control.values[metric] ?? NaN);
  const profit = more("attacker_wealth");
  const cost = more("attacker_spent") + forgone;
  const damage = Object.fromEntries(roles.map((role) => [role, -more(`wealth_${role}`)]));
  const damageTotal = Object.values(damage).reduce((sum, one) => sum + one, 0);
  return {
    profit,
    cost,
    roi: cost > 0 ? profit / cost : NaN,
    capital: attack.values["attacker_capital"] ?? NaN,
    damage,
    damageTotal,
    griefing: cost > 0 ? damageTotal / cost : NaN,
  };
}

/** Days after `after` until the metric is within 1 % of the control for good; null = not before the end. */
export function recoveryDays(
  attack: Measured,
  control: Measured,
  metric: string,
  after: number,
): number | null {
  const [ours, theirs] = [attack.series[metric] ?? [], control.series[metric] ?? []];
  let since: number | null = null;
  attack.times.forEach((time, at) => {
    const [a = NaN, b = NaN] = [ours[at], theirs[at]];
    const near = Math.abs(a - b) <= RECOVERED * Math.abs(b);
    if (time < after || !near) since = null;
    else since ??= time;
  });
  return since === null ? null : (since - after) / BLOCKS_PER_DAY;
}

/** All replicas of one attack together. */
export function economicsOf(
  attack: string,
  outcomes: readonly Outcome[],
  recoveries: readonly (number | null)[] | null,
): AttackEconomics {
  const of = (part: (outcome: Outcome) => number) => estimate(outcomes.map(part));
  return {
    attack,
    profit: of(({ profit }) => profit),
    cost: of(({ cost }) => cost),
    roi: of(({ roi }) => roi),
    capital: of(({ capital }) => capital),
    damage: Object.fromEntries(
      Object.keys(outcomes[0]?.damage ?? {}).map((role) => [role, of(({ damage }) => damage[role] ?? NaN)]),
    ),
    damageTotal: of(({ damageTotal }) => damageTotal),
    griefing: of(({ griefing }) => griefing),
    recoveryDays: recoveries === null ? null : estimate(recoveries.map((days) => days ?? NaN)),
    neverRecovered: recoveries?.filter((days) => days === null).length ?? 0,
  };
}
