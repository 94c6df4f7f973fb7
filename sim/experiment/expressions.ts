/** The expressions of an experiment, read and checked before anything runs. */
import { closest, type Expression, type ExperimentText, type StudySource } from "../scenario/index.ts";
import { readExpression } from "./scope.ts";

export interface Expressions {
  /** One for each published line. */
  readonly published: readonly Expression[];
  readonly strength: Expression | null;
  readonly breakEven: Expression | null;
  readonly forgone: Expression | null;
}

/** Names of metrics that every run has beside those of its scenario. @param roles whose wealth is measured */
const wealthNames = (roles: readonly string[]): string[] => [
  "attacker_wealth",
  "attacker_spent",
  "attacker_capital",
  ...roles.map((role) => `wealth_${role}`),
];

/** Names of what an attack comes to against its control. @param roles whose damage counts */
const outcomeNames = (roles: readonly string[]): string[] => [
  "profit",
  "cost",
  "roi",
  "capital",
  "damage",
  "griefing",
  ...roles.map((role) => `damage_${role}`),
];

/**
 * Reads every expression of an experiment.
 * @param comparisons all of the scenario; those that are no attacks have metrics only
 * @param controlOf the control of an attack
 * @throws ScenarioError for a name that is nowhere
 */
export function readExpressions(
  text: ExperimentText,
  source: StudySource,
  comparisons: readonly string[],
  attacks: readonly string[],
  controlOf: (attack: string) => string,
): Expressions {
  const roles = Object.keys(text.roles);
  const metrics = [...source.metrics, ...wealthNames(roles)];
  const outcomes = [...metrics, ...outcomeNames(roles)];
  const namesOf = (comparison: string) => (attacks.includes(comparison) ? outcomes : metrics);
  const all = new Map(comparisons.map((comparison) => [comparison, namesOf(comparison)]));
  const read = (
    written: string,
    at: readonly PropertyKey[],
    own: readonly string[],
    others: ReadonlyMap<string, readonly string[]>,
  ): Expression => {
    const path = ["experiment", ...at];
    return readExpression(written, { own, others }, closest(source.tree, path).place, path.join("."));
  };
  const varied = (
    wanted: { readonly metric: string; readonly attack?: string | undefined } | undefined,
    at: string,
  ): Expression | null => {
    if (wanted === undefined) return null;
    const control = controlOf(wanted.attack ?? attacks[0]!);
    return read(wanted.metric, [at, "metric"], outcomes, new Map([[control, metrics]]));
  };
  return {
    published: text.published.map(({ metric, comparison }, index) => {
      const own = namesOf(comparison ?? attacks[0]!);
      return read(
        metric,
        ["published", index, "metric"],
        text.break_even === undefined ? own : [...own, "break_even"],
        all,
      );
    }),
    strength: varied(text.strength, "strength"),
    breakEven: varied(text.break_even, "break_even"),
    forgone: text.forgone === undefined ? null : read(text.forgone, ["forgone"], metrics, new Map()),
  };
}
