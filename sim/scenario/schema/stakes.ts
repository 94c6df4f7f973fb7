import { z } from "zod";
import { found, type Token, Unfit } from "../units.ts";
import { orByEpoch, type ByEpoch } from "./by-epoch.ts";
import { type Distribution, distributionOf } from "./distribution.ts";
import { either, isMapping, mapping, type Reading } from "./leaf.ts";
import { amount, word } from "./values.ts";

/** Rao of every neuron of a group: the same, one each, or drawn. */
export type GroupStake = bigint | readonly bigint[] | Distribution<bigint>;

/** Stake of a group of neurons in one token. */
export function groupStake(token: Token): Reading<GroupStake | ByEpoch<GroupStake>> {
  const one = amount(`An amount of ${token} with its unit.`, [token]);
  const list = z.array(one).min(1).describe("One amount for each neuron of the group.");
  const drawn = distributionOf(one);
  const value = either<GroupStake>(
    (input) => {
      if (Array.isArray(input)) return list;
      if (isMapping(input)) return drawn;
      if (input === null) throw new Unfit(`${found(input)}; write an amount like "100 ${token}"`);
      return one;
    },
    [one, list, drawn],
    `${token} staked to each neuron: an amount, a list with one for each neuron, or a distribution.`,
  );
  return orByEpoch(
    value,
    `${token} staked to each neuron: an amount ("100 ${token}"), a list, a distribution, or by_epoch. Default 0.`,
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
