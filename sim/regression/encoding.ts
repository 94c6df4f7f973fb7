/** Columns as text: runs of equal numbers are written once, so that a line of a version control system stays short. */
import type { ColumnArray, ColumnSchema } from "../trace/index.ts";
import type { SectionValues } from "./sections.ts";

/** `0*3 17 4`, or the texts of a label column. */
export function encodeColumn({ array, labels }: SectionValues): string | readonly string[] {
  if (labels) return Array.from(array as Int32Array, (position) => labels[position] ?? "");
  const parts: string[] = [];
  let start = 0;
  for (let row = 1; row <= array.length; row++) {
    if (row < array.length && Object.is(array[row], array[start])) continue;
    const value = numberText(array[start] ?? 0);
    parts.push(row - start === 1 ? value : `${value}*${row - start}`);
    start = row;
  }
  return parts.join(" ");
}

/** The shortest text that reads back as the same number. */
function numberText(value: number | bigint): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

const ARRAYS: Readonly<Record<ColumnSchema["type"], (texts: readonly string[]) => ColumnArray>> = {
  bool: (texts) => Uint8Array.from(texts, Number),
  label: () => new Int32Array(0),
  uint16: (texts) => Uint16Array.from(texts, Number),
  uint32: (texts) => Uint32Array.from(texts, Number),
  uint64: (texts) => BigUint64Array.from(texts, BigInt),
  int64: (texts) => BigInt64Array.from(texts, BigInt),
  float64: (texts) => Float64Array.from(texts, Number),
};

/** Reads what `encodeColumn` wrote. */
export function decodeColumn(type: ColumnSchema["type"], written: string | readonly string[]): SectionValues {
  if (typeof written !== "string") {
    const labels = [...new Set(written)];
    const positions = new Map(labels.map((label, position) => [label, position]));
    return { kind: "values", array: Int32Array.from(written, (text) => positions.get(text) ?? 0), labels };
  }
  const texts = written
    .split(" ")
    .filter((part) => part !== "")
    .flatMap((part) => {
      const [value = "", count = "1"] = part.split("*");
      return Array.from({ length: Number(count) }, () => value);
    });
  return { kind: "values", array: ARRAYS[type](texts), labels: null };
}
