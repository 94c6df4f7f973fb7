import { holdGraphics } from "./graphics.ts";
import type { AdapterInfo, Device, DeviceContext, DeviceLibrary, DeviceLimits } from "./library.ts";
import { BackendUnavailable, INSTALL, isMissing } from "./unavailable.ts";

/** The places where float epochs can run, the fastest hardware first. */
export const BACKENDS = ["webgpu", "webasm", "cpu"] as const;
export type BackendName = (typeof BACKENDS)[number];

/** What a backend really runs on. */
export interface BackendReport {
  readonly backend: BackendName;
  /** The graphics adapter; null where there is none (`webasm`, `cpu`). */
  readonly adapter: string | null;
  readonly driver: string | null;
  /** How gpu.js runs a pipeline: `fused-encoder`, `fused-threaded`, `fused-sync` or `generic`; null before the first launch. */
  readonly executor: string | null;
  /** Why gpu.js fell back to something slower; null when it did not. */
  readonly fallback: string | null;
}

/** An open backend. Its owner closes it; pipelines compiled on it are closed before. */
export interface Backend {
  readonly name: BackendName;
  readonly device: Device;
  readonly library: DeviceLibrary;
  readonly adapter: AdapterInfo | null;
  /** The adapter's limits; null for `webasm` and `cpu`. */
  readonly limits: DeviceLimits | null;
  /** Throws when the device reported an error since the last call: gpu.js itself would read zeros. */
  check(): void;
  close(): Promise<void>;
}

/**
 * Opens a backend and proves by a small kernel that it runs there.
 * @throws BackendUnavailable without its package or an adapter, or when gpu.js would run elsewhere
 */
export async function openBackend(name: BackendName): Promise<Backend> {
  const hold = name === "webgpu" ? await holdGraphics() : null;
  try {
    const library = await loadLibrary(name);
    const device = new library.GPU({ mode: name });
    const probe = device.createKernel("function probe() { return this.thread.x + 1; }", {
      output: [4],
      constants: {},
      functions: [],
      precision: "single",
      loopMaxIterations: 1,
    });
    const probed = await (probe as unknown as () => Promise<Float32Array>)();
    const ran = probe.kernel.constructor.mode;
    const reason = probe.kernel.fallbackReason ?? null;
    const context = probe.kernel.context ?? null;
    probe.destroy();
    if (ran !== name || reason !== null || probed[3] !== 4) {
      await device.destroy();
      throw new BackendUnavailable(
        name,
        `gpu.js ran ${ran}${reason === null ? "" : ` (${reason})`}`,
        "choose another; `yumasim doctor` lists what runs here",
      );
    }
    const errors = name === "webgpu" && context !== null ? listen(context) : [];
    return {
      name,
      device,
      library,
      adapter: hold?.adapter ?? null,
      limits: name === "webgpu" ? (context?.device.limits ?? null) : null,
      check: () => {
        const found = errors.splice(0);
        if (context !== null && name === "webgpu" && context.isLost) found.push("the device was lost");
        if (found.length > 0) throw new Error(`the graphics device failed: ${found.join("; ")}`);
      },
      close: async () => {
        await device.destroy();
        await hold?.release(context);
      },
    };
  } catch (error) {
    await hold?.release(null);
    throw error;
  }
}

async function loadLibrary(name: BackendName): Promise<DeviceLibrary> {
  try {
    const module = (await import("gpu.js")) as unknown as { default: DeviceLibrary };
    return module.default;
  } catch (error) {
    if (!isMissing(error, "gpu.js")) throw error;
    throw new BackendUnavailable(name, "the package gpu.js is not installed", INSTALL);
  }
}

/** Collects what gpu.js would only print. */
function listen(context: DeviceContext): string[] {
  const errors: string[] = [];
  context.device.onuncapturederror = (event) => errors.push(event.error.message);
  return errors;
}
