import { stableExp } from "../stable-math.ts";
import type { Matrix } from "./matrix.ts";
import type { Layout } from "./state.ts";
import type { ConsensusMode, LiquidAlphaSettings } from "./settings.ts";

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

/** C_j of the mode: this epoch's consensus, that of the epoch before, or the larger of the two. */
function chosenConsensus(mode: ConsensusMode, current: number, previous: number): number {
  if (mode === "MIXED") return Math.max(current, previous);
  return mode === "CURRENT" ? current : previous;
}

/**
 * The rate per pair. A validator that stays with the consensus gets nearly alpha_low, one that departs from it nearly
 * alpha_high:
 *
 *   g_ij = clamp(w_ij - C_j, 0, 1) where w_ij >= B_ij (buying), else clamp(B_ij - w_ij, 0, 1) (selling)
 *   a_ij = alpha_low + (alpha_high - alpha_low) / (1 + exp(-steepness * (g_ij - 0.5))), within alpha_low..alpha_high
 *
 * Agreement gives nearly alpha_low, not exactly: at steepness 10 and g = 0 the sigmoid is 0.0067.
 * The pairs of a square layout that are no validator and server keep a rate of 0: nothing enters their bonds.
 * @param weights normalised or effective ones
 * @param bonds as carried in, in the variant's own scale (a share of a column, or for yuma3 a level in 0..1)
 */
export function liquidRates(
  weights: Matrix,
  bonds: Matrix,
  consensus: Float64Array,
  previousConsensus: Float64Array,
  mode: ConsensusMode,
  { alphaLow, alphaHigh, steepness }: LiquidAlphaSettings,
  { columns, validators, firstServer }: Layout,
  rates: Matrix,
): void {
  const { values } = weights;
  rates.values.fill(0);
  for (let i = 0; i < validators; i++)
    for (let j = firstServer; j < columns; j++) {
      const at = i * columns + j;
      const weight = values[at]!;
      const bond = bonds.values[at]!;
      const gap =
        weight >= bond
          ? clamp(weight - chosenConsensus(mode, consensus[j]!, previousConsensus[j]!), 0, 1)
          : clamp(bond - weight, 0, 1);
      const sigmoid = 1 / (1 + stableExp(-steepness * (gap - 0.5)));
      rates.values[at] = clamp(alphaLow + (alphaHigh - alphaLow) * sigmoid, alphaLow, alphaHigh);
    }
}
