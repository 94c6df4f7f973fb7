/** The epoch of a subnet: the exact kernel on each mechanism, results stored, payments answered (spec/epoch.md 9, 10). */
import type { EpochInput, EpochOutput } from "../../../kernels/epoch.ts";
import { ExactKernel } from "../../../kernels/exact/kernel.ts";
import type { Chain, EpochPayment, EpochRunner } from "../chain.ts";
import { taoWeightFraction } from "../coinbase/terms.ts";
import { tracksVotingPower, updateVotingPower } from "../ownership/votingPower.ts";
import { stakeWeight } from "../staking/stakeWeight.ts";
import type { Netuid, Neurons, Subnet } from "../state/network.ts";
import { epochInput, neuronStakes, type NeuronStakes } from "./epochInput.ts";
import { combined, mechanismEmissions, mechanismWeights } from "./mechanisms.ts";

/** Computes the epoch of one mechanism of a subnet. */
export type EpochKernel = (input: EpochInput, subnet: Subnet, mechanism: number) => EpochOutput;

/** The epoch of one mechanism as the kernel saw it. What the output holds stays as it is. */
export interface KernelEpoch {
  readonly netuid: Netuid;
  /** Position of the mechanism. */
  readonly mechanism: number;
  readonly input: EpochInput;
  readonly output: EpochOutput;
}

/** Results of all mechanisms together, by uid. */
interface Combined {
  readonly server: BigUint64Array;
  readonly validator: BigUint64Array;
  readonly emission: BigUint64Array;
  readonly consensus: Uint16Array;
  readonly dividends: Uint16Array;
  readonly validatorTrust: Uint16Array;
  readonly stakeWeight: Uint16Array;
  readonly active: Uint8Array;
  readonly permits: Uint8Array;
}

const fromSingle = (output: EpochOutput): Combined => ({
  server: output.serverEmission,
  validator: output.validatorEmission,
  emission: output.emission,
  consensus: output.consensus,
  dividends: output.dividends,
  validatorTrust: output.validatorTrust,
  stakeWeight: output.stakeWeight,
  active: output.active,
  permits: output.newValidatorPermit,
});

const emptyCombined = (count: number): Combined => ({
  server: new BigUint64Array(count),
  validator: new BigUint64Array(count),
  emission: new BigUint64Array(count),
  consensus: new Uint16Array(count),
  dividends: new Uint16Array(count),
  validatorTrust: new Uint16Array(count),
  stakeWeight: new Uint16Array(count),
  active: new Uint8Array(count),
  permits: new Uint8Array(count),
});

const U16_RESULTS = ["consensus", "dividends", "validatorTrust", "stakeWeight"] as const;

/** Adds one mechanism to the combined results. */
function accumulate(sum: Combined, output: EpochOutput, weight: bigint, count: number): void {
  for (let uid = 0; uid < count; uid++) {
    sum.server[uid] = (sum.server[uid] ?? 0n) + (output.serverEmission[uid] ?? 0n);
    sum.validator[uid] = (sum.validator[uid] ?? 0n) + (output.validatorEmission[uid] ?? 0n);
    sum.emission[uid] = combined(sum.emission[uid] ?? 0n, output.emission[uid] ?? 0n, weight);
    for (const name of U16_RESULTS) {
      const value = combined(BigInt(sum[name][uid] ?? 0), BigInt(output[name][uid] ?? 0), weight);
      sum[name][uid] = Math.min(Number(value), 65_535);
    }
    sum.active[uid] = (sum.active[uid] ?? 0) | (output.active[uid] ?? 0);
    sum.permits[uid] = (sum.permits[uid] ?? 0) | (output.newValidatorPermit[uid] ?? 0);
  }
}

/** Per-neuron results are written in place: an epoch runs only in the block step, which is never undone. */
function storeResults(neurons: Neurons, results: Combined): void {
  neurons.emission.set(results.emission);
  neurons.consensus.set(results.consensus);
  neurons.dividends.set(results.dividends);
  neurons.validatorTrust.set(results.validatorTrust);
  neurons.stakeWeight.set(results.stakeWeight);
  neurons.active.set(results.active);
  neurons.validatorPermit.set(results.permits);
}

/** Payments in ascending order of hotkeys. */
function paymentsOf({ hotkeys, count }: Neurons, { server, validator }: Combined): EpochPayment[] {
  const payments: EpochPayment[] = [];
  for (let uid = 0; uid < count; uid++) {
    const hotkey = hotkeys[uid];
    if (hotkey !== undefined)
      payments.push({ hotkey, server: server[uid] ?? 0n, dividend: validator[uid] ?? 0n });
  }
  return payments.sort((a, b) => a.hotkey - b.hotkey);
}

/** Voting power follows the stake weights of the epoch, summed over mechanisms. */
function recordVotingPower(chain: Chain, subnet: Subnet, stakes: NeuronStakes, permits: Uint8Array): void {
  if (!tracksVotingPower(chain.state, subnet)) return;
  const taoWeight = taoWeightFraction(chain.state.parameters.taoWeight);
  const mechanisms = BigInt(subnet.mechanisms.length);
  const neurons = subnet.neurons.hotkeys.map((hotkey, uid) => ({
    hotkey,
    permit: permits[uid] === 1,
    stake: (stakeWeight(stakes.alpha[uid] ?? 0n, stakes.tao[uid] ?? 0n, taoWeight) >> 64n) * mechanisms,
  }));
  updateVotingPower(chain, subnet, neurons);
}

function runEpochOf(chain: Chain, netuid: Netuid, rao: bigint, kernel: EpochKernel): EpochPayment[] {
  const { state } = chain;
  const subnet = state.subnets.get(netuid);
  if (subnet === undefined || subnet.neurons.count === 0) return [];
  const { neurons, mechanisms } = subnet;
  const { count } = neurons;
  const permits = neurons.validatorPermit.slice(0, count);
  const stakes = neuronStakes(state, subnet);
  const shares = mechanismEmissions(rao, mechanisms.length, subnet.mechanismSplit);
  const weights = mechanismWeights(shares, rao);
  let results: Combined | null = null;
  for (const [k, mechanism] of mechanisms.entries()) {
    const output = kernel(epochInput(state, subnet, mechanism, stakes, permits, shares[k] ?? 0n), subnet, k);
    mechanism.incentive.set(output.incentive);
    mechanism.bonds = output.bonds;
    if (mechanisms.length === 1) results = fromSingle(output);
    else {
      results ??= emptyCombined(count);
      accumulate(results, output, weights[k] ?? 0n, count);
    }
  }
  if (results === null) return [];
  storeResults(neurons, results);
  recordVotingPower(chain, subnet, stakes, results.permits);
  return paymentsOf(neurons, results);
}

/**
 * Runs epochs on one exact kernel; make one per chain and thread.
 * @param watch is told of every epoch of a mechanism
 */
export function exactEpochRunner(watch?: (epoch: KernelEpoch) => void): EpochRunner {
  const kernel = new ExactKernel();
  return epochRunner((input) => kernel.runEpoch(input), watch);
}

/**
 * Runs epochs on a kernel of any kind.
 * @param watch is told of every epoch of a mechanism
 */
export const epochRunner =
  (kernel: EpochKernel, watch?: (epoch: KernelEpoch) => void): EpochRunner =>
  (chain, netuid, rao) =>
    runEpochOf(chain, netuid, rao, (input, subnet, mechanism) => {
      const output = kernel(input, subnet, mechanism);
      watch?.({ netuid, mechanism, input, output });
      return output;
    });
