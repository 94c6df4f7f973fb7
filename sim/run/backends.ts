import type { EpochInput, EpochOutput } from "../../kernels/epoch.ts";
import { ExactKernel } from "../../kernels/exact/kernel.ts";
import type { ExactSubnet } from "../../kernels/exact/subnet.ts";
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
  readonly epochs: ResidentEpochs | BatchedEpochs;
  /** What ran, as far as it has. */
  record(): BackendRecord;
  close(): Promise<void>;
}

/** Epochs of subnets that stay in the kernel's memory: what one subnet gains from others beside it is nothing. */
export interface ResidentEpochs {
  readonly kind: "resident";
  /** Takes a subnet in; its owner frees it. */
  load(input: EpochInput): ExactSubnet;
}

/** Epochs of many networks side by side, whose state travels with each call. */
export interface BatchedEpochs {
  readonly kind: "batched";
  /** Consecutive epochs without changes that are worth computing together. */
  readonly longestStretch: number;
  /** Consecutive epochs of every network. @returns per network, per epoch */
  run(inputs: readonly EpochInput[], epochs: number): Promise<EpochOutput[][]>;
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
  // A thread that only hands out work opens a backend as well, and needs no kernel.
  let kernel: ExactKernel | undefined;
  return {
    arithmetic: "exact",
    kernelSha256: WASM_SHA256,
    epochs: {
      kind: "resident",
      load: (input) => {
        kernel ??= new ExactKernel();
        return kernel.load(input);
      },
    },
    record: () => ({ asked, ran: "exact", adapter: null, driver: null, executor: "wasm", fallback: null }),
    close: async () => {},
  };
}

async function floatBackend(asked: RunBackend, name: BackendName): Promise<EpochBackend> {
  const kernel = await openFloatKernel(name);
  return {
    arithmetic: "float32",
    kernelSha256: null,
    epochs: {
      kind: "batched",
      longestStretch: 32,
      run: async (inputs, epochs) => {
        const outputs = await kernel.run(inputs, { epochs, bonds: "every" });
        return outputs.map((all, k) => all.map((output) => toEpochOutput(inputs[k]!, output)));
      },
    },
    record: () => {
      const { backend, adapter, driver, executor, fallback } = kernel.report;
      return { asked, ran: backend, adapter, driver, executor: executor ?? "none", fallback };
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
