/** What the manifest says of Yuma variants. */
import { settingsOfChoice, type VariantChoice } from "../../kernels/variants/subnet/choice.ts";
import type { LiquidAlphaSettings, VariantSettings } from "../../kernels/variants/settings.ts";
import type { SubnetPlan } from "../scenario/index.ts";
import type { VariantRecord } from "../trace/index.ts";

type Settings = Partial<Omit<VariantSettings, "variant" | "liquidAlpha">> & {
  readonly liquidAlpha?: boolean;
  readonly liquid?: Partial<LiquidAlphaSettings>;
};

/** The settings that are given, under their names in scenarios. */
function named(settings: Settings): VariantRecord["settings"] {
  const { liquid = {} } = settings;
  const entries: [string, string | number | boolean | undefined][] = [
    ["bond_penalty", settings.bondsPenalty],
    ["kappa", settings.kappa],
    ["bonds_rate", settings.bondsRate],
    ["consensus_method", settings.consensusMethod],
    ["consensus_steps", settings.consensusSteps],
    ["consensus_smoothing", settings.consensusSmoothing],
    ["trust_temperature", settings.trustTemperature],
    ["decay_rate", settings.decayRate],
    ["capacity_alpha", settings.capacityAlpha],
    ["winner_takes_all", settings.winnerTakesAll],
    ["bond_resets", settings.bondResets],
    ["liquid_alpha", settings.liquidAlpha],
    ["alpha_low", liquid.alphaLow],
    ["alpha_high", liquid.alphaHigh],
    ["alpha_sigmoid_steepness", liquid.steepness],
    ["liquid_alpha_consensus_mode", liquid.consensusMode],
    ["liquid_alpha_effective_weights", liquid.effectiveWeights],
  ];
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string | number | boolean] => entry[1] !== undefined),
  );
}

/** The variant of an economy, whose subnets differ in what the choice leaves open. */
export function choiceRecord({ formula, base, ...given }: VariantChoice): VariantRecord {
  return { formula, settings: { settings: base, ...named(given) } };
}

/** The variant of a subnet with all its settings that have an effect. */
export function planRecord({ hyperparameters }: SubnetPlan, choice: VariantChoice): VariantRecord {
  const { variant, liquidAlpha, ...settings } = settingsOfChoice(choice, hyperparameters);
  const { consensusMethod: method } = settings;
  const without = new Set([
    ...(variant === "yuma2c" ? [] : ["decay_rate", "capacity_alpha"]),
    ...(method === "mean_reduction" ? ["kappa"] : ["consensus_steps", "consensus_smoothing"]),
    ...(method === "trust" ? [] : ["trust_temperature"]),
  ]);
  return {
    formula: variant,
    settings: Object.fromEntries(
      Object.entries(
        named({ ...settings, liquidAlpha: liquidAlpha !== null, liquid: liquidAlpha ?? {} }),
      ).filter(([name]) => !without.has(name)),
    ),
  };
}
