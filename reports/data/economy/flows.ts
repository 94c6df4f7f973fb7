/** Sums over stretches of time: what the table `emission` holds, all subnets together or one. */
import { alongSamples, dayOf, type EconomyRun } from "./economy-run.ts";

const RAO = 1e9;

/** Alpha by what it was given for, in the order in which charts stack it; columns of the table `emission`. */
export const ROLES = [
  { column: "miners", label: "Miners" },
  { column: "nominators", label: "Nominators" },
  { column: "validators", label: "Validators' own stake" },
  { column: "take", label: "Validators' take" },
  { column: "owner", label: "Subnet owners" },
  { column: "root", label: "Root" },
  { column: "recycled", label: "Recycled" },
  { column: "burned", label: "Burned" },
  { column: "unassigned", label: "Left over" },
] as const;

export type RoleColumn = (typeof ROLES)[number]["column"];

/** Stretches of time, one after the other. */
export interface Stretches {
  /** Days since the beginning. */
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** Rows of `emission`, joined into at most so many stretches. */
export class Flows implements Stretches {
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly #economy: EconomyRun;
  /** Samples of each stretch. */
  readonly #groups: readonly (readonly number[])[];

  constructor(economy: EconomyRun, most: number) {
    this.#economy = economy;
    const days = economy.emission.blocks.map((block) => dayOf(economy, block));
    const size = Math.max(1, Math.ceil(days.length / most));
    this.#groups = Array.from({ length: Math.ceil(days.length / size) }, (_, group) =>
      Array.from({ length: Math.min(size, days.length - group * size) }, (_, i) => group * size + i),
    );
    this.from = this.#groups.map((group) => (group[0] === 0 ? 0 : days[group[0]! - 1]!));
    this.to = this.#groups.map((group) => days[group.at(-1)!]!);
  }

  get length(): number {
    return this.to.length;
  }

  /** Days of each stretch. */
  get days(): number[] {
    return this.to.map((end, i) => end - this.from[i]!);
  }

  get netuids(): number[] {
    return [...this.#economy.emission.subnets.keys()];
  }

  /** Rao of a column in every stretch, of all subnets. */
  total(column: string): bigint[] {
    const sums = this.#groups.map(() => 0n);
    for (const netuid of this.netuids)
      this.of(netuid, column).forEach((amount, i) => {
        sums[i]! += amount;
      });
    return sums;
  }

  /** Rao of a column in every stretch, of one subnet. */
  of(netuid: number, column: string): bigint[] {
    const samples = this.#samples(netuid, column);
    return this.#groups.map((group) => group.reduce((sum, sample) => sum + samples[sample]!, 0n));
  }

  /** TAO that alpha of a column was worth, at the spot prices at the end of every sample, all subnets together. */
  value(column: string): number[] {
    const sums = this.#groups.map(() => 0);
    for (const netuid of this.netuids) {
      const samples = this.#samples(netuid, column);
      const prices = this.#prices(netuid);
      this.#groups.forEach((group, i) => {
        for (const sample of group) sums[i]! += (Number(samples[sample]!) / RAO) * prices[sample]!;
      });
    }
    return sums;
  }

  /** Mean of a ratio over the samples of every stretch of one subnet, per day. */
  perDay(netuid: number, column: string): (number | null)[] {
    const { emission } = this.#economy;
    const samples = alongSamples(emission, netuid, (rows) => rows.numbers(column));
    return this.#groups.map((group, i) => {
      const known = group.flatMap((sample) => samples[sample] ?? []);
      const days = this.to[i]! - this.from[i]!;
      return known.length === 0 || days === 0 ? null : known.reduce((sum, value) => sum + value, 0) / days;
    });
  }

  #samples(netuid: number, column: string): bigint[] {
    const { emission } = this.#economy;
    const rows = emission.subnets.get(netuid)!;
    const known = new Map(rows.numbers("block").map((block, i) => [block, i]));
    const amounts = column === "unassigned" ? this.#dust(netuid) : rows.amounts(column);
    return emission.blocks.map((block) => amounts[known.get(block) ?? -1] ?? 0n);
  }

  /** What the books of a subnet lack more than at its row before: alpha that nobody was given. */
  #dust(netuid: number): bigint[] {
    const { emission, pools } = this.#economy;
    const rows = pools.subnets.get(netuid);
    if (rows === undefined) return [];
    const column = rows.amounts("alpha_dust");
    const dust = new Map(rows.numbers("block").map((block, i) => [block, column[i]!]));
    let before = column[0]!;
    return emission.subnets
      .get(netuid)!
      .numbers("block")
      .map((block) => {
        const now = dust.get(block) ?? before;
        const grown = now - before;
        before = now;
        return grown > 0n ? grown : 0n;
      });
  }

  #prices(netuid: number): number[] {
    const { emission, pools } = this.#economy;
    const prices = alongSamples(pools, netuid, (rows) => rows.numbers("price"));
    const known = new Map(pools.blocks.map((block, i) => [block, prices[i] ?? 0]));
    return emission.blocks.map((block) => known.get(block) ?? 0);
  }
}
