import {
  CHART_LIQUID_ALPHA,
  CHART_PAYOUT,
  CONSENSUS_METHODS,
  CONSENSUS_MODES,
  type PayoutSettings,
  type VariantSettings,
} from "../../../kernels/variants/settings.ts";
import { VARIATION_NAMES, VARIATIONS } from "../../../kernels/variants/variations.ts";
import { InputError } from "../../errors.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../json.ts";
import { booleanMember, integerMember } from "../members.ts";
import { numberMember } from "./numbers.ts";

/** Settings of a line, and what a dividend is worth under them. */
export interface ChosenSettings {
  readonly settings: VariantSettings;
  readonly payout: PayoutSettings;
}

type Reader = (chosen: ChosenSettings, value: JsonValue | undefined, at: string) => ChosenSettings;

const setting =
  (read: (value: JsonValue | undefined, at: string) => Partial<VariantSettings>): Reader =>
  (chosen, value, at) => ({ ...chosen, settings: { ...chosen.settings, ...read(value, at) } });

const payout =
  (read: (value: JsonValue | undefined, at: string) => Partial<PayoutSettings>): Reader =>
  (chosen, value, at) => ({ ...chosen, payout: { ...chosen.payout, ...read(value, at) } });

const share = (value: JsonValue | undefined, at: string): number => numberMember(value, at, 0, 1);

/** What the settings are called in golden/yuma-simulation.md, and our names where the page has none. */
const READERS: Readonly<Record<string, Reader>> = {
  kappa: setting((value, at) => ({ kappa: share(value, at) })),
  consensus_method: setting((value, at) => ({ consensusMethod: word(value, at, CONSENSUS_METHODS) })),
  consensus_steps: setting((value, at) => ({ consensusSteps: integerMember(value, at, 0, 1000) })),
  consensus_smoothing: setting((value, at) => ({ consensusSmoothing: share(value, at) })),
  trust_temperature: setting((value, at) => ({ trustTemperature: numberMember(value, at, 0) })),
  bond_moving_avg: setting((value, at) => ({ bondsRate: 1 - share(value, at) })),
  bonds_rate: setting((value, at) => ({ bondsRate: share(value, at) })),
  decay_rate: setting((value, at) => ({ decayRate: share(value, at) })),
  capacity_alpha: setting((value, at) => ({ capacityAlpha: share(value, at) })),
  winner_takes_all: setting((value, at) => ({ winnerTakesAll: booleanMember(value, at) })),
  bond_resets: setting((value, at) => ({ bondResets: booleanMember(value, at) })),
  square_matrices: setting((value, at) => ({ squareMatrices: booleanMember(value, at) })),
  total_epoch_emission: payout((value, at) => ({ totalEpochEmission: numberMember(value, at, 0) })),
  validator_emission_ratio: payout((value, at) => ({ validatorEmissionRatio: share(value, at) })),
  total_subnet_stake: payout((value, at) => ({ totalSubnetStake: numberMember(value, at, 0) })),
};

/** Members that together make the liquid alpha settings; `liquid_alpha` itself switches them on or off. */
const LIQUID_MEMBERS = [
  "liquid_alpha",
  "alpha_low",
  "alpha_high",
  "alpha_sigmoid_steepness",
  "liquid_alpha_consensus_mode",
  "liquid_alpha_effective_weights",
] as const;

const MEMBERS = [...Object.keys(READERS), ...LIQUID_MEMBERS];

/**
 * What a line asks for on top of the chart settings.
 * @param options the name of a variation, an object of settings, or nothing
 * @throws InputError that names the member, what was found and what is allowed
 */
export function chooseSettings(chart: VariantSettings, options: JsonValue | undefined): ChosenSettings {
  const chosen = { settings: chart, payout: CHART_PAYOUT };
  if (options === undefined) return chosen;
  if (typeof options === "string") return { ...chosen, settings: variation(options)(chart) };
  if (!isJsonObject(options))
    throw new InputError("in.options: allowed: the name of a variation, or an object of settings");
  refuseUnknown(options);
  if (Object.hasOwn(options, "bond_moving_avg") && Object.hasOwn(options, "bonds_rate"))
    throw new InputError(
      "in.options.bonds_rate: found beside bond_moving_avg, which is 1 - bonds_rate; give one",
    );
  const read = Object.keys(READERS).reduce<ChosenSettings>(
    (soFar, name) =>
      Object.hasOwn(options, name) ? READERS[name]!(soFar, options[name], `in.options.${name}`) : soFar,
    chosen,
  );
  return { ...read, settings: { ...read.settings, liquidAlpha: liquidAlpha(chart, options) } };
}

function refuseUnknown(options: JsonObject): void {
  const unknown = Object.keys(options).find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined)
    throw new InputError(`in.options.${unknown.slice(0, 60)}: unknown setting; known: ${MEMBERS.join(", ")}`);
}

function variation(name: string): (settings: VariantSettings) => VariantSettings {
  const known = VARIATION_NAMES.find((candidate) => candidate === name);
  if (known === undefined)
    throw new InputError(
      `in.options: found ${JSON.stringify(name.slice(0, 60))}; allowed: ${VARIATION_NAMES.join(", ")}`,
    );
  return VARIATIONS[known];
}

function liquidAlpha(chart: VariantSettings, options: JsonObject): VariantSettings["liquidAlpha"] {
  const at = (name: string): string => `in.options.${name}`;
  const on = Object.hasOwn(options, "liquid_alpha")
    ? booleanMember(options.liquid_alpha, at("liquid_alpha"))
    : chart.liquidAlpha !== null;
  const base = chart.liquidAlpha ?? CHART_LIQUID_ALPHA;
  // All are checked even where liquid alpha is off: a wrong value is wrong anyway.
  const chosen = {
    alphaLow: options.alpha_low === undefined ? base.alphaLow : share(options.alpha_low, at("alpha_low")),
    alphaHigh:
      options.alpha_high === undefined ? base.alphaHigh : share(options.alpha_high, at("alpha_high")),
    steepness:
      options.alpha_sigmoid_steepness === undefined
        ? base.steepness
        : numberMember(options.alpha_sigmoid_steepness, at("alpha_sigmoid_steepness"), -Number.MAX_VALUE),
    consensusMode:
      options.liquid_alpha_consensus_mode === undefined
        ? base.consensusMode
        : word(options.liquid_alpha_consensus_mode, at("liquid_alpha_consensus_mode"), CONSENSUS_MODES),
    effectiveWeights:
      options.liquid_alpha_effective_weights === undefined
        ? base.effectiveWeights
        : booleanMember(options.liquid_alpha_effective_weights, at("liquid_alpha_effective_weights")),
  };
  return on ? chosen : null;
}

function word<W extends string>(value: JsonValue | undefined, at: string, words: readonly W[]): W {
  const found = words.find((candidate) => candidate === value);
  if (found === undefined)
    throw new InputError(`${at}: found ${JSON.stringify(value)?.slice(0, 60)}; allowed: ${words.join(", ")}`);
  return found;
}
