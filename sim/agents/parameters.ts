/**
 * Parameters of strategies as data: a scenario reads them by kind, with units and checks; a strategy gets plain values.
 */

/** How a value is written and what a strategy gets. */
export type ParameterKind =
  /** `50 %` or 0.5: a number from 0 to 1. */
  | "ratio"
  /** A plain number. */
  | "number"
  /** A whole number. */
  | "count"
  /** `100 TAO` or `100 alpha`: rao, bigint. */
  | "amount"
  /** `5 days`, `360 blocks`: blocks, number. */
  | "duration"
  /** Name of a population whose accounts the agent knows; empty = its own. */
  | "population"
  /** A subnet. */
  | "netuid"
  /** true or false. */
  | "flag";

/** A parameter of a strategy. */
export interface Parameter<T> {
  readonly kind: ParameterKind;
  readonly description: string;
  readonly initial: T;
  /** Smallest and largest value of numbers. */
  readonly least: number;
  readonly most: number;
}

export type ParameterTable = Readonly<Record<string, Parameter<unknown>>>;

/** What a strategy gets: one value per parameter. */
export type ValuesOf<P> = { readonly [K in keyof P]: P[K] extends Parameter<infer T> ? T : never };

/** The default of every parameter. */
export function initialValues<P extends ParameterTable>(table: P): ValuesOf<P> {
  return Object.fromEntries(
    Object.entries(table).map(([name, { initial }]) => [name, initial]),
  ) as ValuesOf<P>;
}

function parameter<T>(
  kind: ParameterKind,
  initial: T,
  description: string,
  least = 0,
  most = Number.MAX_SAFE_INTEGER,
): Parameter<T> {
  return { kind, initial, description, least, most };
}

export const ratio = (initial: number, description: string): Parameter<number> =>
  parameter("ratio", initial, description, 0, 1);

export const number = (
  initial: number,
  description: string,
  least = 0,
  most = Number.MAX_VALUE,
): Parameter<number> => parameter("number", initial, description, least, most);

export const count = (
  initial: number,
  description: string,
  least = 0,
  most = 1_000_000_000,
): Parameter<number> => parameter("count", initial, description, least, most);

/** @param initial rao */
export const amount = (initial: bigint, description: string): Parameter<bigint> =>
  parameter("amount", initial, description);

/** @param initial blocks */
export const duration = (initial: number, description: string, least = 1): Parameter<number> =>
  parameter("duration", initial, description, least);

export const population = (description: string): Parameter<string> =>
  parameter("population", "", description);

export const netuid = (initial: number, description: string): Parameter<number> =>
  parameter("netuid", initial, description, 0, 65_535);

export const flag = (initial: boolean, description: string): Parameter<boolean> =>
  parameter("flag", initial, description);
