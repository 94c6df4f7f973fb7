import type { BackendName } from "./backends.ts";

/** What installs the packages of every backend. */
export const INSTALL = "install it with: npm install gpu.js@2.24.1 webgpu@0.6.2";

/** A backend cannot be had on this machine. */
export class BackendUnavailable extends Error {
  override readonly name = "BackendUnavailable";
  readonly backend: BackendName;
  readonly reason: string;
  /** What to do about it. */
  readonly remedy: string;
  constructor(backend: BackendName, reason: string, remedy: string) {
    super(`the backend ${backend} is not available: ${reason}`);
    this.backend = backend;
    this.reason = reason;
    this.remedy = remedy;
  }
}

/** Whether an import failed because a package is not there. */
export function isMissing(error: unknown, name: string): boolean {
  const { code, message } = error as { code?: string; message?: string };
  return code === "ERR_MODULE_NOT_FOUND" && message?.includes(`'${name}'`) === true;
}
