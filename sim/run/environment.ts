/** The one place where a run looks at its machine and its clock; nothing of it reaches the tables or run.json. */
import { arch, cpus, platform, release } from "node:os";
import type { BackendRecord, RunEnvironment } from "../trace/index.ts";

/** Starts the clock. @returns what environment.json holds, at the moment of the call */
export function observeEnvironment(): (backend: BackendRecord) => RunEnvironment {
  const started = new Date();
  const startedAt = performance.now();
  return (backend) => ({
    platform: `${platform()} ${release()} ${arch()}`,
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: cpus().length,
    node: process.versions.node,
    backend,
    started: started.toISOString(),
    wallSeconds: Math.round(performance.now() - startedAt) / 1000,
  });
}
