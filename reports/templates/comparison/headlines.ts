import { signed } from "../../charts/comparison/differences.ts";
import { type Arm, type Compared, relative } from "../../data/comparison/arms.ts";
import { joinWords } from "../../text/format.ts";
import type { Headline } from "../report.ts";

const FIGURES = 5;

/** The five measures that differ most, each with what it is on every side. */
export function comparisonHeadlines<T>(
  arms: readonly Arm<T>[],
  compared: readonly Compared<T>[],
): Headline[] {
  const size = (one: Compared<T>): number =>
    Math.max(...one.differences.map((difference) => Math.abs(relative(one, difference?.mean ?? null) ?? 0)));
  return [...compared]
    .sort((a, b) => size(b) - size(a))
    .slice(0, FIGURES)
    .map((one): Headline => {
      const { measure, values, differences } = one;
      const [base, second] = [arms[0]!, arms[1]!];
      const difference = differences[1] ?? null;
      const interval = difference?.interval ?? null;
      const [low, high] = [interval?.low ?? null, interval?.high ?? null].map((end) =>
        signed(relative(one, end)),
      );
      const change = signed(relative(one, difference?.mean ?? null));
      return {
        figure: change === "0%" ? "no change" : change === "–" ? measure.format(values[1]!.mean) : change,
        label: `${measure.label} under ${second.label}, against ${base.label}`,
        sentence: `${joinWords(arms.slice(0, 4).map(({ label }, arm) => `${measure.format(values[arm]!.mean)} under ${label}`))}.${
          interval === null || low === high ? "" : ` The difference is ${low} to ${high} at 95%.`
        }`,
        definition: `${measure.definition} ${
          base.replicas.length > 1
            ? `Means over ${base.replicas.length} replicas; differences seed by seed.`
            : "One run per side."
        }`,
      };
    });
}
