/** How a command of `yumasim` ends. */
export const EXIT = {
  good: 0,
  /** The answer is no: a check failed, an expectation was missed. */
  no: 1,
  /** A file, an option or a line of input is wrong. */
  badInput: 2,
  /** A bug of ours. */
  bug: 3,
  /** Stopped by the user. */
  stopped: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
