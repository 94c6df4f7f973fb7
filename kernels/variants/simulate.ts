import type { VariantCase } from "./case.ts";
import { resetBonds, runVariantEpoch } from "./epoch.ts";
import { chooseLayout, copyBlock, copySlice, submitEpoch } from "./layout.ts";
import type { VariantSettings } from "./settings.ts";
import { newEpochState } from "./state.ts";

/** All epochs of one case under one variant. Each array has the epoch as its first dimension. */
export interface VariantRun {
  /** epochs x validators: normalised dividends, sum just below 1; all 0 where nothing is paid. */
  readonly dividends: Float64Array;
  /** epochs x servers: sum 1, or all 0. */
  readonly incentives: Float64Array;
  /** epochs x servers: quantised consensus weight, an integer over 65535. */
  readonly consensus: Float64Array;
  /** epochs x servers: the same in steps of 1/65535 before truncation; 0 where the consensus is undefined. */
  readonly quotients: Float64Array;
  /** epochs x validators x servers: bonds after the epoch, in the variant's own unit. */
  readonly bonds: Float64Array;
  /** epochs x servers: the part of a server's prerank that clipping left. */
  readonly trust: Float64Array;
  /** epochs x validators: the part of a validator's weights that clipping left. */
  readonly validatorTrust: Float64Array;
  /**
   * With liquid alpha, (epochs - 1) x validators x servers: the rate of each bond from epoch 1 on, 0 where the epoch left
   * the bonds alone. Else null.
   */
  readonly rates: Float64Array | null;
  /** Epochs in which no server has a majority. */
  readonly undefinedConsensusEpochs: readonly number[];
  /** Epochs in which every server's incentive is 0. */
  readonly unpaidEpochs: readonly number[];
}

/** Runs all epochs of a case. yuma2c has no rate, so liquid alpha leaves no rates there. */
export function simulateVariant(story: VariantCase, chosen: VariantSettings): VariantRun {
  const { epochs, validators, servers, bondReset } = story;
  const settings = { ...chosen, winnerTakesAll: chosen.winnerTakesAll || story.winnerTakesAll };
  const layout = chooseLayout(story, settings);
  const state = newEpochState(layout);
  const pairs = validators * servers;
  const liquid = settings.liquidAlpha !== null && settings.variant !== "yuma2c";
  const run = {
    dividends: new Float64Array(epochs * validators),
    incentives: new Float64Array(epochs * servers),
    consensus: new Float64Array(epochs * servers),
    quotients: new Float64Array(epochs * servers),
    bonds: new Float64Array(epochs * pairs),
    trust: new Float64Array(epochs * servers),
    validatorTrust: new Float64Array(epochs * validators),
    rates: liquid ? new Float64Array((epochs - 1) * pairs) : null,
  };
  const undefinedConsensusEpochs: number[] = [];
  const unpaidEpochs: number[] = [];
  for (let epoch = 0; epoch < epochs; epoch++) {
    if (settings.bondResets && bondReset?.epoch === epoch)
      resetBonds(state, settings, layout.firstServer + bondReset.server);
    submitEpoch(story, epoch, state);
    runVariantEpoch(state, settings);

    const { firstServer } = layout;
    copySlice(state.dividends, 0, validators, run.dividends, epoch * validators);
    copySlice(state.validatorTrust, 0, validators, run.validatorTrust, epoch * validators);
    copySlice(state.incentives, firstServer, servers, run.incentives, epoch * servers);
    copySlice(state.consensus, firstServer, servers, run.consensus, epoch * servers);
    copySlice(state.quotients, firstServer, servers, run.quotients, epoch * servers);
    copySlice(state.trust, firstServer, servers, run.trust, epoch * servers);
    copyBlock(state.bonds, story, layout, run.bonds, epoch * pairs);
    if (run.rates !== null && epoch > 0)
      copyBlock(state.rates, story, layout, run.rates, (epoch - 1) * pairs);
    if (!state.consensusDefined) undefinedConsensusEpochs.push(epoch);
    if (isUnpaid(run.incentives, epoch * servers, servers)) unpaidEpochs.push(epoch);
  }
  return { ...run, undefinedConsensusEpochs, unpaidEpochs };
}

function isUnpaid(incentives: Float64Array, from: number, servers: number): boolean {
  for (let j = 0; j < servers; j++) if (incentives[from + j] !== 0) return false;
  return true;
}
