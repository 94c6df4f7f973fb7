import { type BackendName, openBackend } from "./backends.ts";
import { BackendUnavailable } from "./unavailable.ts";

/** What `auto` came to. */
export interface Choice {
  readonly backend: "exact" | BackendName;
  /** Why, for people. */
  readonly reason: string;
}

/** Below this many networks at a time, the cost of a launch is more than what graphics hardware saves. docs/gpu.md. */
const NETWORKS_WORTH_A_LAUNCH = 256;

/** Chooses where epochs of so many networks at a time run fastest. */
export async function chooseBackend(networks: number): Promise<Choice> {
  if (networks < NETWORKS_WORTH_A_LAUNCH) {
    return {
      backend: "exact",
      reason: `fewer than ${NETWORKS_WORTH_A_LAUNCH} networks at a time (${networks})`,
    };
  }
  try {
    const backend = await openBackend("webgpu");
    const { adapter } = backend;
    await backend.close();
    const name = [adapter?.vendor, adapter?.architecture].filter(Boolean).join(" ");
    if (adapter?.isFallbackAdapter === true) {
      return { backend: "exact", reason: `the only graphics adapter is software (${name})` };
    }
    return { backend: "webgpu", reason: `graphics hardware (${name}) and ${networks} networks at a time` };
  } catch (error) {
    if (!(error instanceof BackendUnavailable)) throw error;
    return { backend: "exact", reason: error.message };
  }
}
