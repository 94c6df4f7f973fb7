import { isJsonObject, type JsonValue } from "../json.ts";

/** The first place where two results differ. */
export interface Difference {
  /** For example `bonds[3][0][1]`. */
  readonly path: string;
  /** The first array index of the path; null when there is none. */
  readonly index: number | null;
  /** What the line's `out` holds; undefined where it has nothing. */
  readonly expected: JsonValue | undefined;
  /** What was computed; undefined where it has nothing. */
  readonly actual: JsonValue | undefined;
}

/** Compares two results exactly: types, digits, members and order of elements; the order of members is free. */
export function firstDifference(expected: JsonValue, actual: JsonValue): Difference | null {
  return compare(expected, actual, "", null);
}

function compare(
  expected: JsonValue | undefined,
  actual: JsonValue | undefined,
  path: string,
  index: number | null,
): Difference | null {
  if (Array.isArray(expected) && Array.isArray(actual)) {
    const length = Math.max(expected.length, actual.length);
    for (let i = 0; i < length; i++) {
      const found = compare(expected[i] as JsonValue, actual[i] as JsonValue, `${path}[${i}]`, index ?? i);
      if (found) return found;
    }
    return null;
  }
  if (isJsonObject(expected) && isJsonObject(actual)) {
    const members = new Set([...Object.keys(actual), ...Object.keys(expected)]);
    for (const member of members) {
      const found = compare(
        Object.hasOwn(expected, member) ? expected[member] : undefined,
        Object.hasOwn(actual, member) ? actual[member] : undefined,
        path === "" ? member : `${path}.${member}`,
        index,
      );
      if (found) return found;
    }
    return null;
  }
  return expected === actual ? null : { path, index, expected, actual };
}
