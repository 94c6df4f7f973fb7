import type { VariantCase } from "../../../kernels/variants/case.ts";
import type { VariantRun } from "../../../kernels/variants/simulate.ts";
import type { JsonObject } from "../../json.ts";

/** A run in the members of golden/yuma-simulation.md; lists of epochs are there only if they list any. */
export function variantOut(
  { epochs, validators, servers }: VariantCase,
  run: VariantRun,
  totals: Float64Array,
  percentages: readonly (number | null)[],
): JsonObject {
  const pairs = validators * servers;
  return {
    dividends: rows(run.dividends, 0, epochs, validators),
    incentives: rows(run.incentives, 0, epochs, servers),
    consensus: rows(run.consensus, 0, epochs, servers),
    bonds: layers(run.bonds, epochs, validators, servers, pairs),
    ...(run.rates !== null && { alpha: layers(run.rates, epochs - 1, validators, servers, pairs) }),
    total_per_1000_tao: [...totals],
    percent_vs_base: percentages,
    ...(run.undefinedConsensusEpochs.length > 0 && {
      undefined_consensus_epochs: run.undefinedConsensusEpochs,
    }),
    ...(run.unpaidEpochs.length > 0 && { unpaid_epochs: run.unpaidEpochs }),
  };
}

function rows(values: Float64Array, from: number, count: number, length: number): number[][] {
  return Array.from({ length: count }, (_, k) => [
    ...values.subarray(from + k * length, from + (k + 1) * length),
  ]);
}

function layers(
  values: Float64Array,
  epochs: number,
  validators: number,
  servers: number,
  pairs: number,
): number[][][] {
  return Array.from({ length: epochs }, (_, epoch) => rows(values, epoch * pairs, validators, servers));
}
