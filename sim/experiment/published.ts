import type { PublishedText } from "../scenario/index.ts";
import type { Estimate, PublishedResult, Verdict } from "../trace/index.ts";

type Operator = PublishedText["operator"];

const HOLDS: Readonly<Record<Operator, (ours: number, value: number, tolerance: number) => boolean>> = {
  "==": (ours, value, tolerance) => Math.abs(ours - value) <= tolerance,
  "<": (ours, value, tolerance) => ours < value + tolerance,
  "<=": (ours, value, tolerance) => ours <= value + tolerance,
  ">": (ours, value, tolerance) => ours > value - tolerance,
  ">=": (ours, value, tolerance) => ours >= value - tolerance,
};

/**
 * What our estimate says about a published value. A value (`==`) agrees where the mean lies within the tolerance, and is unclear
 * where only a part of the interval does. A direction agrees where the whole interval does, and is unclear where a part does.
 */
export function judge(
  operator: Operator,
  value: number,
  tolerance: number,
  { mean, low, high }: Estimate,
): Verdict {
  if (mean === null) return "disagrees";
  const holds = (ours: number): boolean => HOLDS[operator](ours, value, tolerance);
  const ends = [low ?? mean, high ?? mean] as const;
  if (operator === "==") {
    if (holds(mean)) return "agrees";
    return ends[0] <= value + tolerance && ends[1] >= value - tolerance ? "unclear" : "disagrees";
  }
  if (ends.every(holds)) return "agrees";
  return ends.some(holds) ? "unclear" : "disagrees";
}

export function publishedResult(line: PublishedText, comparison: string, ours: Estimate): PublishedResult {
  const { says, metric, operator, value, tolerance, unit, evidence, source, agrees, disagreement } = line;
  return {
    says,
    metric,
    comparison,
    operator,
    value,
    tolerance,
    unit: unit ?? null,
    evidence,
    source,
    ours,
    verdict: judge(operator, value, tolerance, ours),
    expected: agrees,
    disagreement: disagreement ?? null,
  };
}

/** Whether a line came out as the scenario expects. */
export const asExpected = ({ verdict, expected }: PublishedResult): boolean =>
  (verdict === "agrees") === expected;
