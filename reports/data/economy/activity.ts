/** What agents tried: what the table `calls` says, summed up. */
import type { Trace } from "../../../sim/trace/index.ts";

export interface CallCount {
  readonly call: string;
  readonly succeeded: number;
  readonly failed: number;
  /** Rao. */
  readonly fees: bigint;
}

export interface ErrorCount {
  readonly call: string;
  readonly error: string;
  readonly count: number;
}

export interface Activity {
  /** Most frequent first. */
  readonly calls: readonly CallCount[];
  /** Most frequent first. */
  readonly errors: readonly ErrorCount[];
}

export const NO_ACTIVITY: Activity = { calls: [], errors: [] };

/** Reads the table `calls` batch by batch. */
export async function readActivity(trace: Trace): Promise<Map<string, Activity>> {
  const calls = new Map<string, Map<string, { succeeded: number; failed: number; fees: bigint }>>();
  const errors = new Map<string, Map<string, ErrorCount>>();
  if (!trace.has("calls")) return new Map();
  for await (const batch of trace.batches("calls")) {
    const numbers = (name: string) => batch.column(name) as ArrayLike<number>;
    const [comparisons, names, reasons] = [
      batch.labels("comparison"),
      batch.labels("call"),
      batch.labels("error"),
    ];
    const [comparison, call, error, ok] = [
      numbers("comparison"),
      numbers("call"),
      numbers("error"),
      numbers("ok"),
    ];
    const fee = batch.column("fee") as ArrayLike<bigint>;
    for (let row = 0; row < batch.rows; row++) {
      const where = comparisons[comparison[row]!]!;
      const name = names[call[row]!]!;
      const counts = entry(
        calls,
        where,
        () => new Map<string, { succeeded: number; failed: number; fees: bigint }>(),
      );
      const count = entry(counts, name, () => ({ succeeded: 0, failed: 0, fees: 0n }));
      count.fees += fee[row]!;
      if (ok[row] === 1) count.succeeded++;
      else {
        count.failed++;
        const reason = reasons[error[row]!]!;
        const own = entry(errors, where, () => new Map<string, ErrorCount>());
        const before = own.get(`${name}\0${reason}`)?.count ?? 0;
        own.set(`${name}\0${reason}`, { call: name, error: reason, count: before + 1 });
      }
    }
  }
  return new Map(
    [...calls].map(([where, counts]) => [
      where,
      {
        calls: [...counts]
          .map(([call, count]): CallCount => ({ call, ...count }))
          .sort((a, b) => b.succeeded + b.failed - a.succeeded - a.failed || (a.call < b.call ? -1 : 1)),
        errors: [...(errors.get(where)?.values() ?? [])].sort(
          (a, b) => b.count - a.count || (`${a.call} ${a.error}` < `${b.call} ${b.error}` ? -1 : 1),
        ),
      },
    ]),
  );
}

function entry<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = create();
    map.set(key, value);
  }
  return value;
}
