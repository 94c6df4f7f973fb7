import { z } from "zod";
import { found, parseNumber, Unfit } from "../units.ts";
import { type ByEpoch, orByEpoch } from "./by-epoch.ts";
import { type Distribution, distributionOf, plainNumber } from "./distribution.ts";
import { either, isMapping, leaf, mapping, type Reading } from "./leaf.ts";
import { integer, ratio } from "./values.ts";

/** Targets with their weights, in the order in which they are sent: labels, group names or uids. */
export type WeightPairs = readonly (readonly [target: string, weight: number])[];

/** A row that is drawn for each validator of a group. */
export interface DrawnWeights {
  readonly targets: "all" | number | readonly number[];
  readonly among?: string | readonly string[] | undefined;
  readonly values: Distribution<number>;
  /** Name of values that everybody who gives this name sees alike; undefined = each draws its own. */
  readonly shared?: string | undefined;
  readonly noise: number;
  readonly first?: number | readonly number[] | undefined;
  /** Parts of the row by group, label or uid; who is not named has what they leave. */
  readonly shares?: Readonly<Record<string, number>> | undefined;
}

export type GroupWeights = WeightRowMap | WeightPairList | { readonly drawn: DrawnWeights };

/** Written as a mapping: sent by ascending uid. */
export interface WeightRowMap {
  readonly row: WeightPairs;
}

/** Written as a list of pairs: sent in that order. */
export interface WeightPairList {
  readonly pairs: WeightPairs;
}

const U16 = 65_535;

const weight = leaf(
  (value) => {
    const number = parseNumber(value, 0);
    if (number > U16)
      throw new Unfit(`${found(value)}; a weight is at most ${U16}, only its relation to the others counts`);
    return number;
  },
  "A weight: any number from 0 to 65535; only its relation to the others of the row counts.",
  { type: "number", minimum: 0, maximum: U16 },
);

const target = leaf(
  (value) => {
    if (typeof value === "bigint") return String(value);
    if (typeof value !== "string" || value === "")
      throw new Unfit(`${found(value)}; a neuron's label, a group's name or a uid is needed`);
    return value;
  },
  "A neuron's label, a group's name (each of its neurons) or a uid.",
  { type: ["string", "integer"] },
);

const rowMapping: Reading<WeightRowMap> = z
  .record(z.string(), weight)
  .transform((row): WeightRowMap => ({ row: Object.entries(row) }))
  .describe("Weight for each target (a label, a group's name or a uid); sent by ascending uid.");

const pairList: Reading<WeightPairList> = z
  .array(z.tuple([target, weight]))
  .transform((pairs): WeightPairList => ({ pairs }))
  .describe("Pairs of target and weight, sent in this order.");

/** One row of weights. */
export const weightRow = either<WeightRowMap | WeightPairList>(
  (input) => {
    if (Array.isArray(input)) return pairList;
    if (isMapping(input)) return rowMapping;
    throw new Unfit(`${found(input)}; write {miner-0: 1, miner-1: 2} or [[miner-0, 1], [miner-1, 2]]`);
  },
  [rowMapping, pairList],
  "Weights of one validator; the largest becomes 65535 as on the chain.",
);

const oneOrList = <T>(one: Reading<T>, description: string): Reading<T | readonly T[]> =>
  either<T | readonly T[]>(
    (input) => (Array.isArray(input) ? z.array(one).min(1) : one),
    [one, z.array(one).min(1)],
    description,
  );

const viewName = leaf(
  (value) => {
    if (typeof value !== "string" || !/^[a-z][a-z0-9-]*$/.test(value))
      throw new Unfit(`${found(value)}; a name of lower-case letters, digits and hyphens is needed`);
    return value;
  },
  "Name of the values: all validators that give the same name see the same value of each target, in whatever group and from whatever epoch on. Default: each draws its own.",
  { type: "string", pattern: "^[a-z][a-z0-9-]*$" },
);

const drawnWeights: Reading<{ readonly drawn: DrawnWeights }> = mapping({
  drawn: mapping({
    targets: either<"all" | number | readonly number[]>(
      (input) => {
        if (input === "all") return z.literal("all");
        return oneOrList(integer("A number of targets.", 1, U16), "");
      },
      [
        z.literal("all"),
        integer("A number of targets.", 1, U16),
        z.array(integer("A number of targets.", 1, U16)),
      ],
      "How many neurons each validator weighs: a number, a list with one for each validator, or all.",
    ),
    among: oneOrList(
      target,
      "Groups that may be weighed. Default: all neurons but the validator itself.",
    ).optional(),
    values: distributionOf(plainNumber("A value without unit.", 0)),
    shared: viewName.optional(),
    noise: plainNumber(
      "How far a validator's view differs from the shared values: standard deviation of their logarithm. Default 0.",
      0,
    ).default(0),
    first: oneOrList(
      ratio("A share of the row."),
      "Share of the row that goes to the best target: a ratio, or a list with one for each validator. Default: as the values fall.",
    ).optional(),
    shares: z
      .record(z.string(), ratio("A share of the row."))
      .optional()
      .describe(
        "Share of the row that goes to a group (or a neuron), inside which the values decide; those not named have what is left. Default: as the values fall.",
      ),
  })
    .refine((drawn) => drawn.shared !== undefined || drawn.noise === 0, {
      message: "noise blurs shared values; name some with shared or leave noise out",
      path: ["noise"],
    })
    .refine((drawn) => drawn.shares === undefined || drawn.first === undefined, {
      message: "first and shares both divide the row; keep one of them",
      path: ["first"],
    }),
});

/** Weights that the validators of a group set. */
export const groupWeights: Reading<GroupWeights | ByEpoch<GroupWeights>> = orByEpoch(
  either<GroupWeights>(
    (input) => (isMapping(input) && "drawn" in input ? drawnWeights : weightRow),
    [weightRow, drawnWeights],
    "A row that each validator of the group sets, or how to draw one for each.",
  ),
  "Weights that each neuron of the group sets: a row, drawn rows, or by_epoch. Default: none.",
);

/** Rows by the validator that sets them. */
export type SubnetRows = Readonly<Record<string, WeightRowMap | WeightPairList>>;

const rows = z
  .record(z.string(), weightRow)
  .describe("A row for each validator, by its label, group or uid.");

export const weightsFile = mapping({
  file: z
    .string()
    .min(1)
    .describe(
      "CSV, JSON or Arrow file beside the scenario, with the columns validator_uid, miner_uid, weight, and epoch if weights change.",
    ),
});

export type WeightsFile = z.output<typeof weightsFile>;

/** Weights of a whole subnet. */
export const subnetWeights: Reading<SubnetRows | ByEpoch<SubnetRows> | WeightsFile> = either<
  SubnetRows | ByEpoch<SubnetRows> | WeightsFile
>(
  (input) => {
    if (!isMapping(input))
      throw new Unfit(`${found(input)}; write {validator-0: {miner-0: 1}} or {file: weights.csv}`);
    return "file" in input ? weightsFile : orByEpoch<SubnetRows>(rows, "");
  },
  [rows, mapping({ by_epoch: z.record(z.string(), rows) }), weightsFile],
  "Rows of weights by validator, constant or by_epoch, or from a file; they replace those that the neurons have.",
);
