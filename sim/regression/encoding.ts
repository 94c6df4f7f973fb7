/** Columns as text: runs of equal numbers are written once, so that a line of a version control system stays short. */
import type { ColumnArray, ColumnSchema } from "../trace/index.ts";
import type { SectionValues } from "./sections.ts";

/** What runs of texts cannot be told apart with. */
const AMBIGUOUS = /[\s*]/;

/** `0*3 17 4` (three zeros, 17, 4); texts likewise, or as a list where one of them holds a space. */
export function encodeColumn({ array, labels }: SectionValues): string | readonly string[] {
  const texts = labels && Array.from(array as Int32Array, (position) => labels[position] ?? "");
  if (texts?.some((text) => text === "" || AMBIGUOUS.test(text)) === true) return texts;
  const parts: string[] = [];
  let start = 0;
  for (let row = 1; row <= array.length; row++) {
    if (row < array.length && Object.is(array[row], array[start])) continue;
    const value = texts ? (texts[start] ?? "") : numberText(array[start] ?? 0);
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
  const texts = typeof written === "string" ? written.split(" ").flatMap(repeated) : written;
  if (type !== "label") return { kind: "values", array: ARRAYS[type](texts), labels: null };
  const labels = [...new Set(texts)];
  const positions = new Map(labels.map((label, position) => [label, position]));
  return { kind: "values", array: Int32Array.from(texts, (text) => positions.get(text) ?? 0), labels };
}

/** `0*3` as three texts. */
function repeated(part: string): string[] {
  const [value = "", count = "1"] = part.split("*");
  return part === "" ? [] : Array.from({ length: Number(count) }, () => value);
}
