import type { LoggerInterface } from "vega";

/** A logger that turns every warning into an error: a chart that warns does not show what it should. */
export function strictLogger(): LoggerInterface {
  const logger: LoggerInterface = {
    level: (level?: number) => (level === undefined ? 2 : logger),
    error: (...args) => fail(args),
    warn: (...args) => fail(args),
    info: () => logger,
    debug: () => logger,
  };
  return logger;
}

function fail(args: readonly unknown[]): never {
  throw new Error(`chart: ${args.map(String).join(" ")}`);
}
