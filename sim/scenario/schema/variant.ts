/** `variant:` a Yuma formula in the place of the chain's epoch. */
import type { z } from "zod";
import { findVariant, type Variant, VARIANTS } from "../../../kernels/variants/names.ts";
import { CONSENSUS_METHODS, CONSENSUS_MODES } from "../../../kernels/variants/settings.ts";
import { SETTINGS_BASES, type VariantChoice } from "../../../kernels/variants/subnet/choice.ts";
import { didYouMean } from "../../nearest.ts";
import { found, parseNumber, Unfit } from "../units.ts";
import { either, isMapping, leaf, mapping, type Reading } from "./leaf.ts";
import { boolean, integer, ratio, word } from "./values.ts";

function formulaOf(value: unknown): Variant {
  const known = typeof value === "string" ? findVariant(value) : undefined;
  if (known === undefined)
    throw new Unfit(
      `${found(value)}; allowed: ${VARIANTS.join(", ")}${typeof value === "string" ? didYouMean(value, VARIANTS) : ""}`,
    );
  return known;
}

const formula: Reading<Variant> = leaf(formulaOf, "Name of the formula.", { enum: VARIANTS });

const steepness = leaf(
  (value) => parseNumber(value, -Number.MAX_VALUE),
  "How sharply the rate of liquid alpha turns from alpha_low to alpha_high, as a slope. Default: the hyperparameter over 100; charts 10.",
  { type: "number" },
);

const trustTemperature = leaf(
  (value) => parseNumber(value, 0),
  "trust: how sharply the sigmoid turns at kappa of the stake. Default 10.",
  { type: "number", minimum: 0 },
);

/** Settings that mean something with one method of consensus alone. */
const METHOD_OF = {
  consensus_steps: "mean_reduction",
  consensus_smoothing: "mean_reduction",
  trust_temperature: "trust",
} as const;

/** Settings that mean something with liquid alpha alone. */
const LIQUID = [
  "alpha_low",
  "alpha_high",
  "alpha_sigmoid_steepness",
  "liquid_alpha_consensus_mode",
  "liquid_alpha_effective_weights",
] as const;

const settings = mapping({
  formula,
  settings: word(
    "Where settings come from that are not given here: chain = the subnet's hyperparameters, charts = the published charts. Default chain.",
    SETTINGS_BASES,
  ).default("chain"),
  bond_penalty: ratio(
    "0 % builds bonds on weights as set, 100 % on clipped ones. Default: the hyperparameter bonds_penalty.",
  ).optional(),
  kappa: ratio(
    "Share of stake that has to support a weight. Default: the hyperparameter; charts 0.5.",
  ).optional(),
  bonds_rate: ratio(
    "Weight of the new bond. Default: 1 - bonds_moving_average; charts 0.9, yuma3 0.025.",
  ).optional(),
  bond_moving_avg: ratio(
    "Weight of the old bond, 1 - bonds_rate; give one of the two, or neither.",
  ).optional(),
  consensus_method: word(
    "How consensus is found: the median at which at least (sorted) or more than (bisection) kappa of the stake agrees, the mean of the scoring paper, or the white paper's trust. Default sorted.",
    CONSENSUS_METHODS,
  ).optional(),
  consensus_steps: integer(
    "mean_reduction: how many times weights above the mean are brought down towards it; 0 is no consensus. Default 1.",
    0,
    1000,
  ).optional(),
  consensus_smoothing: ratio(
    "mean_reduction: 0 brings weights down to the mean, more leaves what is close to it. Default 0.",
  ).optional(),
  trust_temperature: trustTemperature.optional(),
  decay_rate: ratio("yuma2c: share of a bond that is lost per epoch. Default 0.1.").optional(),
  capacity_alpha: ratio(
    "yuma2c: share of its cap that a validator may buy per epoch. Default 0.1.",
  ).optional(),
  winner_takes_all: boolean(
    "The whole incentive goes to the highest rank, shared among equals. Default false.",
  ).optional(),
  bond_resets: boolean(
    "Whether bond_resets of the subnet happen; yuma2c and yuma3 alone reset. Default true.",
  ).optional(),
  liquid_alpha: boolean(
    "A rate per pair of validator and miner. Default: on in yuma3-liquid, and in yuma3 where the hyperparameter says so.",
  ).optional(),
  alpha_low: ratio("Rate of liquid alpha at agreement. Default: the hyperparameter; charts 0.1.").optional(),
  alpha_high: ratio(
    "Rate of liquid alpha at full disagreement. Default: the hyperparameter; charts 0.3.",
  ).optional(),
  alpha_sigmoid_steepness: steepness.optional(),
  liquid_alpha_consensus_mode: word(
    "Consensus that yuma3's rates look at: of this epoch, the one before, or the larger. Default CURRENT; charts MIXED.",
    CONSENSUS_MODES,
  ).optional(),
  liquid_alpha_effective_weights: boolean(
    "yuma3's rates compare effective weights instead of set ones. Default false.",
  ).optional(),
}).superRefine((value, context) => {
  const refuse = (key: string, message: string): void =>
    context.addIssue({ code: "custom", path: [key], message });
  if (value.bonds_rate !== undefined && value.bond_moving_avg !== undefined)
    refuse("bonds_rate", "stands beside bond_moving_avg, which is 1 - bonds_rate; give one of them");
  for (const key of ["decay_rate", "capacity_alpha"] as const)
    if (value[key] !== undefined && value.formula !== "yuma2c")
      refuse(key, `has no effect in ${value.formula}; it is a setting of yuma2c`);
  const method = value.consensus_method ?? "sorted";
  for (const key of Object.keys(METHOD_OF) as (keyof typeof METHOD_OF)[])
    if (value[key] !== undefined && method !== METHOD_OF[key])
      refuse(key, `has no effect with consensus_method: ${method}; it is a setting of ${METHOD_OF[key]}`);
  if (value.kappa !== undefined && method === "mean_reduction")
    refuse(
      "kappa",
      "has no effect with consensus_method: mean_reduction, which asks for no share of the stake",
    );
  if (value.liquid_alpha === false && value.formula === "yuma3-liquid")
    refuse("liquid_alpha", "is what makes yuma3-liquid; without it the formula is yuma3");
  if (value.liquid_alpha === true && value.formula === "yuma2c")
    refuse("liquid_alpha", "has no effect in yuma2c, whose bonds have no rate");
  const mayBeLiquid =
    value.liquid_alpha === true || value.formula === "yuma3-liquid" || value.formula === "yuma3";
  for (const key of LIQUID)
    if (value[key] !== undefined && (!mayBeLiquid || value.liquid_alpha === false))
      refuse(key, `has no effect in ${value.formula} without liquid_alpha: true`);
});

function choiceOf(value: z.output<typeof settings>): VariantChoice {
  const rate = value.bond_moving_avg === undefined ? value.bonds_rate : 1 - value.bond_moving_avg;
  return {
    formula: value.formula,
    base: value.settings,
    ...(value.bond_penalty !== undefined && { bondsPenalty: value.bond_penalty }),
    ...(value.kappa !== undefined && { kappa: value.kappa }),
    ...(rate !== undefined && { bondsRate: rate }),
    ...(value.consensus_method !== undefined && { consensusMethod: value.consensus_method }),
    ...(value.consensus_steps !== undefined && { consensusSteps: value.consensus_steps }),
    ...(value.consensus_smoothing !== undefined && { consensusSmoothing: value.consensus_smoothing }),
    ...(value.trust_temperature !== undefined && { trustTemperature: value.trust_temperature }),
    ...(value.decay_rate !== undefined && { decayRate: value.decay_rate }),
    ...(value.capacity_alpha !== undefined && { capacityAlpha: value.capacity_alpha }),
    ...(value.winner_takes_all !== undefined && { winnerTakesAll: value.winner_takes_all }),
    ...(value.bond_resets !== undefined && { bondResets: value.bond_resets }),
    ...(value.liquid_alpha !== undefined && { liquidAlpha: value.liquid_alpha }),
    liquid: {
      ...(value.alpha_low !== undefined && { alphaLow: value.alpha_low }),
      ...(value.alpha_high !== undefined && { alphaHigh: value.alpha_high }),
      ...(value.alpha_sigmoid_steepness !== undefined && { steepness: value.alpha_sigmoid_steepness }),
      ...(value.liquid_alpha_consensus_mode !== undefined && {
        consensusMode: value.liquid_alpha_consensus_mode,
      }),
      ...(value.liquid_alpha_effective_weights !== undefined && {
        effectiveWeights: value.liquid_alpha_effective_weights,
      }),
    },
  };
}

const NONE = "none";

const named: Reading<VariantChoice | null> = leaf(
  (value) => (value === NONE ? null : { formula: formulaOf(value), base: "chain", liquid: {} }),
  "Name of the formula; none = the protocol's own epoch.",
  { enum: [...VARIANTS, NONE] },
);
const detailed: Reading<VariantChoice> = settings.transform(choiceOf);

/** A formula by its name, or with settings; null where the scenario asks for none. */
export const variant: Reading<VariantChoice | null> = either<VariantChoice | null>(
  (input) => (isMapping(input) ? detailed : named),
  [named, settings],
  "Yuma formula that computes the epochs in doubles instead of the protocol: a name, or formula: with settings. Default: none, the protocol's own epoch, exact.",
);
