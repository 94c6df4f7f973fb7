import type { AdapterInfo, DeviceContext } from "./library.ts";
import { BackendUnavailable, INSTALL, isMissing } from "./unavailable.ts";

/** What gpu.js looks for as `navigator.gpu`. */
interface Graphics {
  requestAdapter(): Promise<{ readonly info: AdapterInfo } | null>;
}

/** WebGPU, as long as somebody needs it. */
export interface GraphicsHold {
  readonly adapter: AdapterInfo;
  /** Lets go. @param context the device that gpu.js made, if it did */
  release(context: DeviceContext | null): Promise<void>;
}

const NO_ADAPTER =
  "install the driver of the graphics card (Linux: Vulkan and libvulkan1); Debian's chromium brings a software adapter: " +
  "set VK_ICD_FILENAMES=/usr/lib/chromium/vk_swiftshader_icd.json and, without libvulkan1, LD_LIBRARY_PATH=/usr/lib/chromium";

let holds = 0;
/** Set while `navigator.gpu` is ours to take away. */
let removeGraphics: (() => void) | null = null;

/**
 * Provides `navigator.gpu`, which Node does not have, through the package `webgpu`. The last hold that is released destroys
 * the device and takes `navigator.gpu` away; otherwise Node would not end. A host that has its own keeps it.
 * @throws BackendUnavailable without the package or an adapter
 */
export async function holdGraphics(): Promise<GraphicsHold> {
  const scope = globalThis as { navigator?: { gpu?: Graphics } };
  let graphics = scope.navigator?.gpu;
  if (graphics === undefined) {
    graphics = await createGraphics();
    if (scope.navigator === undefined) {
      Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true });
    }
    const { navigator } = scope;
    Object.defineProperty(navigator, "gpu", { value: graphics, configurable: true });
    removeGraphics = () => delete navigator?.gpu;
  }
  holds++;
  const release = async (context: DeviceContext | null): Promise<void> => {
    holds--;
    if (holds > 0 || removeGraphics === null) return;
    removeGraphics();
    removeGraphics = null;
    if (context === null) return;
    context.device.destroy();
    // gpu.js keeps the device until it hears of its loss.
    await context.device.lost;
  };
  const adapter = await graphics.requestAdapter();
  if (adapter === null) {
    await release(null);
    throw new BackendUnavailable("webgpu", "no graphics adapter answers", NO_ADAPTER);
  }
  return { adapter: adapter.info, release };
}

async function createGraphics(): Promise<Graphics> {
  try {
    const webgpu = await import("webgpu");
    Object.assign(globalThis, webgpu.globals);
    return webgpu.create([]);
  } catch (error) {
    const missing = isMissing(error, "webgpu");
    const reason = missing ? "is not installed" : `does not load (${String(error)})`;
    throw new BackendUnavailable("webgpu", `the package webgpu ${reason}`, INSTALL);
  }
}
