/** Expressions of an experiment: over the metrics of one comparison in one replica, or of others by name. */
import { didYouMean } from "../nearest.ts";
import {
  callsIn,
  evaluateNumber,
  type Expression,
  parseExpression,
  scenarioError,
} from "../scenario/index.ts";
import type { Outcome } from "./economics.ts";
import type { Measured } from "./measure.ts";

/** Everything that an expression can name about one comparison. */
export type Named = Readonly<Record<string, number>>;

export function namedValues(measured: Measured, outcome: Outcome | null): Named {
  if (outcome === null) return measured.values;
  const { damage, damageTotal, ...rest } = outcome;
  return {
    ...measured.values,
    ...rest,
    damage: damageTotal,
    ...Object.fromEntries(Object.entries(damage).map(([role, value]) => [`damage_${role}`, value])),
  };
}

/** Names that an expression can use: those of its own comparison, and with `of` those of others, by comparison. */
export interface ExpressionNames {
  readonly own: readonly string[];
  readonly others: ReadonlyMap<string, readonly string[]>;
}

/** Reads an expression and checks every name in it. @throws ScenarioError for one that is nowhere */
export function readExpression(
  text: string,
  { own, others }: ExpressionNames,
  place: string,
  path: string,
): Expression {
  const fail = (message: string): never => {
    throw scenarioError(place, path, message);
  };
  let expression: Expression;
  try {
    expression = parseExpression(text, { variables: own, functions: ["of"] });
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
  for (const { name, args } of callsIn(expression)) {
    if (name !== "of") continue;
    const [comparison, metric] = args.flatMap((arg) => (arg.kind === "value" ? [String(arg.value)] : []));
    if (args.length !== 2 || comparison === undefined || metric === undefined)
      return fail('of takes the name of a comparison and that of a metric, both in quotes: of("a", "b")');
    const known = others.get(comparison);
    if (known === undefined)
      return fail(
        `there is no comparison ${JSON.stringify(comparison)} here; there are ${[...others.keys()].join(", ") || "none"}${didYouMean(comparison, [...others.keys()])}`,
      );
    if (!known.includes(metric))
      return fail(
        `${JSON.stringify(comparison)} has no metric ${JSON.stringify(metric)}; it has ${known.join(", ")}${didYouMean(metric, known)}`,
      );
  }
  return expression;
}

/** The value in one replica; NaN where something that it needs has none. @param all by comparison */
export function valueOf(expression: Expression, own: Named, all: ReadonlyMap<string, Named>): number {
  try {
    return evaluateNumber(expression, {
      variables: own,
      functions: { of: (comparison, metric) => all.get(String(comparison))?.[String(metric)] ?? NaN },
    });
  } catch {
    return NaN;
  }
}
