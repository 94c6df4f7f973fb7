/** Opens every backend once and says which can be tested here. */
import { describe } from "vitest";
import { BACKENDS, type BackendName } from "../../../kernels/gpu/backends.ts";
import { BackendUnavailable } from "../../../kernels/gpu/unavailable.ts";
import { FloatKernel } from "../../../kernels/gpu/kernel.ts";
import { offerSoftwareAdapter } from "./software-adapter.ts";

/** Backends that must be there: in continuous integration a missing one is a failure, not a skipped test. */
const REQUIRED = (process.env["YUMASIM_REQUIRED_BACKENDS"] ?? "").split(",").filter(Boolean);

async function missing(name: BackendName): Promise<string | null> {
  try {
    const kernel = await FloatKernel.open(name);
    await kernel.close();
    return null;
  } catch (error) {
    if (!(error instanceof BackendUnavailable) || REQUIRED.includes(name)) throw error;
    return error.message;
  }
}

offerSoftwareAdapter();
const MISSING = new Map<BackendName, string | null>();
for (const name of BACKENDS) MISSING.set(name, await missing(name));

/** One suite for every backend; skipped, with the reason in its title, where the machine does not have it. */
export function describeBackends(title: string, suite: (name: BackendName) => void): void {
  for (const name of BACKENDS) {
    const reason = MISSING.get(name) ?? null;
    if (reason === null) describe(`${title} (${name})`, () => suite(name));
    else describe.skip(`${title} (${name}): ${reason}`, () => suite(name));
  }
}
