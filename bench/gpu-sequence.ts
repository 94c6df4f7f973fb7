/** Consecutive epochs of the exact kernel, to compare a float run with. */
import type { EpochInput, EpochOutput } from "../kernels/epoch.ts";
import type { ExactKernel } from "../kernels/exact/kernel.ts";
import { type Exact, ratios } from "./gpu-comparison.ts";

export function exactSequence(kernel: ExactKernel, first: EpochInput, epochs: number): EpochOutput[] {
  const outputs: EpochOutput[] = [];
  let input = first;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const output = kernel.runEpoch(input);
    outputs.push(output);
    input = {
      ...input,
      block: input.block + BigInt(input.tempo),
      lastMechanismStepBlock: input.block,
      validatorPermit: output.newValidatorPermit,
      bonds: output.bonds,
    };
  }
  return outputs;
}

export function exactRatios(output: EpochOutput): Exact {
  return {
    incentive: ratios(output.incentiveRaw),
    dividends: ratios(output.dividendsRaw),
    consensus: ratios(output.consensusRaw),
    validatorTrust: ratios(output.validatorTrustRaw),
    bonds: output.bonds,
  };
}
