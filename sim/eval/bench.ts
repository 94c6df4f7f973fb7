import { parseLine } from "./cases.ts";
import type { EvalSummary, WriteAnswer } from "./evaluate.ts";
import type { EvalFamily } from "./family.ts";
import type { InputLine } from "./lines.ts";

/** The middle of some durations; the lower of the two middles for an even number of them. */
function median(sorted: readonly bigint[]): bigint {
  return sorted[(sorted.length - 1) >> 1] ?? 0n;
}

/** A case is computed so long, in nanoseconds, before it is timed: a fresh kernel runs on quickly made code for its first runs. */
const WARM_UP = 200_000_000n;

/**
 * Times the kernel alone: each line is parsed and converted, computed untimed for a fifth of a second, then `repetitions`
 * times on this thread. Answers `{name, n, backend, nsMedian, nsMin}` in nanoseconds, or `{name, error}`.
 */
export async function benchLines(
  family: EvalFamily,
  backend: string,
  lines: AsyncIterable<InputLine>,
  repetitions: number,
  write: WriteAnswer,
): Promise<EvalSummary> {
  const evaluator = await family.open(backend);
  const summary: EvalSummary = { cases: 0, differences: 0, errors: 0 };
  try {
    for await (const line of lines) {
      summary.cases++;
      const parsed = parseLine(evaluator, line);
      if ("error" in parsed) {
        summary.errors++;
        await write(JSON.stringify(parsed));
        continue;
      }
      const began = process.hrtime.bigint();
      do await parsed.case.run();
      while (process.hrtime.bigint() - began < WARM_UP);
      const durations: bigint[] = [];
      for (let k = 0; k < repetitions; k++) {
        const start = process.hrtime.bigint();
        const running = parsed.case.run();
        // Awaiting costs; a kernel that has ended is not waited for.
        if (running !== undefined) await running;
        durations.push(process.hrtime.bigint() - start);
      }
      durations.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      await write(
        JSON.stringify({
          name: parsed.name,
          n: parsed.case.n,
          backend,
          nsMedian: Number(median(durations)),
          nsMin: Number(durations[0]),
        }),
      );
    }
  } finally {
    await evaluator.close?.();
  }
  return summary;
}
