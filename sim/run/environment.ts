/** The one place where a run looks at its machine and its clock; nothing of it reaches the tables or run.json. */
import { arch, cpus, platform, release } from "node:os";
import type { BackendRecord, RunEnvironment } from "../trace/index.ts";

/** The part that does not change; to ask the system takes longer than a short run. */
let machine: Pick<RunEnvironment, "platform" | "cpu" | "cores" | "node"> | undefined;

function observeMachine(): NonNullable<typeof machine> {
  const all = cpus();
  return {
    platform: `${platform()} ${release()} ${arch()}`,
    cpu: all[0]?.model.trim() ?? "unknown",
    cores: all.length,
    node: process.versions.node,
  };
}

/** Starts the clock. @returns what environment.json holds, at the moment of the call */
export function observeEnvironment(): (backend: BackendRecord) => RunEnvironment {
  const started = new Date();
  const startedAt = performance.now();
  return (backend) => ({
    ...(machine ??= observeMachine()),
    backend,
    started: started.toISOString(),
    wallSeconds: Math.round(performance.now() - startedAt) / 1000,
  });
}
