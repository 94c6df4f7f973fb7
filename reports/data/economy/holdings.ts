/** Who owns how much: what the table `accounts` says, sample by sample. */
import type { Trace } from "../../../sim/trace/index.ts";
import { gini } from "../../metrics/gini.ts";
import { herfindahlIndex } from "../../metrics/herfindahl.ts";
import { nakamotoCoefficient } from "../../metrics/nakamoto.ts";
import { topShare } from "../../metrics/top-share.ts";

/** Samples whose concentration is computed: a plot is not wider than that. */
const MOST_SAMPLES = 150;

/** The stakes of all agents at one sample, and what they say. */
export interface Concentration {
  readonly block: number;
  readonly holders: number;
  readonly gini: number | null;
  readonly nakamoto: number | null;
  readonly herfindahl: number | null;
  /** Part of all stake that the largest hundredth of the agents has, at least one. */
  readonly topPercent: number | null;
}

export interface Holdings {
  readonly samples: readonly Concentration[];
  /** Stakes above zero at the first and the last sample with any, rao. */
  readonly first: { readonly block: number; readonly stakes: readonly bigint[] } | null;
  readonly last: { readonly block: number; readonly stakes: readonly bigint[] } | null;
  /** Names of populations, in the order of the table. */
  readonly populations: readonly string[];
  /** Balance and stake of all members, and what they were given, by population and sample; rao. */
  readonly wealth: readonly {
    readonly block: number;
    readonly owned: readonly bigint[];
    readonly given: readonly bigint[];
    readonly members: readonly number[];
  }[];
}

export const NO_HOLDINGS: Holdings = { samples: [], first: null, last: null, populations: [], wealth: [] };

/** Gathers the rows of one sample after the other. */
class HoldingsReader {
  readonly #samples: Concentration[] = [];
  readonly #wealth: { block: number; owned: bigint[]; given: bigint[]; members: number[] }[] = [];
  readonly #populations: readonly string[];
  readonly #step: number;
  #first: Holdings["first"] = null;
  #last: Holdings["last"] = null;
  #block = -1;
  #stakes: bigint[] = [];

  /** @param step blocks between two samples that are looked at */
  constructor(populations: readonly string[], step: number) {
    this.#populations = populations;
    this.#step = step;
  }

  add(block: number, population: number, balance: bigint, stake: bigint, given: bigint): void {
    if (block !== this.#block) {
      this.#close();
      this.#block = block;
      const empty = (): bigint[] => this.#populations.map(() => 0n);
      this.#wealth.push({ block, owned: empty(), given: empty(), members: this.#populations.map(() => 0) });
    }
    if (stake > 0n) this.#stakes.push(stake);
    const now = this.#wealth.at(-1)!;
    now.owned[population]! += balance + stake;
    now.given[population]! += given;
    now.members[population]!++;
  }

  finish(): Holdings {
    this.#close();
    const last = this.#samples.at(-1);
    // The last sample is always shown, however close it is to the one before.
    if (this.#last !== null && last?.block !== this.#last.block) this.#samples.push(measure(this.#last));
    return {
      samples: this.#samples,
      first: this.#first,
      last: this.#last,
      populations: this.#populations,
      wealth: this.#wealth,
    };
  }

  #close(): void {
    if (this.#stakes.length === 0) return;
    const sample = { block: this.#block, stakes: this.#stakes };
    this.#stakes = [];
    this.#first ??= sample;
    this.#last = sample;
    const before = this.#samples.at(-1);
    if (before === undefined || sample.block - before.block >= this.#step)
      this.#samples.push(measure(sample));
  }
}

function measure({
  block,
  stakes,
}: {
  readonly block: number;
  readonly stakes: readonly bigint[];
}): Concentration {
  return {
    block,
    holders: stakes.length,
    gini: gini(stakes),
    nakamoto: nakamotoCoefficient(stakes),
    herfindahl: herfindahlIndex(stakes),
    topPercent: topShare(stakes, Math.max(1, Math.ceil(stakes.length / 100))),
  };
}

/** Reads the table `accounts` batch by batch. @param blocksOf length of a comparison's run; null where it is not known */
export async function readHoldings(
  trace: Trace,
  blocksOf: (comparison: string) => number | null,
): Promise<Map<string, Holdings>> {
  const readers = new Map<string, HoldingsReader>();
  if (!trace.has("accounts")) return new Map();
  for await (const batch of trace.batches("accounts")) {
    const labels = batch.labels("comparison");
    const comparison = batch.column("comparison") as ArrayLike<number>;
    const block = batch.column("block") as ArrayLike<bigint>;
    const population = batch.column("population") as ArrayLike<number>;
    const [balance, stake, given] = ["balance", "stake_value", "given"].map(
      (name) => batch.column(name) as ArrayLike<bigint>,
    ) as [ArrayLike<bigint>, ArrayLike<bigint>, ArrayLike<bigint>];
    for (let row = 0; row < batch.rows; row++) {
      const name = labels[comparison[row]!]!;
      let reader = readers.get(name);
      if (reader === undefined) {
        reader = new HoldingsReader(batch.labels("population"), (blocksOf(name) ?? 0) / MOST_SAMPLES);
        readers.set(name, reader);
      }
      reader.add(Number(block[row]!), population[row]!, balance[row]!, stake[row]!, given[row]!);
    }
  }
  return new Map([...readers].map(([name, reader]) => [name, reader.finish()]));
}
