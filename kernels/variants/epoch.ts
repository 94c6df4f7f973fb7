import { clipWeights } from "./clipping.ts";
import { bisectedConsensus, quantiseConsensus, sortedConsensus } from "./consensus.ts";
import { updateBondsYuma1 } from "./bonds/yuma1.ts";
import { updateBondsYuma2 } from "./bonds/yuma2.ts";
import { updateBondsYuma2a } from "./bonds/yuma2a.ts";
import { updateBondsYuma2b } from "./bonds/yuma2b.ts";
import { updateBondsYuma2c } from "./bonds/yuma2c.ts";
import { updateBondsYuma3 } from "./bonds/yuma3.ts";
import { bondDividends, normaliseDividends, shareDividends, weighByStake } from "./dividends.ts";
import { liquidRates } from "./liquid-alpha.ts";
import type { Matrix } from "./matrix.ts";
import { reduceToMean } from "./mean-reduction.ts";
import {
  proportionalIncentives,
  serverTrust,
  stakeWeightedSums,
  validatorTrust,
  winnerTakesAllIncentives,
} from "./ranks.ts";
import type { VariantSettings } from "./settings.ts";
import type { EpochState } from "./state.ts";
import { scaleWeights, trustConsensus } from "./trust.ts";
import { effectiveWeights, normaliseStakes, normaliseWeights } from "./weights.ts";

/**
 * One epoch: reads `state.submitted`, `state.stakes` and what was carried over, writes all else. Holds only the order of
 * the steps.
 */
export function runVariantEpoch(state: EpochState, settings: VariantSettings): void {
  const { weights, shares, consensus } = state;
  normaliseWeights(state.submitted, weights);
  normaliseStakes(state.stakes, shares);
  const counted = settings.variant === "yuma2b" && state.hasWeights ? state.previousWeights : weights;
  findConsensus(state, counted, settings);
  findRanks(state, settings);
  if (state.consensusDefined || settings.compat) {
    effectiveWeights(counted, state.clipped, settings.bondsPenalty, state.effective);
    findRates(state, settings);
    updateBonds(state, settings);
    payDividends(state, settings);
    state.hasBonds = true;
    state.previousConsensus.set(consensus);
  } else {
    // Without a majority nobody is paid, and bonds wait for the next consensus: nothing of this epoch enters them.
    state.incentives.fill(0);
    state.dividends.fill(0);
    state.rates.values.fill(0);
  }
  state.previousWeights.values.set(weights.values);
  state.hasWeights = true;
}

/** Wipes the bonds on one server. Only yuma2c and yuma3 do this; the others keep theirs. */
export function resetBonds(state: EpochState, { variant }: VariantSettings, server: number): void {
  if (variant !== "yuma2c" && variant !== "yuma3" && variant !== "yuma3-liquid") return;
  const { rows, columns, values } = state.bonds;
  for (let i = 0; i < rows; i++) values[i * columns + server] = 0;
}

/** Finds the consensus and what it leaves of the weights that count. The median cuts at its quantised image, as the chain does. */
function findConsensus(state: EpochState, counted: Matrix, settings: VariantSettings): void {
  const { weights, shares, order, consensus, clipped } = state;
  const { kappa, compat, consensusSteps, consensusSmoothing, trustTemperature } = settings;
  const quantise = (): void => {
    state.consensusDefined = quantiseConsensus(consensus, compat, state.quotients);
  };
  switch (settings.consensusMethod) {
    case "sorted":
      sortedConsensus(weights, shares, kappa, order, consensus);
      quantise();
      return clipWeights(counted, consensus, clipped);
    case "bisection":
      bisectedConsensus(weights, shares, kappa, consensus);
      quantise();
      return clipWeights(counted, consensus, clipped);
    case "mean_reduction":
      reduceToMean(counted, shares, consensusSteps, consensusSmoothing, clipped, consensus);
      return quantise();
    case "trust":
      trustConsensus(weights, shares, trustTemperature, kappa, consensus);
      scaleWeights(counted, consensus, clipped);
      return quantise();
  }
}

function findRanks(state: EpochState, { winnerTakesAll }: VariantSettings): void {
  const { weights, clipped, shares, preranks, ranks, incentives } = state;
  stakeWeightedSums(weights, shares, preranks);
  stakeWeightedSums(clipped, shares, ranks);
  serverTrust(ranks, preranks, state.trust);
  validatorTrust(weights, clipped, state.validatorTrust);
  if (winnerTakesAll) winnerTakesAllIncentives(ranks, incentives);
  else proportionalIncentives(ranks, incentives);
}

/** The first epoch has nothing to compare with, so liquid alpha starts with the second. */
function findRates(state: EpochState, { variant, bondsRate, liquidAlpha }: VariantSettings): void {
  const { bonds, consensus, previousConsensus, rates } = state;
  if (liquidAlpha === null || !state.hasBonds) {
    rates.values.fill(variant === "yuma1" ? 1 : bondsRate);
    return;
  }
  const obeysMode = variant === "yuma3" || variant === "yuma3-liquid";
  const compared = obeysMode && liquidAlpha.effectiveWeights ? state.effective : state.weights;
  const mode = obeysMode ? liquidAlpha.consensusMode : "CURRENT";
  liquidRates(compared, bonds, consensus, previousConsensus, mode, liquidAlpha, state.layout, rates);
}

function updateBonds(state: EpochState, settings: VariantSettings): void {
  switch (settings.variant) {
    case "yuma1":
      return updateBondsYuma1(state);
    case "yuma2":
      return updateBondsYuma2(state);
    case "yuma2a":
      return updateBondsYuma2a(state);
    case "yuma2b":
      return updateBondsYuma2b(state);
    case "yuma2c":
      return updateBondsYuma2c(state, settings);
    case "yuma3":
    case "yuma3-liquid":
      return updateBondsYuma3(state);
  }
}

function payDividends(state: EpochState, { variant }: VariantSettings): void {
  const { bonds, shares, incentives, columnSums, dividends } = state;
  switch (variant) {
    case "yuma1":
    case "yuma2":
    case "yuma2a":
    case "yuma2b":
      bondDividends(bonds, incentives, dividends);
      break;
    case "yuma2c":
      shareDividends(bonds, incentives, columnSums, dividends);
      break;
    case "yuma3":
    case "yuma3-liquid":
      shareDividends(bonds, incentives, columnSums, dividends);
      weighByStake(shares, dividends);
      break;
  }
  normaliseDividends(dividends);
}
