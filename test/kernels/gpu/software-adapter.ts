/**
 * Makes a graphics adapter available to the tests where the machine has none: the Vulkan loader and SwiftShader that
 * Debian's chromium package brings. Without them the tests of `webgpu` are skipped with the reason.
 */
import { existsSync } from "node:fs";
import { constants } from "node:os";

const LOADER = "/usr/lib/chromium/libvulkan.so.1";
const DRIVER = "/usr/lib/chromium/vk_swiftshader_icd.json";
/** glibc's flag that keeps a library although Node closes it again; os.constants does not have it. */
const RTLD_NODELETE = 0x1000;

/** Points Vulkan to SwiftShader unless the machine says otherwise. */
export function offerSoftwareAdapter(): void {
  if (process.platform !== "linux" || !existsSync(LOADER) || !existsSync(DRIVER)) return;
  process.env["VK_ICD_FILENAMES"] ??= DRIVER;
  try {
    process.dlopen({ exports: {} }, LOADER, constants.dlopen.RTLD_NOW | RTLD_NODELETE);
  } catch {
    // It is no Node addon, which Node finds out after loading it; loaded is all it has to be.
  }
}
