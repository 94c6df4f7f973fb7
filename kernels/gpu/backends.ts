import type { AdapterInfo, Device, DeviceContext, DeviceLibrary, DeviceLimits } from "./library.ts";

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

/** A backend cannot be had on this machine. */
export class BackendUnavailable extends Error {
  override readonly name = "BackendUnavailable";
  readonly backend: BackendName;
  /** What to do about it. */
  readonly remedy: string;
  constructor(backend: BackendName, reason: string, remedy: string) {
    super(`the backend ${backend} is not available: ${reason}`);
    this.backend = backend;
    this.remedy = remedy;
  }
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

const INSTALL = "npm install gpu.js@2.24.1 webgpu@0.6.2";

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
        "choose another backend; `yumasim doctor` lists them",
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

interface Graphics {
  requestAdapter(): Promise<{ readonly info: AdapterInfo } | null>;
}

interface Hold {
  readonly adapter: AdapterInfo;
  /** Lets go; the last one destroys the device and takes `navigator.gpu` away, without which Node would not end. */
  release(context: DeviceContext | null): Promise<void>;
}

let holders = 0;

/**
 * gpu.js looks for `navigator.gpu`, which Node does not have; it is there while a `webgpu` backend is open. A host that has
 * its own keeps it.
 */
async function holdGraphics(): Promise<Hold> {
  const scope = globalThis as { navigator?: { gpu?: Graphics } };
  const ours = scope.navigator?.gpu === undefined || holders > 0;
  if (scope.navigator?.gpu === undefined) {
    const graphics = await createGraphics();
    if (scope.navigator === undefined) {
      Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true, writable: true });
    }
    Object.defineProperty(scope.navigator, "gpu", { value: graphics, configurable: true });
  }
  holders++;
  const release = async (context: DeviceContext | null): Promise<void> => {
    holders--;
    if (holders > 0 || !ours) return;
    if (context !== null) {
      const lost = (context.device as unknown as { readonly lost: Promise<unknown> }).lost;
      context.device.destroy();
      await lost;
    }
    delete scope.navigator?.gpu;
  };
  const adapter = await scope.navigator!.gpu!.requestAdapter();
  if (adapter === null) {
    await release(null);
    throw new BackendUnavailable(
      "webgpu",
      "no graphics adapter answers",
      "install the driver of the graphics card (Linux: Vulkan and libvulkan1). A software adapter comes with Debian's " +
        "chromium: set VK_ICD_FILENAMES=/usr/lib/chromium/vk_swiftshader_icd.json and, without libvulkan1, " +
        "LD_LIBRARY_PATH=/usr/lib/chromium",
    );
  }
  return { adapter: adapter.info, release };
}

async function createGraphics(): Promise<Graphics> {
  try {
    const { create, globals } = (await import("webgpu")) as unknown as {
      create(flags: readonly string[]): Graphics;
      globals: object;
    };
    Object.assign(globalThis, globals);
    return create([]);
  } catch (error) {
    if (!isMissing(error, "webgpu")) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new BackendUnavailable("webgpu", `the package webgpu does not load (${reason})`, INSTALL);
    }
    throw new BackendUnavailable("webgpu", "the package webgpu is not installed", INSTALL);
  }
}

function isMissing(error: unknown, name: string): boolean {
  const { code, message } = error as { code?: string; message?: string };
  return code === "ERR_MODULE_NOT_FOUND" && message?.includes(`'${name}'`) === true;
}
