import type { EpochInput } from "../../../kernels/epoch.ts";
import type { BackendName } from "../../../kernels/gpu/backends.ts";
import { BackendUnavailable } from "../../../kernels/gpu/unavailable.ts";
import { FloatKernel } from "../../../kernels/gpu/kernel.ts";
import { type FloatEpochOutput, toEpochOutput } from "../../../kernels/gpu/output.ts";
import { InputError } from "../../errors.ts";
import type { JsonObject } from "../../json.ts";
import type { EvalCase, Evaluator } from "../family.ts";
import { epochInput, epochOut } from "../families/epoch-lines.ts";
import { floatDifference } from "./difference.ts";

/** Epochs in float32, a line at a time: for checking a backend, not for speed. */
export class FloatEpochEvaluator implements Evaluator {
  readonly #kernel: FloatKernel;

  private constructor(kernel: FloatKernel) {
    this.#kernel = kernel;
  }

  /** @throws InputError when the backend is not available, with what to do about it */
  static async open(backend: BackendName): Promise<FloatEpochEvaluator> {
    try {
      return new FloatEpochEvaluator(await FloatKernel.open(backend));
    } catch (error) {
      if (!(error instanceof BackendUnavailable)) throw error;
      throw new InputError(`${error.message}; ${error.remedy}`, { cause: error });
    }
  }

  prepare(line: JsonObject): EvalCase {
    const input: EpochInput = epochInput(line);
    let output: FloatEpochOutput | undefined;
    const out = (): JsonObject => {
      if (output === undefined) throw new Error("the case has not run");
      return epochOut(toEpochOutput(input, output));
    };
    return {
      n: input.n,
      run: async () => {
        const [epochs] = await this.#kernel.run([input], { epochs: 1, bonds: "last" });
        output = epochs?.[0];
      },
      out,
      difference: (expected) => floatDifference(input, expected, out()),
    };
  }

  close(): Promise<void> {
    return this.#kernel.close();
  }
}
