import { CHART_LIQUID_ALPHA, type LiquidAlphaSettings, type VariantSettings } from "./settings.ts";

/** Changes that make a named variation out of the chart settings. */
export type Variation = (settings: VariantSettings) => VariantSettings;

const liquid =
  (changes: Partial<LiquidAlphaSettings>): Variation =>
  (settings) => ({
    ...settings,
    liquidAlpha: { ...(settings.liquidAlpha ?? CHART_LIQUID_ALPHA), ...changes },
  });

/** Where liquid alpha is on, its consensus mode; where it is off, it stays off. */
const withMode = (settings: VariantSettings, consensusMode: "CURRENT" | "PREVIOUS"): VariantSettings =>
  settings.liquidAlpha === null
    ? settings
    : { ...settings, liquidAlpha: { ...settings.liquidAlpha, consensusMode } };

/**
 * The option variations with published results. Each changes what its text says and leaves all else as it is, the
 * bonds penalty included.
 */
export const VARIATIONS = {
  /** The public web form: kappa 32767/65535, rate 0.1, mode CURRENT, no bond resets (and there a bonds penalty of 1). */
  "web-defaults": (settings) => ({
    ...withMode(settings, "CURRENT"),
    kappa: 32_767 / 65_535,
    bondsRate: 1 - 0.9,
    bondResets: false,
  }),
  /** bond_moving_avg 0.9, the chain-like rate of 0.1. */
  "ema-0.9": (settings) => ({ ...settings, bondsRate: 1 - 0.9 }),
  "liquid-current": liquid({ consensusMode: "CURRENT" }),
  "liquid-previous": liquid({ consensusMode: "PREVIOUS" }),
  /** The rate is computed from effective (penalised) weights. */
  "liquid-effective-weights": liquid({ effectiveWeights: true }),
  /** Alpha 0.05..0.9 at steepness 100. */
  "liquid-steep-wide": liquid({ alphaLow: 0.05, alphaHigh: 0.9, steepness: 100 }),
  "liquid-on-ema-versions": liquid({}),
  "winner-takes-all": (settings) => ({ ...settings, winnerTakesAll: true }),
  "no-resets": (settings) => ({ ...settings, bondResets: false }),
  "kappa-0.3": (settings) => ({ ...settings, kappa: 0.3 }),
  "kappa-0.85": (settings) => ({ ...settings, kappa: 0.85 }),
  /** yuma2c with decay 0.02 and capacity_alpha 0.3, so that the cap binds. */
  "slow-capacity": (settings) => ({ ...settings, decayRate: 0.02, capacityAlpha: 0.3 }),
  /** Validators x servers instead of the square of the chain. */
  rectangular: (settings) => ({ ...settings, squareMatrices: false }),
  /**
   * The script that printed the published table of totals: mode CURRENT, no bond resets, and liquid alpha with its two
   * bounds the wrong way round (0.3 and 0.1), which makes its rate a constant 0.1.
   */
  "csv-table": (settings) => {
    const current = { ...withMode(settings, "CURRENT"), bondResets: false };
    return current.liquidAlpha === null ? current : liquid({ alphaLow: 0.3, alphaHigh: 0.1 })(current);
  },
} as const satisfies Readonly<Record<string, Variation>>;

export type VariationName = keyof typeof VARIATIONS;

/** All names, in the order of the table. */
export const VARIATION_NAMES = Object.keys(VARIATIONS) as readonly VariationName[];
