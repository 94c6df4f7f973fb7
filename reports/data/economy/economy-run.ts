/** What the charts of a whole economy need from a trace: one network under one set of overrides of one run. */
import type { ExpectationResult } from "../../../sim/trace/index.ts";
import type { Activity } from "./activity.ts";
import type { Columns } from "./columns.ts";
import type { Holdings } from "./holdings.ts";
import type { Lives } from "./lives.ts";

export const BLOCKS_PER_DAY = 7_200;
export const DAYS_PER_YEAR = 365;

/** A table that is sampled per subnet. */
export interface PerSubnet {
  /** Blocks of the samples, ascending. */
  readonly blocks: readonly number[];
  /** By netuid, ascending; a subnet has rows where it existed. */
  readonly subnets: ReadonlyMap<number, Columns>;
}

/** Something that happened and that a chart can mark. */
export interface Happening {
  readonly block: number;
  readonly kind: string;
  /** Null where no subnet is concerned. */
  readonly netuid: number | null;
  /** Rao, or a number of agents or subnets. */
  readonly amount: bigint;
}

export interface EconomyRun {
  /** Name that charts use for it; unique in a report. */
  readonly label: string;
  /** Of the run, as the report names it; null in a report about one. */
  readonly run: string | null;
  readonly comparison: string;
  readonly scenario: string;
  readonly seed: string;
  readonly protocol: string;
  /** The network begins after this block. */
  readonly startBlock: number;
  /** Rows of `blocks`, ascending. */
  readonly network: Columns;
  /** Rows of `pools`; root is netuid 0. */
  readonly pools: PerSubnet;
  /** Rows of `emission`: sums since the row before. */
  readonly emission: PerSubnet;
  readonly holdings: Holdings;
  readonly activity: Activity;
  /** Of subnets whose neurons are traced. */
  readonly lives: Lives;
  /** Everything in `events` but epochs. */
  readonly happenings: readonly Happening[];
  /** Metrics of the scenario, in its order. */
  readonly metrics: ReadonlyMap<
    string,
    { readonly blocks: readonly number[]; readonly values: readonly number[] }
  >;
  readonly expectations: readonly ExpectationResult[];
}

/** Days since the beginning. */
export const dayOf = ({ startBlock }: EconomyRun, block: number): number =>
  (block - startBlock) / BLOCKS_PER_DAY;

/** Days of the samples of the network. */
export const networkDays = (economy: EconomyRun): number[] =>
  economy.network.numbers("block").map((block) => dayOf(economy, block));

/** A column of one subnet, one value per sample of its table; null where the subnet did not exist. */
export function alongSamples(
  { blocks, subnets }: PerSubnet,
  netuid: number,
  column: (rows: Columns) => readonly number[],
): (number | null)[] {
  const rows = subnets.get(netuid);
  if (rows === undefined) return blocks.map(() => null);
  const values = new Map(rows.numbers("block").map((block, i) => [block, i]));
  const numbers = column(rows);
  return blocks.map((block) => {
    const at = values.get(block);
    return at === undefined ? null : numbers[at]!;
  });
}

/** Netuids beside root, those with most TAO in the pool at the end (or when they were last seen) first. */
export function subnetsBySize({ pools }: EconomyRun): number[] {
  const size = (rows: Columns): number => rows.tokens("tao").at(-1) ?? 0;
  return [...pools.subnets]
    .filter(([netuid]) => netuid !== 0)
    .sort(([a, left], [b, right]) => size(right) - size(left) || a - b)
    .map(([netuid]) => netuid);
}
