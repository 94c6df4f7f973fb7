import { z } from "zod";
import { found, type Token, Unfit } from "../units.ts";
import { orByEpoch, type ByEpoch } from "./by-epoch.ts";
import { type Distribution, distributionOf, plainNumber } from "./distribution.ts";
import { either, isMapping, mapping, type Reading } from "./leaf.ts";
import { amount, word } from "./values.ts";

/** Rao of every neuron of a group: the same, one each, drawn, or drawn parts of a total. */
export type GroupStake = bigint | readonly bigint[] | Distribution<bigint> | DividedStake;

/** Rao of a group together, in proportion to sizes that are drawn. */
export interface DividedStake {
  readonly total: bigint;
  readonly shares: Distribution<number>;
}

/** Stake of a group of neurons in one token. */
export function groupStake(token: Token): Reading<GroupStake | ByEpoch<GroupStake>> {
  const one = amount(`An amount of ${token} with its unit.`, [token]);
  const list = z.array(one).min(1).describe("One amount for each neuron of the group.");
  const drawn = distributionOf(one);
  const divided = mapping({
    total: amount(`${token} of the group together, with its unit.`, [token]),
    shares: distributionOf(plainNumber("A size without unit; only its relation to the others counts.", 0)),
  }).describe("What the group has together, divided in proportion to sizes that are drawn.");
  const value = either<GroupStake>(
    (input) => {
      if (Array.isArray(input)) return list;
      if (isMapping(input)) return "total" in input ? divided : drawn;
      if (input === null) throw new Unfit(`${found(input)}; write an amount like "100 ${token}"`);
      return one;
    },
    [one, list, drawn, divided],
    `${token} staked to each neuron: an amount, a list with one for each neuron, a distribution, or a total and how it is divided.`,
  );
  return orByEpoch(
    value,
    `${token} staked to each neuron: an amount ("100 ${token}"), a list, a distribution, a total and how it is divided, or by_epoch. Default 0.`,
  );
}

/** Stakes of a whole subnet from a file. */
export const stakesFile = mapping({
  file: z
    .string()
    .min(1)
    .describe(
      "CSV, JSON or Arrow file beside the scenario, with the columns uid, alpha_stake and/or tao_stake, and epoch if stakes change.",
    ),
  unit: word("Unit of numbers in the file that carry none: rao, or token for whole alpha and TAO.", [
    "rao",
    "token",
  ]).optional(),
}).describe("Stakes from a file; they replace those that the neurons have.");
