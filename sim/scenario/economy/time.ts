import { parseDecimal, timesExact } from "../decimal.ts";
import { leaf, type Reading } from "../schema/leaf.ts";
import { found, parseInteger, Unfit } from "../units.ts";

/** Blocks per unit of time; a block takes 12 seconds. */
const UNITS: Readonly<Record<string, bigint>> = {
  block: 1n,
  minute: 5n,
  hour: 300n,
  day: 7_200n,
  week: 50_400n,
  year: 2_628_000n,
};

/** What an editor takes for a time. */
const PATTERN = "^\\s*[\\d._]+([eE][+-]?\\d+)?\\s*(block|minute|hour|day|week|year)s?\\s*$";

/** 1,000 years of blocks. */
export const LONGEST = 2_628_000_000n;

const NAMES = Object.keys(UNITS).map((unit) => `${unit}s`);

/**
 * A length of time in blocks: `30 days`, `7200 blocks`, `1.5 hours`.
 * @param more units that the caller reads itself
 */
export function parseDuration(value: unknown, least: number, more: readonly string[] = []): number {
  const units = [...NAMES, ...more].join(", ");
  const allowed = `write a time with its unit, for example "5 days" or "360 blocks" (units: ${units})`;
  if (typeof value === "bigint" || typeof value === "number")
    throw new Unfit(`found ${value}, a number without a unit; ${allowed}`);
  const match = typeof value === "string" ? /^\s*(\S+?)\s*([a-z]+?)s?\s*$/.exec(value) : null;
  const number = match === null ? undefined : parseDecimal(match[1]!);
  const factor = match === null ? undefined : Object.hasOwn(UNITS, match[2]!) ? UNITS[match[2]!] : undefined;
  if (number === undefined || factor === undefined) throw new Unfit(`${found(value)}; ${allowed}`);
  const blocks = timesExact(number, factor);
  if (blocks === undefined) throw new Unfit(`${found(value)}, which is no whole number of blocks; round it`);
  if (blocks < BigInt(least) || blocks > LONGEST)
    throw new Unfit(`${found(value)}, ${blocks} blocks; allowed: ${least} to ${LONGEST} blocks`);
  return Number(blocks);
}

/** A length of time in blocks. */
export function duration(description: string, least = 0): Reading<number> {
  return leaf((value) => parseDuration(value, least), description, {
    type: "string",
    pattern: PATTERN,
    examples: ["5 days", "360 blocks"],
  });
}

/** A number of blocks that the chain stores: `7200`, `7200 blocks`, or a time like `1 days`. */
export function blockCount(description: string, least: number, most: number): Reading<number> {
  return leaf(
    (value) => {
      if (typeof value !== "string") return Number(parseInteger(value, BigInt(least), BigInt(most)));
      const blocks = parseDuration(value, least);
      if (blocks > most)
        throw new Unfit(`${found(value)}, ${blocks} blocks; allowed: ${least} to ${most} blocks`);
      return blocks;
    },
    description,
    {
      anyOf: [
        { type: "integer", minimum: least, maximum: most },
        { type: "string", pattern: PATTERN },
      ],
      examples: ["1 days", "7200 blocks"],
    },
  );
}

/** How long a run is: blocks, or epochs whose length only the subnets decide. */
export type Horizon = number | { readonly epochs: number };

const MOST_EPOCHS = 10_000_000;

/** A length of time that may also be written in epochs: `200 epochs`. */
export function horizon(description: string): Reading<Horizon> {
  return leaf(
    (value): Horizon => {
      const match = typeof value === "string" ? /^\s*(\d+)\s*epochs?\s*$/.exec(value) : null;
      if (match === null) return parseDuration(value, 1, ["epochs"]);
      const epochs = Number(match[1]);
      if (epochs < 1 || epochs > MOST_EPOCHS)
        throw new Unfit(`${found(value)}; allowed: 1 to ${MOST_EPOCHS} epochs`);
      return { epochs };
    },
    description,
    {
      type: "string",
      pattern: "^\\s*[\\d._]+([eE][+-]?\\d+)?\\s*(block|minute|hour|day|week|year|epoch)s?\\s*$",
      examples: ["30 days", "200 epochs", "3600 blocks"],
    },
  );
}
