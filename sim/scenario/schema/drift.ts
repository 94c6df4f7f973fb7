import type { z } from "zod";
import { plainNumber } from "./distribution.ts";
import { mapping } from "./leaf.ts";

/** A random walk of weights from epoch to epoch. */
export const drift = mapping({
  shared: plainNumber(
    "What everybody sees: standard deviation, per epoch, of the logarithm of each neuron's weight in all rows. Default 0.",
    0,
  ).default(0),
  own: plainNumber(
    "What each validator sees alone: the same for each weight of each row. Default 0.",
    0,
  ).default(0),
})
  .refine(({ shared, own }) => shared > 0 || own > 0, {
    message: "moves nothing; give shared or own a value above 0",
  })
  .describe(
    "Weights take a random step before every epoch but the first: each is multiplied by the exponential of normal draws.",
  );

export type Drift = z.output<typeof drift>;
