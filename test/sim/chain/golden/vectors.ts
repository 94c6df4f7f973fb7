import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { gunzipSync } from "node:zlib";
import { expect } from "vitest";
import type { EvalFamily } from "../../../../sim/eval/family.ts";
import type { JsonObject, JsonValue } from "../../../../sim/json.ts";

interface Vector {
  readonly name: string;
  readonly k: string;
  readonly in: JsonObject;
  readonly out: JsonObject;
}

/** The vectors of a family, in the order of the file. */
export function vectors(family: string): Vector[] {
  const path = new URL(`../../../golden/${family}.jsonl.gz`, import.meta.url);
  return gunzipSync(readFileSync(path))
    .toString("utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Vector);
}

/** The first place where two results differ, as `path: computed, expected`. */
function firstDifference(
  computed: JsonValue | undefined,
  expected: JsonValue | undefined,
  path: string,
): string {
  if (
    typeof computed === "object" &&
    typeof expected === "object" &&
    computed !== null &&
    expected !== null
  ) {
    const left = computed as JsonObject;
    const right = expected as JsonObject;
    for (const key of new Set([...Object.keys(right), ...Object.keys(left)]))
      if (!isDeepStrictEqual(left[key], right[key]))
        return firstDifference(left[key], right[key], `${path}.${key}`);
  }
  return `${path}: ${JSON.stringify(computed)?.slice(0, 200)}, expected ${JSON.stringify(expected)?.slice(0, 200)}`;
}

/** Evaluates every vector of a family; all must agree exactly. Returns how many there were. */
export async function checkFamily(family: EvalFamily): Promise<number> {
  const evaluator = await family.open(family.backends[0]);
  const all = vectors(family.name);
  const differences: string[] = [];
  for (const { name, k, in: input, out } of all) {
    const prepared = evaluator.prepare({ k, in: input });
    await prepared.run();
    if (!isDeepStrictEqual(prepared.out(), out)) differences.push(firstDifference(prepared.out(), out, name));
  }
  expect(differences.slice(0, 8), `${differences.length} of ${all.length} differ`).toEqual([]);
  return all.length;
}
