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
