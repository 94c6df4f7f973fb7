/** Ctrl-C as a wish to stop: the work ends at its next good moment and keeps what it has. */
export interface StopSignal {
  readonly signal: AbortSignal;
  /** Gives Ctrl-C its usual meaning back. */
  release(): void;
}

/** Listens for SIGINT and SIGTERM once; the second one ends the process at once, as usual. */
export function stopSignal(): StopSignal {
  const controller = new AbortController();
  const release = (): void => {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  };
  const stop = (): void => {
    release();
    controller.abort();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return { signal: controller.signal, release };
}
