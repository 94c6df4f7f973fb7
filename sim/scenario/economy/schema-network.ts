import { z } from "zod";
import { mapping, leaf } from "../schema/leaf.ts";
import { plainNumber } from "../schema/distribution.ts";
import { amount, blocks, boolean, integer, text, word } from "../schema/values.ts";
import { found, Unfit } from "../units.ts";
import { quantity } from "./quantity.ts";
import { globalSettings, subnetSettings } from "./settings.ts";
import { duration } from "./time.ts";

/** Lower-case words; what names and labels are made of. */
export const name = (description: string) =>
  leaf(
    (value) => {
      if (typeof value !== "string" || !/^[a-z][a-z0-9-]{0,39}$/.test(value))
        throw new Unfit(
          `${found(value)}; a name is up to 40 lower-case letters, digits and hyphens, and begins with a letter`,
        );
      return value;
    },
    description,
    { type: "string", pattern: "^[a-z][a-z0-9-]{0,39}$" },
  );

const subnets = mapping({
  netuid: integer(
    "Number of the subnet; with count the first one. Default: the next that is free.",
    1,
    65_535,
  ).optional(),
  count: integer("How many subnets like this there are. Default 1.", 1, 1_024).default(1),
  owner: name("Population of owners; its members own these subnets in turn. Default: nobody.").optional(),
  tao: quantity(amount("TAO in the pool.", ["TAO"]), "TAO in the pool of each subnet.", ["TAO", "rao"]),
  price: quantity(
    plainNumber("TAO per alpha.", 0, true),
    "TAO per alpha of each subnet; it says how much alpha is in the pool. Default 0.01.",
  ).optional(),
  moving_price: quantity(
    plainNumber("TAO per alpha.", 0),
    "The slow price that emission follows. Default: the price.",
  ).optional(),
  age: duration(
    "How long ago the subnets were registered. Default: as long as the network's age allows.",
  ).optional(),
  started: boolean("Whether the start call was made, so that they earn and trade. Default true.").default(
    true,
  ),
  hyperparameters: subnetSettings.prefault({}),
}).describe("One subnet, or several that are alike.");

const actor = (role: string, strategy: string) =>
  mapping({
    strategy: text(`Strategy of the ${role}s. Default ${strategy}.`).default(strategy),
    parameters: z.record(z.string(), z.unknown()).default({}).describe("Its parameters, by name."),
  }).prefault({});

const subnetImport = mapping({
  metagraph: text("Snapshot file (JSON, plain or gzip) in the format metagraph/1."),
  netuid: integer("Subnet that the neurons are registered on.", 1, 65_535),
  name: name("Name: the populations are name-validator and name-miner."),
  stake: word("Whether their stake is TAO on root or alpha on the subnet. Default root.", [
    "root",
    "alpha",
  ]).default("root"),
  validator: actor("validator", "honest"),
  miner: actor("miner", "fixed-quality"),
}).describe("Neurons of a real subnet, with their stakes and the weights in force.");

export type SubnetImport = z.output<typeof subnetImport>;

export const network = mapping({
  preset: word(
    "Parameters of the whole network to start from: mainnet as far as known, or compiled as on a fresh chain. Default mainnet.",
    ["mainnet", "compiled"],
  ).default("mainnet"),
  parameters: globalSettings.prefault({}),
  start_block: blocks("Block after which the run begins. Default 1000000.", 0n, 2_000_000_000n).default(
    1_000_000n,
  ),
  issuance: amount(
    "TAO in existence when the run begins, which decides the emission; what the scenario does not place belongs to nobody in it. Default: what it places.",
    ["TAO"],
  ).optional(),
  import: z.array(subnetImport).max(1_024).default([]).describe("Snapshots of real subnets."),
  subnets: z.array(subnets).min(1).max(1_024).describe("The subnets beside root."),
}).describe("The chain when the run begins.");

export type Network = z.output<typeof network>;
export type SubnetGroup = z.output<typeof subnets>;
