import type { ExpectationText } from "../scenario/index.ts";
import type { ExpectationResult, RunManifest } from "../trace/index.ts";

/** Values by comparison and metric. */
type Values = Readonly<Record<string, Readonly<Record<string, number>>>>;

const HOLDS: Readonly<Record<ExpectationText["operator"], (found: number, value: number) => boolean>> = {
  "<": (found, value) => found < value,
  "<=": (found, value) => found <= value,
  ">": (found, value) => found > value,
  ">=": (found, value) => found >= value,
  "==": (found, value) => found === value,
};

/** What became of the expectations of a scenario of one subnet; a metric that is no number misses all of them. */
export function subnetExpectations(
  expectations: readonly ExpectationText[],
  { comparisons }: Pick<RunManifest, "comparisons">,
  values: Values,
): ExpectationResult[] {
  return expectations.flatMap(({ metric, operator, value, comparison }) =>
    comparisons
      .filter((name) => comparison === undefined || name === comparison)
      .map((name) => {
        const found = values[name]?.[metric] ?? NaN;
        return { comparison: name, metric, operator, value, found, met: HOLDS[operator](found, value) };
      }),
  );
}
