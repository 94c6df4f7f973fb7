import { ratioOf } from "./amounts.ts";
import type { MetricDefinition } from "./definition.ts";

/** M54, an operator in a window. Rao of one token, or all in TAO. */
export interface Operator {
  /** Dividends of its nominated stake, before take. */
  readonly nominatedDividends: bigint;
  /** Dividends of its own stake. */
  readonly ownDividends: bigint;
  /** u16 proportion, as the chain stores it. */
  readonly take: number;
  readonly cost: bigint;
}

/** M54 over all operators. */
export interface TakeRevenue {
  /** Rao by operator: take x nominated dividends, rounded down. */
  readonly byOperator: readonly bigint[];
  readonly total: bigint;
  /** Of all dividends; `null` without any. */
  readonly shareOfDividends: number | null;
  /** Mean take, weighted by nominated dividends, a ratio; `null` without any. */
  readonly meanTake: number | null;
  /** Rao by operator: revenue less cost. */
  readonly margins: readonly bigint[];
  /** Operators whose margin is above 0. */
  readonly aboveBreakEven: number;
}

const U16_MAX = 65_535n;

/** M54, what operators earn by their take. */
export function takeRevenue(operators: readonly Operator[]): TakeRevenue {
  const byOperator = operators.map(
    ({ nominatedDividends, take }) => (nominatedDividends * BigInt(take)) / U16_MAX,
  );
  const margins = operators.map(({ cost }, i) => byOperator[i]! - cost);
  const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((all, amount) => all + amount, 0n);
  const nominated = sum(operators.map(({ nominatedDividends }) => nominatedDividends));
  const dividends = nominated + sum(operators.map(({ ownDividends }) => ownDividends));
  const weighted = sum(operators.map(({ nominatedDividends, take }) => nominatedDividends * BigInt(take)));
  const total = sum(byOperator);
  return {
    byOperator,
    total,
    shareOfDividends: dividends > 0n ? ratioOf(total, dividends) : null,
    meanTake: nominated > 0n ? ratioOf(weighted, nominated * U16_MAX) : null,
    margins,
    aboveBreakEven: margins.filter((margin) => margin > 0n).length,
  };
}

export const TAKE_REVENUE: MetricDefinition = {
  id: "M54",
  name: "Validator take revenue",
  section: "Emission, supply and distribution",
  text: "What operators earn by taking a part of their nominators' dividends: the sum, its part of all dividends, the mean take, the revenue of each less its cost, and how many come out above 0.",
  formula:
    "sum_k take_k x dividends of nominated stake; / all dividends; weighted mean take; revenue - cost; operators above 0",
  units: ["rao", "ratio", "ratio", "rao", "count"],
  edges:
    "No dividends: no shares and no mean take. Each revenue is rounded down to a rao, sums are exact. Exactly 0 is not above break-even.",
  reference: "own definition",
  inputs:
    "`emission.take`, `emission.validators`, `emission.nominators` by subnet; by operator `stakes.alpha` by `stakes.hotkey` and `neurons.validator_emission`; takes and costs of the scenario",
  functions: { "take-revenue.ts": ["takeRevenue"] },
};
