import type { MetricDefinition } from "./definition.ts";

/** M73, a fee that was paid. */
export interface Fee {
  /** Rao, in TAO or its worth. */
  readonly amount: bigint;
  /** What it was paid for: a kind of call, a swap. */
  readonly source: string;
  /** Who received it. */
  readonly receiver: string;
}

/** M73, rao by name, in the order in which names first appear. */
export interface FeeSums {
  readonly total: bigint;
  readonly bySource: ReadonlyMap<string, bigint>;
  readonly byReceiver: ReadonlyMap<string, bigint>;
}

/** M73, fees collected, and who received them; exact. */
export function feeSums(fees: Iterable<Fee>): FeeSums {
  let total = 0n;
  const bySource = new Map<string, bigint>();
  const byReceiver = new Map<string, bigint>();
  for (const { amount, source, receiver } of fees) {
    total += amount;
    bySource.set(source, (bySource.get(source) ?? 0n) + amount);
    byReceiver.set(receiver, (byReceiver.get(receiver) ?? 0n) + amount);
  }
  return { total, bySource, byReceiver };
}

export const FEES: MetricDefinition = {
  id: "M73",
  name: "Fees",
  section: "Macro and health",
  text: "The fees that were collected, by what they were paid for and by who received them.",
  formula: "sums by kind of call and by receiver",
  units: ["rao"],
  edges: "Exact; both ways to group add up to the same sum.",
  reference: "the chain's fees",
  inputs:
    "`blocks.fees`, `calls.fee` by `calls.call`; who received a fee is no column: the author of the block",
  functions: { "fees.ts": ["feeSums"] },
};
