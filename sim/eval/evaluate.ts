import type { JsonObject } from "../json.ts";
import { parseLine, type UnderstoodLine } from "./cases.ts";
import { firstDifference } from "./difference.ts";
import type { EvalFamily } from "./family.ts";
import type { InputLine } from "./lines.ts";

/** How an evaluation went; `cases` counts every line. */
export interface EvalSummary {
  cases: number;
  /** Cases whose result is not the line's `out` (only when checking). */
  differences: number;
  /** Lines that could not be evaluated. */
  errors: number;
}

/** Receives one answer, a JSON text without line end. */
export type WriteAnswer = (answer: string) => Promise<void>;

/**
 * Computes every line and answers each with `{name, out}`, or `{name, error}`, in the order of the lines.
 * Holds one line at a time.
 */
export async function evaluateLines(
  family: EvalFamily,
  backend: string,
  lines: AsyncIterable<InputLine>,
  write: WriteAnswer,
): Promise<EvalSummary> {
  return answerLines(family, backend, lines, write, (line) => ({ name: line.name, out: line.case.out() }));
}

/**
 * Computes every line and compares with its own `out`: exactly, or within the tolerance that the backend declares.
 * Answers only the lines that differ, with `{name, path, uid, expected, actual}` of the first difference (`uid` where
 * the family has uids), and the lines that cannot be evaluated, with `{name, error}`.
 */
export async function checkLines(
  family: EvalFamily,
  backend: string,
  lines: AsyncIterable<InputLine>,
  write: WriteAnswer,
): Promise<EvalSummary> {
  return answerLines(family, backend, lines, write, ({ name, case: computed, expected }, summary) => {
    if (expected === undefined) {
      summary.errors++;
      return { name, error: "out: this member is missing, and a check compares with it" };
    }
    const difference = computed.difference
      ? computed.difference(expected)
      : firstDifference(expected, computed.out());
    if (!difference) return null;
    summary.differences++;
    return {
      name,
      path: difference.path,
      ...(family.indexedByUid && { uid: difference.index }),
      expected: difference.expected ?? null,
      actual: difference.actual ?? null,
    };
  });
}

async function answerLines(
  family: EvalFamily,
  backend: string,
  lines: AsyncIterable<InputLine>,
  write: WriteAnswer,
  answer: (line: UnderstoodLine, summary: EvalSummary) => JsonObject | null,
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
      await parsed.case.run();
      const answered = answer(parsed, summary);
      if (answered) await write(JSON.stringify(answered));
    }
  } finally {
    await evaluator.close?.();
  }
  return summary;
}
