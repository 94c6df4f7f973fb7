import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { checkLines, type InputLine, openFamily, readLines } from "../../../sim/eval/index.ts";
import type { JsonObject, JsonValue } from "../../../sim/json.ts";

const GOLDEN = join(import.meta.dirname, "../../golden");
const FILES = readdirSync(GOLDEN)
  .filter((name) => /^epoch-.*\.jsonl\.gz$/.test(name))
  .map((name) => join(GOLDEN, name));
const NO_INPUT = Readable.from([]);

async function* one(line: object): AsyncGenerator<InputLine> {
  yield { source: "test", number: 1, text: JSON.stringify(line) };
}

async function check(lines: AsyncIterable<InputLine>) {
  const { family, backend } = await openFamily("epoch", "exact");
  const answers: JsonObject[] = [];
  const summary = await checkLines(family, backend, lines, async (answer) => {
    answers.push(JSON.parse(answer) as JsonObject);
  });
  return { summary, answers };
}

test("all 2,638 epoch vectors are equal in every member", async () => {
  const { summary, answers } = await check(readLines(FILES, NO_INPUT));
  expect(answers).toEqual([]);
  expect(summary).toEqual({ cases: 2638, differences: 0, errors: 0 });
});

/** A value that differs in the smallest way that its type has. */
function planted(value: JsonValue): JsonValue {
  if (typeof value === "boolean") return !value;
  if (typeof value === "number") return value === 65535 ? 65534 : value + 1;
  if (typeof value === "string") return (BigInt(value) + 1n).toString();
  throw new Error("only scalars are planted");
}

test("a planted difference is found in each member, with its path, uid and both values", async () => {
  const file = FILES.find((name) => name.includes("random-small")) ?? "";
  let line: JsonObject | undefined;
  for await (const { text } of readLines([file], NO_INPUT)) {
    line = JSON.parse(text ?? "") as JsonObject;
    const { bonds } = line.out as { bonds: JsonValue[][] };
    if ((bonds[1]?.length ?? 0) > 1) break;
  }
  const out = line?.out as Record<string, JsonValue[]>;
  expect(Object.keys(out)).toHaveLength(16);
  for (const [member, values] of Object.entries(out)) {
    const altered = [...values];
    let path = `${member}[1]`;
    let expected: JsonValue;
    if (member === "bonds") {
      const row = [...(altered[1] as JsonValue[])];
      const [uid, bond] = row[1] as [number, number];
      expected = planted(bond);
      row[1] = [uid, expected];
      altered[1] = row;
      path = "bonds[1][1][1]";
    } else {
      expected = planted(altered[1] as JsonValue);
      altered[1] = expected;
    }
    const { summary, answers } = await check(one({ ...line, out: { ...out, [member]: altered } }));
    expect(summary, member).toEqual({ cases: 1, differences: 1, errors: 0 });
    const actual = member === "bonds" ? (values[1] as [number, number][])[1]?.[1] : values[1];
    expect(answers, member).toEqual([{ name: line?.name, path, uid: 1, expected, actual }]);
  }
});

test("missing, extra and swapped parts of a result are differences", async () => {
  const file = FILES.find((name) => name.includes("random-small")) ?? "";
  const first = await readLines([file], NO_INPUT).next();
  const line = JSON.parse((first.value as InputLine).text ?? "") as JsonObject;
  const out = line.out as Record<string, JsonValue[]>;
  const { consensus: _consensus, ...without } = out;
  const cases: [Record<string, JsonValue>, string][] = [
    [without, "consensus"],
    [{ ...out, unknown: 1 }, "unknown"],
    [{ ...out, active: out.active!.slice(1) }, "active["],
    [{ ...out, emission: [...out.emission!, "0"] }, `emission[${out.emission!.length}]`],
    [{ ...out, incentive: out.incentive!.map(String) }, "incentive[0]"],
  ];
  for (const [changed, path] of cases) {
    const { summary, answers } = await check(one({ ...line, out: changed }));
    expect(summary.differences, path).toBe(1);
    expect(JSON.stringify(answers[0]?.path)).toContain(`"${path}`);
  }
  const { out: _out, ...noOut } = line;
  expect((await check(one(noOut))).summary).toEqual({ cases: 1, differences: 0, errors: 1 });
});
