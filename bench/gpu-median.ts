/** The stake-weighted median two ways: bisection on the value, as the kernels do it, and counting ranks. */
import { type BackendName, openBackend } from "../kernels/gpu/backends.ts";
import { consensusScores } from "../kernels/gpu/device/consensus.ts";
import {
  NETWORK_FIELD_COUNT,
  NETWORK_FIELDS,
  VALIDATOR_FIELD_COUNT,
  VALIDATOR_FIELDS,
} from "../kernels/gpu/device/fields.ts";
import type { Cube, Table, Thread } from "../kernels/gpu/device/thread.ts";
import type { DevicePipeline } from "../kernels/gpu/library.ts";
import { generator } from "./gpu-networks.ts";

const SHAPE = { networks: 16, validators: 64, neurons: 256 };

/** The score of an entry if those with at least this score hold kappa, else 0. x = neuron, y = validator, z = network. */
function supportedScores(this: Thread, weights: Cube, validators: Cube, networks: Table): number {
  const j = this.thread.x;
  const b = this.thread.z;
  const score = Math.max(weights[b]![this.thread.y]![j]!, 0);
  let high = 0;
  let low = 0;
  for (let i = 0; i < this.constants.validatorCount; i++) {
    if (weights[b]![i]![j]! >= score) {
      high += validators[b]![i]![this.constants.medianStakeHigh]!;
      low += validators[b]![i]![this.constants.medianStakeLow]!;
    }
  }
  let supported = 0;
  if (high * 4096 + low >= networks[b]![this.constants.kappaHigh]! * 4096) supported = score;
  return supported;
}

/** x = neuron, y = network. */
function highestScores(this: Thread, scores: Cube): number {
  let highest = 0;
  for (let i = 0; i < this.constants.validatorCount; i++) {
    highest = Math.max(highest, scores[this.thread.y]![i]![this.thread.x]!);
  }
  return highest;
}

/** Milliseconds of a launch that computes the medians of 16 networks of 256 / 64, best of `repetitions`. */
export async function timeMedians(
  name: BackendName,
  repetitions: number,
): Promise<{ readonly bisection: number; readonly counting: number }> {
  const { networks, validators, neurons } = SHAPE;
  const backend = await openBackend(name);
  const compile = (source: (...values: never[]) => number, output: readonly number[]) =>
    backend.device.createKernel(String(source), {
      output,
      constants: { validatorCount: validators, neuronCount: neurons, ...VALIDATOR_FIELDS, ...NETWORK_FIELDS },
      functions: [],
      precision: "single",
      loopMaxIterations: 1000,
    });
  const bisect = compile(consensusScores, [neurons, networks]);
  const support = compile(supportedScores, [neurons, validators, networks]);
  const highest = compile(highestScores, [neurons, networks]);
  const draw = generator(1);
  const weights = Float32Array.from(
    { length: networks * validators * neurons },
    () => draw(65536) / 65536 / 256,
  );
  const rows = new Float32Array(networks * validators * VALIDATOR_FIELD_COUNT);
  for (let row = 0; row < networks * validators; row++) {
    rows[row * VALIDATOR_FIELD_COUNT + VALIDATOR_FIELDS.activeStake] = 1 / validators;
    rows[row * VALIDATOR_FIELD_COUNT + VALIDATOR_FIELDS.medianStakeHigh] = 1_048_576 / validators;
  }
  const parameters = new Float32Array(networks * NETWORK_FIELD_COUNT);
  for (let b = 0; b < networks; b++) parameters[b * NETWORK_FIELD_COUNT + NETWORK_FIELDS.kappaHigh] = 524_288;
  const time = async (pipeline: DevicePipeline): Promise<{ best: number; sum: number }> => {
    let best = Infinity;
    let sum = 0;
    for (let k = 0; k <= repetitions; k++) {
      const start = performance.now();
      const [scores] = await pipeline(
        backend.library.input(weights, [neurons, validators, networks]),
        backend.library.input(rows, [VALIDATOR_FIELD_COUNT, validators, networks]),
        backend.library.input(parameters, [NETWORK_FIELD_COUNT, networks]),
      );
      // The first launch compiles.
      if (k > 0) best = Math.min(best, performance.now() - start);
      sum = (scores as Float32Array[]).reduce((total, row) => total + row.reduce((a, b) => a + b, 0), 0);
    }
    await pipeline.destroy();
    return { best, sum };
  };
  const bisection = await time(backend.device.createPipeline((w, v, n) => [bisect(w, v, n)]));
  const counting = await time(backend.device.createPipeline((w, v, n) => [highest(support(w, v, n))]));
  await backend.close();
  if (Math.abs(bisection.sum - counting.sum) > 1e-6 * counting.sum)
    throw new Error(`the two medians differ: ${bisection.sum} and ${counting.sum}`);
  return { bisection: bisection.best, counting: counting.best };
}
