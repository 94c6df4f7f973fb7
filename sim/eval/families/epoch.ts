import { ExactKernel } from "../../../kernels/exact/kernel.ts";
import type { ExactSubnet } from "../../../kernels/exact/subnet.ts";
import { BACKENDS, type BackendName } from "../../../kernels/gpu/backends.ts";
import type { JsonObject } from "../../json.ts";
import type { EvalCase, EvalFamily, Evaluator } from "../family.ts";
import { FLOAT_TOLERANCE } from "../float/difference.ts";
import { epochInput, epochOut } from "./epoch-lines.ts";

/** One epoch of one mechanism, input and result in the members of golden/epoch.md. */
export const EPOCH_FAMILY: EvalFamily = {
  name: "epoch",
  backends: ["exact", ...BACKENDS, "auto"],
  indexedByUid: true,
  tolerance: (backend) => (isFloat(backend) ? FLOAT_TOLERANCE : undefined),
  note: (backend) =>
    backend === "auto"
      ? "backend: exact (lines come one at a time, which is never worth a launch)"
      : undefined,
  open: async (backend) => {
    if (!isFloat(backend)) return new EpochEvaluator();
    const { FloatEpochEvaluator } = await import("../float/evaluator.ts");
    return FloatEpochEvaluator.open(backend);
  },
};

function isFloat(backend: string): backend is BackendName {
  return BACKENDS.some((name) => name === backend);
}

class EpochEvaluator implements Evaluator {
  readonly #kernel = new ExactKernel();
  #loaded: ExactSubnet | undefined;

  /** One subnet at a time lives in the kernel's memory: preparing a case ends the one before it. */
  prepare(line: JsonObject): EvalCase {
    const input = epochInput(line);
    this.#loaded?.free();
    const subnet = this.#kernel.load(input);
    this.#loaded = subnet;
    return { n: input.n, run: () => void subnet.step(), out: () => epochOut(subnet.read()) };
  }
}
