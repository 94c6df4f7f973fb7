/** The exact kernel: one epoch in the chain's own fixed point, bit for bit (spec/epoch.md, spec/numbers.md). */
import type { EpochInput, EpochOutput } from "../epoch.ts";
import { instantiateKernel, type KernelExports } from "./module.ts";
import { ExactSubnet } from "./subnet.ts";

/** One WASM instance with its memory. Not for use by two threads; each makes its own. */
export class ExactKernel {
  readonly #exports: KernelExports;

  constructor() {
    this.#exports = instantiateKernel();
  }

  /** Computes one epoch and keeps nothing. @throws {RangeError} if the arrays of the input disagree with n */
  runEpoch(input: EpochInput): EpochOutput {
    const subnet = this.load(input);
    try {
      subnet.step();
      return subnet.read();
    } finally {
      subnet.free();
    }
  }

  /**
   * Computes a batch of epochs in one call: replicas of a subnet, or many subnets.
   * @throws {RangeError} if the arrays of an input disagree with its n
   */
  runEpochs(inputs: Iterable<EpochInput>): EpochOutput[] {
    const outputs: EpochOutput[] = [];
    this.stepEach(inputs, (subnet) => outputs.push(subnet.read()));
    return outputs;
  }

  /**
   * Computes one epoch after the other. One that names the same rows as the one before it (the same object) does not
   * send them again.
   * @param take gets the subnet after each epoch, to read its results; the subnet is not for keeping
   * @throws {RangeError} if the arrays of an input disagree with its n
   */
  stepEach(inputs: Iterable<EpochInput>, take: (subnet: ExactSubnet) => void): void {
    let subnet: ExactSubnet | undefined;
    let previous: EpochInput | undefined;
    try {
      for (const input of inputs) {
        if (subnet === undefined || previous === undefined || subnet.n !== input.n) {
          subnet?.free();
          subnet = undefined;
          subnet = this.load(input);
        } else {
          subnet.setColumns(input);
          if (input.weights !== previous.weights) subnet.setWeights(input.weights);
          if (input.bonds !== previous.bonds) subnet.setBonds(input.bonds);
        }
        previous = input;
        subnet.step();
        take(subnet);
      }
    } finally {
      subnet?.free();
    }
  }

  /**
   * Copies an epoch's input into the kernel's memory, where rows and bonds stay until `free`.
   * @throws {RangeError} if the arrays of the input disagree with n
   */
  load(input: EpochInput): ExactSubnet {
    const subnet = new ExactSubnet(this.#exports, input.n);
    try {
      subnet.setInput(input);
    } catch (error) {
      subnet.free();
      throw error;
    }
    return subnet;
  }

  /** Bytes of WASM memory in use by this kernel. */
  get memoryBytes(): number {
    return this.#exports.memory.buffer.byteLength;
  }
}
