/** The kinds of single values in a scenario. */
import {
  found,
  parseAmount,
  parseInteger,
  parseProportion,
  parseRatio,
  type Token,
  Unfit,
  U16_MAX,
  U64_MAX,
} from "../units.ts";
import { didYouMean } from "../../nearest.ts";
import { leaf, type Reading } from "./leaf.ts";

export function amount(description: string, tokens: readonly Token[]): Reading<bigint> {
  const units = [...tokens, "rao"].join("|");
  return leaf((value) => parseAmount(value, tokens), description, {
    type: "string",
    pattern: `^\\s*[\\d._]+([eE][+-]?\\d+)?\\s*(${units})\\s*$`,
    examples: [`100 ${tokens[0]}`, "12 rao"],
  });
}

const ratioEditor = (unit: string, one: number): Record<string, unknown> => ({
  anyOf: [
    { type: "number", minimum: 0, maximum: one },
    { type: "string", pattern: `^\\s*[\\d._]+([eE][+-]?\\d+)?\\s*(%|${unit})\\s*$` },
  ],
});

/** A u16 proportion: x stands for x / 65535. */
export function u16Proportion(description: string): Reading<number> {
  return leaf(
    (value) => Number(parseProportion(value, U16_MAX, "u16")),
    description,
    ratioEditor("u16", 65_535),
  );
}

/** Parts per million. */
export function perMillion(description: string): Reading<bigint> {
  return leaf(
    (value) => parseProportion(value, 1_000_000n, "ppm"),
    description,
    ratioEditor("ppm", 1_000_000),
  );
}

/** A u64 proportion: x stands for x / (2^64 - 1). */
export function u64Proportion(description: string): Reading<bigint> {
  return leaf(
    (value) => parseProportion(value, U64_MAX, "u64"),
    description,
    ratioEditor("u64", Number(U64_MAX)),
  );
}

/** A share between 0 and 1 that the chain does not store. */
export function ratio(description: string): Reading<number> {
  return leaf(parseRatio, description, {
    anyOf: [
      { type: "number", minimum: 0, maximum: 1 },
      { type: "string", pattern: "^\\s*[\\d._]+\\s*%\\s*$" },
    ],
  });
}

/** A whole number that JavaScript holds exactly. */
export function integer(description: string, least: number, most: number): Reading<number> {
  return leaf((value) => Number(parseInteger(value, BigInt(least), BigInt(most))), description, {
    type: "integer",
    minimum: least,
    maximum: most,
  });
}

/** A number of blocks or a block's number, u64. */
export function blocks(description: string, least: bigint, most: bigint = U64_MAX): Reading<bigint> {
  return leaf((value) => parseInteger(value, least, most, "blocks"), description, {
    anyOf: [
      { type: "integer", minimum: Number(least) },
      { type: "string", pattern: "^\\s*[\\d_]+\\s*blocks?\\s*$" },
    ],
  });
}

export function boolean(description: string): Reading<boolean> {
  return leaf(
    (value) => {
      if (typeof value !== "boolean") throw new Unfit(`${found(value)}; allowed: true, false`);
      return value;
    },
    description,
    { type: "boolean" },
  );
}

export function text(description: string): Reading<string> {
  return leaf(
    (value) => {
      if (typeof value !== "string" || value.trim() === "")
        throw new Unfit(`${found(value)}; a text is needed`);
      return value.trim();
    },
    description,
    { type: "string" },
  );
}

/** One word of a list. */
export function word<const W extends string>(description: string, words: readonly W[]): Reading<W> {
  return leaf(
    (value) => {
      const match = words.find((candidate) => candidate === value);
      if (match === undefined)
        throw new Unfit(
          `${found(value)}; allowed: ${words.join(", ")}${typeof value === "string" ? didYouMean(value, words) : ""}`,
        );
      return match;
    },
    description,
    { enum: words },
  );
}
