import type { Batch, BatchShape } from "./batch.ts";
import * as arithmetic from "./device/arithmetic.ts";
import * as bonds from "./device/bonds.ts";
import * as consensus from "./device/consensus.ts";
import {
  NETWORK_FIELD_COUNT,
  NETWORK_FIELDS,
  VALIDATOR_FIELD_COUNT,
  VALIDATOR_FIELDS,
} from "./device/fields.ts";
import * as incentive from "./device/incentive.ts";
import * as liquidAlpha from "./device/liquid-alpha.ts";
import * as weights from "./device/weights.ts";
import type { Formula } from "./formula.ts";
import type { Device, DeviceKernel, DeviceLibrary, DevicePipeline, Handle } from "./library.ts";

/** What a pipeline is compiled for; a launch with anything else needs another one. */
export interface PipelineKey extends BatchShape {
  readonly formula: Formula;
  /** Whether the liquid alpha walk has to mind the order of entries. */
  readonly ordered: boolean;
  /** Epochs per launch; the bonds stay on the device between them. */
  readonly epochs: number;
  /** Whether the bonds of every epoch are read back, or those of the last. */
  readonly everyBonds: boolean;
}

/** Results of a launch: rows per network, as float32. */
export interface LaunchResult {
  /** Per network a ratio per neuron; the same in all epochs of the launch. */
  readonly consensus: readonly Float32Array[];
  readonly incentive: readonly Float32Array[];
  /** Per network a ratio per validator row; the same in all epochs of the launch. */
  readonly trust: readonly Float32Array[];
  /** Per network the highest consensus. */
  readonly peaks: Float32Array;
  /** Per epoch and network a ratio per validator row. */
  readonly dividends: readonly (readonly Float32Array[])[];
  /** Per epoch (or for the last alone), network and validator row: the entries, as `Batch.bonds` holds them. */
  readonly bonds: readonly (readonly (readonly Float32Array[])[])[];
}

/** An epoch computation compiled for one shape, with its buffers. */
export interface EpochPipeline {
  readonly key: PipelineKey;
  readonly pipeline: DevicePipeline;
  launch(batch: Batch): Promise<LaunchResult>;
  close(): Promise<void>;
}

/** Every device function may call every helper; gpu.js takes those that it needs. */
const HELPERS = Object.values(arithmetic).map(String);

/**
 * Compiles the epochs of a launch. While inputs do not change, neither do weights, consensus, trust and incentive; they
 * are computed once, and each epoch adds its bonds and dividends.
 */
export function compilePipeline(device: Device, library: DeviceLibrary, key: PipelineKey): EpochPipeline {
  const { networks, validators, neurons } = key;
  const constants = {
    validatorCount: validators,
    neuronCount: neurons,
    ...VALIDATOR_FIELDS,
    ...NETWORK_FIELDS,
  };
  const made: DeviceKernel[] = [];
  const compile = (source: (...values: never[]) => number, output: readonly number[]): DeviceKernel => {
    const kernel = device.createKernel(String(source), {
      output,
      constants,
      functions: HELPERS,
      precision: "single",
      loopMaxIterations: Math.max(neurons, validators, 64) + 1,
    });
    made.push(kernel);
    return kernel;
  };
  const perEntry = [neurons, validators, networks];
  const perNeuron = [neurons, networks];
  const perValidator = [validators, networks];
  const perNetwork = [networks];

  const weightTotals = compile(weights.weightTotals, perValidator);
  const normalisedWeights = compile(weights.normalisedWeights, perEntry);
  const consensusScores = compile(consensus.consensusScores, perNeuron);
  const consensusPeaks = compile(consensus.consensusPeaks, perNetwork);
  const validatorTrust = compile(incentive.validatorTrust, perValidator);
  const ranks = compile(incentive.ranks, perNeuron);
  const neuronTotals = compile(incentive.neuronTotals, perNetwork);
  const validatorTotals = compile(incentive.validatorTotals, perNetwork);
  const incentives = compile(incentive.normalised, perNeuron);
  const dividends = compile(incentive.normalised, perValidator);
  const bondWeights = compile(bonds.bondWeights, perEntry);
  const columnTotals = compile(bonds.columnTotals, perNeuron);
  const columnPeaks = compile(bonds.columnPeaks, perNeuron);
  const bondIncome = compile(bonds.bondIncome, perValidator);
  const stakedIncome = compile(bonds.stakedIncome, perValidator);
  const bondTotals = compile(bonds.bondTotals, perNeuron);
  const purchaseTotals = compile(bonds.purchaseTotals, perNeuron);
  const originalAverages = compile(bonds.originalAverages, perEntry);
  const fixedAverages = compile(bonds.fixedAverages, perEntry);
  const upscaledEntries = compile(bonds.upscaledEntries, perEntry);
  const plainEntries = compile(bonds.plainEntries, perEntry);
  const seenWeights = compile(liquidAlpha.seenWeights, perEntry);
  const liquidAverages = compile(liquidAlpha.liquidAverages, perEntry);
  const markedEntries = compile(liquidAlpha.markedEntries, perEntry);

  const plan = (
    entries: Handle,
    held: Handle,
    rows: Handle,
    registrations: Handle,
    parameters: Handle,
    order: Handle,
  ): Handle[] => {
    const totals = weightTotals(entries, rows, registrations);
    const ratios = normalisedWeights(entries, rows, registrations, totals);
    const scores = consensusScores(ratios, rows, parameters);
    const peaks = consensusPeaks(scores);
    const trust = validatorTrust(ratios, scores);
    const rank = ranks(ratios, scores, rows);
    const shares = incentives(rank, neuronTotals(rank));
    const bought = bondWeights(ratios, scores, parameters);
    const purchases = key.formula === "original" ? purchaseTotals(bought, rows) : scores;
    const seen = key.ordered ? seenWeights(bought, order, rows) : bought;
    const paid: Handle[] = [];
    const stored: Handle[] = [];
    let bondsNow = held;
    for (let epoch = 0; epoch < key.epochs; epoch++) {
      let averages: Handle;
      if (key.formula === "original") {
        averages = originalAverages(bought, bondsNow, rows, parameters, purchases, bondTotals(bondsNow));
      } else if (key.formula === "fixed") {
        averages = fixedAverages(bought, bondsNow, parameters);
      } else {
        averages = liquidAverages(bought, seen, bondsNow, scores, peaks, parameters);
      }
      let income = bondIncome(averages, columnTotals(averages), shares);
      if (key.formula !== "original") income = stakedIncome(income, rows);
      paid.push(dividends(income, validatorTotals(income)));
      if (key.formula === "original") bondsNow = upscaledEntries(averages, columnPeaks(averages), rows);
      else if (key.ordered) bondsNow = markedEntries(averages, order, rows, peaks);
      else bondsNow = plainEntries(averages, rows);
      if (key.everyBonds || epoch === key.epochs - 1) stored.push(bondsNow);
    }
    return [scores, shares, trust, peaks, ...paid, ...stored];
  };
  const pipeline = device.createPipeline(plan);
  return {
    key,
    pipeline,
    launch: async (batch) => {
      const results = await pipeline(
        library.input(batch.weights, perEntry),
        library.input(batch.bonds, perEntry),
        library.input(batch.validators, [VALIDATOR_FIELD_COUNT, validators, networks]),
        library.input(batch.registrations, perNeuron),
        library.input(batch.parameters, [NETWORK_FIELD_COUNT, networks]),
        key.ordered ? library.input(batch.order, perEntry) : library.input(new Float32Array(1), [1, 1, 1]),
      );
      return {
        consensus: results[0] as Float32Array[],
        incentive: results[1] as Float32Array[],
        trust: results[2] as Float32Array[],
        peaks: results[3] as Float32Array,
        dividends: results.slice(4, 4 + key.epochs) as Float32Array[][],
        bonds: results.slice(4 + key.epochs) as Float32Array[][][],
      };
    },
    close: async () => {
      await pipeline.destroy();
      for (const kernel of made) kernel.destroy();
    },
  };
}
