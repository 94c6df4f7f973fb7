import type { EpochHyperparameters } from "../../epoch.ts";
import type { Variant } from "../names.ts";
import {
  CHART_LIQUID_ALPHA,
  chartSettings,
  type ConsensusMethod,
  type LiquidAlphaSettings,
  type VariantSettings,
} from "../settings.ts";

/** Where the settings come from that a choice does not name: the subnet's hyperparameters, or the published charts. */
export const SETTINGS_BASES = ["chain", "charts"] as const;
export type SettingsBase = (typeof SETTINGS_BASES)[number];

/** The formula that takes the place of the chain's epoch, and what of its settings is fixed. */
export interface VariantChoice {
  readonly formula: Variant;
  readonly base: SettingsBase;
  readonly kappa?: number;
  readonly bondsPenalty?: number;
  readonly bondsRate?: number;
  readonly consensusMethod?: ConsensusMethod;
  readonly consensusSteps?: number;
  readonly consensusSmoothing?: number;
  readonly trustTemperature?: number;
  readonly decayRate?: number;
  readonly capacityAlpha?: number;
  readonly winnerTakesAll?: boolean;
  readonly bondResets?: boolean;
  /** On or off; absent: on in yuma3-liquid, and in yuma3 where the subnet's hyperparameter says so. */
  readonly liquidAlpha?: boolean;
  readonly liquid: Partial<LiquidAlphaSettings>;
}

const U16_MAX = 65_535;

/** Stored steepness of a sigmoid with slope 1. */
const STEEPNESS_UNIT = 100;

/**
 * The settings of an epoch. `chain` reads the subnet's hyperparameters as the chain does: kappa, bonds penalty,
 * bonds_moving_average as 1 - rate, and the bounds and steepness of liquid alpha, which looks at the current consensus.
 * `charts` takes all but the bonds penalty from the published charts.
 */
export function settingsOfChoice(choice: VariantChoice, subnet: EpochHyperparameters): VariantSettings {
  const { formula, base } = choice;
  const penalty = choice.bondsPenalty ?? subnet.bondsPenalty / U16_MAX;
  const charts = chartSettings(formula, penalty);
  const basis: VariantSettings =
    base === "charts"
      ? charts
      : {
          ...charts,
          kappa: subnet.kappa / U16_MAX,
          bondsRate: formula === "yuma1" ? 1 : 1 - Number(subnet.bondsMovingAverage) / 1_000_000,
        };
  const { kappa, bondsRate, consensusMethod, decayRate, capacityAlpha, winnerTakesAll, bondResets } = choice;
  const { consensusSteps, consensusSmoothing, trustTemperature } = choice;
  return {
    ...basis,
    ...(kappa !== undefined && { kappa }),
    ...(bondsRate !== undefined && { bondsRate }),
    ...(consensusMethod !== undefined && { consensusMethod }),
    ...(consensusSteps !== undefined && { consensusSteps }),
    ...(consensusSmoothing !== undefined && { consensusSmoothing }),
    ...(trustTemperature !== undefined && { trustTemperature }),
    ...(decayRate !== undefined && { decayRate }),
    ...(capacityAlpha !== undefined && { capacityAlpha }),
    ...(winnerTakesAll !== undefined && { winnerTakesAll }),
    ...(bondResets !== undefined && { bondResets }),
    liquidAlpha: isLiquid(choice, subnet) ? { ...liquidBasis(choice, subnet), ...choice.liquid } : null,
  };
}

function isLiquid({ formula, liquidAlpha, base }: VariantChoice, subnet: EpochHyperparameters): boolean {
  if (liquidAlpha !== undefined) return liquidAlpha;
  return formula === "yuma3-liquid" || (formula === "yuma3" && base === "chain" && subnet.liquidAlpha);
}

function liquidBasis({ base }: VariantChoice, subnet: EpochHyperparameters): LiquidAlphaSettings {
  if (base === "charts") return CHART_LIQUID_ALPHA;
  return {
    ...CHART_LIQUID_ALPHA,
    alphaLow: subnet.alphaLow / U16_MAX,
    alphaHigh: subnet.alphaHigh / U16_MAX,
    steepness: subnet.alphaSigmoidSteepness / STEEPNESS_UNIT,
    consensusMode: "CURRENT",
  };
}
