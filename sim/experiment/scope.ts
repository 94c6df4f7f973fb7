/** Expressions of an experiment: over the metrics of one comparison in one replica, or of others by name. */
import { InputError } from "../errors.ts";
import { evaluateNumber, type Expression, parseExpression, scenarioError } from "../scenario/index.ts";
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

/** Reads an expression. @param names that it may use beside `of("comparison", "metric")` */
export function readExpression(
  text: string,
  names: readonly string[],
  place: string,
  path: string,
): Expression {
  try {
    return parseExpression(text, { variables: names, functions: ["of"] });
  } catch (error) {
    throw scenarioError(place, path, error instanceof Error ? error.message : String(error));
  }
}

/** The value in one replica; NaN where something that it needs has none. @param all by comparison */
export function valueOf(expression: Expression, own: Named, all: ReadonlyMap<string, Named>): number {
  try {
    return evaluateNumber(expression, {
      variables: own,
      functions: {
        of: (comparison, metric) => {
          const named = all.get(String(comparison));
          if (named === undefined) throw new UnknownName(`there is no comparison ${String(comparison)}`);
          if (!Object.hasOwn(named, String(metric)))
            throw new UnknownName(`${String(comparison)} has no metric ${String(metric)}`);
          return named[String(metric)]!;
        },
      },
    });
  } catch (error) {
    if (error instanceof UnknownName) throw error;
    return NaN;
  }
}

/** A name that is nowhere is a mistake; a value that is no number is none. */
export class UnknownName extends InputError {}
