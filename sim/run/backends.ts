import type { EpochInput, EpochOutput } from "../../kernels/epoch.ts";
import { ExactKernel } from "../../kernels/exact/kernel.ts";
import { WASM_SHA256 } from "../../kernels/exact/wasm.generated.ts";
import type { BackendName } from "../../kernels/gpu/backends.ts";
import { BackendUnavailable } from "../../kernels/gpu/unavailable.ts";
import { chooseBackend } from "../../kernels/gpu/choose.ts";
import type { FloatKernel } from "../../kernels/gpu/kernel.ts";
import { toEpochOutput } from "../../kernels/gpu/output.ts";
import { InputError } from "../errors.ts";
import type { BackendRecord, RunManifest } from "../trace/index.ts";
import type { OpenBackend, RunBackend } from "./backend-names.ts";

/** Computes the epochs of a run. Its owner closes it. */
export interface EpochBackend {
  readonly arithmetic: RunManifest["arithmetic"];
  /** Null where no committed kernel decides the bits. */
  readonly kernelSha256: string | null;
  /** Consecutive epochs without changes that are worth computing together. */
  readonly longestStretch: number;
  /** What ran, as far as it has. */
  record(): BackendRecord;
  /** Consecutive epochs of every network. @returns per network, per epoch */
  run(inputs: readonly EpochInput[], epochs: number): Promise<EpochOutput[][]>;
  close(): Promise<void>;
}

/** What `auto` comes to for so many networks side by side; any other choice is itself. */
export async function resolveBackend(
  asked: RunBackend,
  networks: number,
  onChoice: (text: string) => void = () => {},
): Promise<OpenBackend> {
  if (asked !== "auto") return asked;
  const { backend, reason } = await chooseBackend(networks);
  onChoice(`backend: ${backend} (${reason})`);
  return backend;
}

/**
 * Opens what is to compute epochs.
 * @param asked what the user said, for the record
 * @throws InputError when it is not available here, with what to do about it
 */
export async function openEpochBackend(name: OpenBackend, asked: RunBackend = name): Promise<EpochBackend> {
  return name === "exact" ? exactBackend(asked) : floatBackend(asked, name);
}

function exactBackend(asked: RunBackend): EpochBackend {
  const kernel = new ExactKernel();
  return {
    arithmetic: "exact",
    kernelSha256: WASM_SHA256,
    longestStretch: 1,
    record: () => ({ asked, ran: "exact", adapter: null, driver: null, executor: "wasm", fallback: null }),
    run: async (inputs, epochs) => {
      if (epochs !== 1) throw new Error(`the exact kernel runs one epoch at a time, not ${epochs}`);
      return kernel.runEpochs(inputs).map((output) => [output]);
    },
    close: async () => {},
  };
}

async function floatBackend(asked: RunBackend, name: BackendName): Promise<EpochBackend> {
  const kernel = await openFloatKernel(name);
  return {
    arithmetic: "float32",
    kernelSha256: null,
    longestStretch: 32,
    record: () => {
      const { backend, adapter, driver, executor, fallback } = kernel.report;
      return { asked, ran: backend, adapter, driver, executor: executor ?? "none", fallback };
    },
    run: async (inputs, epochs) => {
      const outputs = await kernel.run(inputs, { epochs, bonds: "every" });
      return outputs.map((all, k) => all.map((output) => toEpochOutput(inputs[k]!, output)));
    },
    close: () => kernel.close(),
  };
}

async function openFloatKernel(name: BackendName): Promise<FloatKernel> {
  try {
    // Most runs are exact and never load it.
    const { FloatKernel } = await import("../../kernels/gpu/kernel.ts");
    return await FloatKernel.open(name);
  } catch (error) {
    if (!(error instanceof BackendUnavailable)) throw error;
    throw new InputError(`${error.message}; ${error.remedy}`, { cause: error });
  }
}
