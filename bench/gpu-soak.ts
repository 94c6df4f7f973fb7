/**
 * Launches a float pipeline thousands of times in one process and reports memory and handles on the way.
 * `node dist/bench/gpu-soak.js [backend] [launches]`
 */
import { readdirSync } from "node:fs";
import { BACKENDS, type BackendName } from "../kernels/gpu/backends.ts";
import { FloatKernel } from "../kernels/gpu/kernel.ts";
import { denseNetwork } from "./gpu-networks.ts";

/** One sample of the process. */
export interface SoakSample {
  readonly launches: number;
  readonly residentMebibytes: number;
  /** What keeps Node alive, by its own count. */
  readonly handles: number;
  /** Open files; null where the system does not list them. */
  readonly files: number | null;
}

function sample(launches: number): SoakSample {
  return {
    launches,
    residentMebibytes: Math.round(process.memoryUsage().rss / 1_048_576),
    handles: process.getActiveResourcesInfo().length,
    files: process.platform === "linux" ? readdirSync("/proc/self/fd").length : null,
  };
}

/** Runs the launches, the first tenth to warm up. @returns samples, the last one after closing */
export async function soak(backend: BackendName, launches: number): Promise<SoakSample[]> {
  const kernel = await FloatKernel.open(backend);
  const inputs = [denseNetwork(1, { neurons: 16, validators: 4 }, "fixed")];
  const samples: SoakSample[] = [];
  const every = Math.ceil(launches / 10);
  for (let done = 1; done <= launches; done++) {
    await kernel.run(inputs, { epochs: 1, bonds: "last" });
    if (done % every === 0) samples.push(sample(done));
  }
  await kernel.close();
  samples.push(sample(launches));
  return samples;
}

if (process.argv[1]?.endsWith("gpu-soak.js") === true) {
  const [, , asked = "webasm", launches = "10000"] = process.argv;
  const backend = BACKENDS.find((name) => name === asked);
  if (backend === undefined) throw new Error(`no backend ${asked}; allowed: ${BACKENDS.join(", ")}`);
  for (const one of await soak(backend, Number(launches))) console.log(JSON.stringify({ backend, ...one }));
}
