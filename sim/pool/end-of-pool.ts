/** How the threads of a pool end. */
import type { Worker } from "node:worker_threads";

/** What this needs of a pool. */
interface Threads {
  readonly threads: readonly Worker[];
  destroy(): Promise<void>;
}

/**
 * Prepares the end of a pool; to be called as soon as there is one. Node aborts the whole process when a thread is
 * terminated while it loads its modules, as happens where there are more threads than work.
 * @returns ends the threads, and what they are at, once each has loaded
 */
export function endOf(pool: Threads): () => Promise<void> {
  const { threads } = pool;
  const loaded = threads.map(
    (thread) =>
      new Promise<void>((resolve) => {
        // The first message says that the modules are there; a thread that fails or ends loads nothing more.
        for (const event of ["message", "error", "exit"]) thread.once(event, () => resolve());
      }),
  );
  return async () => {
    // The pool would let the process end before its threads have started.
    for (const thread of threads) thread.ref();
    await Promise.all(loaded);
    await pool.destroy();
  };
}
