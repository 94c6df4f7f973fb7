import { z } from "zod";
import { found, Unfit } from "../units.ts";
import { drift } from "./drift.ts";
import { hyperparameters } from "./hyperparameters.ts";
import { either, isMapping, leaf, mapping } from "./leaf.ts";
import { groupStake, stakesFile } from "./stakes.ts";
import { amount, blocks, boolean, integer, ratio, word } from "./values.ts";
import { groupWeights, subnetWeights } from "./weights.ts";

/** When validators send their weights again. */
const setWeights = word(
  "Whether validators send their weights again before every epoch, changed or not (every-epoch), or only when they change (on-change): then they go inactive after activity_cutoff blocks. Default every-epoch.",
  ["every-epoch", "on-change"],
);

const groupName = leaf(
  (value) => {
    if (typeof value !== "string" || !/^[a-z][a-z0-9-]*$/.test(value))
      throw new Unfit(
        `${found(value)}; a name is lower-case letters, digits and hyphens, and begins with a letter`,
      );
    if (["drawn", "file"].includes(value))
      throw new Unfit(`${found(value)}, a word with a meaning of its own in weights; choose another`);
    return value;
  },
  "Name of the neurons: with count the labels are name-0, name-1, ..., without it the name itself.",
  { type: "string", pattern: "^[a-z][a-z0-9-]*$" },
);

const neuronGroup = mapping({
  name: groupName,
  count: integer(
    "How many neurons the group has. Default 1, or as many as a list of stakes has.",
    1,
    65_535,
  ).optional(),
  alpha_stake: groupStake("alpha").optional(),
  tao_stake: groupStake("TAO").optional(),
  weights: groupWeights.optional(),
  set_weights: setWeights.optional(),
  validator_permit: boolean(
    "Permit before the first epoch. Default: as if an epoch had just run on the stakes.",
  ).optional(),
  registered_at: blocks("Block at which the neurons registered. Default 0.", 0n).default(0n),
  restake: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Group (or neuron) on which what these neurons are paid is staked after each epoch: on each its own if it is their own group, otherwise in proportion to the stakes there. Default: it is not staked.",
    ),
}).describe("Neurons that are alike. Uids follow the order of the groups.");

export type NeuronGroup = z.output<typeof neuronGroup>;

const label = leaf(
  (value) => {
    if (typeof value === "bigint") return String(value);
    if (typeof value === "string" && value !== "") return value;
    throw new Unfit(`${found(value)}; a neuron's label or uid is needed`);
  },
  "A neuron's label or uid.",
  { type: ["string", "integer"] },
);

/** Rao per epoch, or a ratio of the stake. */
export type SubnetEmission = bigint | { readonly of_stake: number };

const fixedEmission = amount("Alpha that each epoch hands out.", ["alpha"]);
const emissionOfStake = mapping({
  of_stake: ratio("What each epoch hands out, as a part of all alpha stake at that time."),
});

const emission = either<SubnetEmission>(
  (input) => (isMapping(input) ? emissionOfStake : fixedEmission),
  [fixedEmission, emissionOfStake],
  "Alpha that each epoch hands out to miners and validators: an amount, or of_stake, a part of all alpha stake at that time.",
);

export const subnet = mapping({
  netuid: integer("Number of the subnet.", 1, 65_535),
  emission,
  start_block: blocks(
    "Block at which the scenario begins; epoch 0 runs one tempo later. Default 0, or the block of an imported metagraph.",
    0n,
    0xffff_ffff_ffffn,
  ).optional(),
  owner: label.optional().describe("Label or uid of the subnet owner's neuron. Default: none."),
  set_weights: setWeights.default("every-epoch"),
  hyperparameters: hyperparameters.prefault({}),
  neurons: z.array(neuronGroup).min(1).optional().describe("Who is in the subnet: groups of neurons."),
  import: mapping({
    metagraph: z.string().min(1).describe("Snapshot file (JSON, plain or gzip) in the format metagraph/1."),
  })
    .optional()
    .describe("Neurons, stakes, weights and block of a real subnet instead of neurons."),
  stakes: stakesFile.optional(),
  weights: subnetWeights.optional(),
  drift: drift.optional(),
  delays: z
    .record(z.string(), integer("A number of epochs.", 0, 1_000_000))
    .optional()
    .describe(
      "Validators whose weights come late, by label, group or uid: in epoch e they have the row that was meant for epoch e less so many; before that, their first.",
    ),
  bond_resets: z
    .array(
      mapping({
        epoch: integer("Epoch before which the bonds are wiped.", 0, 999_999_999),
        neuron: label.describe("Label or uid of the neuron on whom all bonds are wiped, or its group."),
      }),
    )
    .optional()
    .describe("Wipes of all bonds on a neuron. Default: none."),
})
  .superRefine((value, context) => {
    if ((value.neurons === undefined) === (value.import === undefined))
      context.addIssue({
        code: "custom",
        message:
          value.neurons === undefined
            ? "has no neurons; give neurons: or import: {metagraph: FILE}"
            : "has both neurons and import; keep one of them",
      });
  })
  .describe("One subnet.");

export type Subnet = z.output<typeof subnet>;
