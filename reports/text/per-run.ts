import { joinWords } from "./format.ts";

/** A value of one of the runs that a chart compares. */
export interface RunValue {
  readonly label: string;
  /** `null` where it is undefined. */
  readonly value: number | null;
  /** The value with its unit. */
  readonly text: string;
}

/** The values in words: one where all read the same, both of two with their runs, the ends of more. */
export function describePerRun(runs: readonly RunValue[]): string {
  const [first] = runs;
  if (first === undefined) return "–";
  if (runs.every(({ text }) => text === first.text)) return first.text;
  const named = ({ text, label }: RunValue): string => `${text} under ${label}`;
  if (runs.length === 2) return joinWords(runs.map(named));
  const ordered = [...runs].sort((a, b) => (a.value ?? -Infinity) - (b.value ?? -Infinity));
  return `between ${named(ordered[0]!)} and ${named(ordered.at(-1)!)}`;
}
