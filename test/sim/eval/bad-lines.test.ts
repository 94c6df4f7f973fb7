import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { evaluateLines, type InputLine, openFamily } from "../../../sim/eval/index.ts";
import type { JsonObject } from "../../../sim/json.ts";

const GOOD = JSON.parse(
  gunzipSync(readFileSync(join(import.meta.dirname, "../../golden/epoch-edge.jsonl.gz")))
    .toString()
    .split("\n", 1)[0] ?? "",
) as JsonObject & { n: number };

async function answers(texts: readonly string[]) {
  const { family, backend } = await openFamily("epoch", undefined);
  const found: JsonObject[] = [];
  async function* lines(): AsyncGenerator<InputLine> {
    for (const [index, text] of texts.entries()) yield { source: "test", number: index + 1, text };
  }
  const summary = await evaluateLines(family, backend, lines(), async (answer) => {
    found.push(JSON.parse(answer) as JsonObject);
  });
  return { found, summary };
}

const zeros = (count: number) => Array.from({ length: count }, () => 0);

test.each<[string, Record<string, unknown>, RegExp]>([
  ["unknown member", { weigths: [] }, /^weigths: unknown member; .*did you mean weights\?/],
  ["too large for u16", { kappa: 65536 }, /^kappa: found 65536; allowed: an integer 0\.\.65535/],
  ["not an integer", { tempo: 1.5 }, /^tempo: found 1\.5/],
  ["negative", { block: -1 }, /^block: found -1/],
  ["unsafe integer", { block: 9007199254740992 }, /^block: found 9007199254740992; allowed: .*2\^53 - 1/],
  ["text for a number", { kappa: "1" }, /^kappa: found "1"/],
  ["number for text", { tao_weight: 5 }, /^tao_weight: found 5; allowed: a decimal string/],
  ["above u64", { rao_emission: "18446744073709551616" }, /^rao_emission: /],
  ["negative stake", { alpha_stake: ["-1", ...zeros(5)] }, /^alpha_stake\[0\]: found "-1"/],
  ["blank text", { rao_emission: "" }, /^rao_emission: /],
  ["hexadecimal text", { rao_emission: "0x10" }, /^rao_emission: /],
  ["short array", { last_update: zeros(5) }, /^last_update: found 5 elements; allowed: 6/],
  ["long array", { validator_permit: zeros(7) }, /^validator_permit: found 7 elements/],
  [
    "number for a flag",
    { validator_permit: [1, 0, 0, 0, 0, 0] },
    /^validator_permit\[0\]: found 1; allowed: true/,
  ],
  ["null for a flag", { yuma3: null }, /^yuma3: found null/],
  ["rows too few", { weights: [[]] }, /^weights: found 1 elements; allowed: 6/],
  [
    "entry of one",
    { bonds: [[], [[1]], [], [], [], []] },
    /^bonds\[1\]\[0\]: found 1 elements; allowed: \[uid, u16\]/,
  ],
  [
    "weight too large",
    { weights: [[[1, 65536]], [], [], [], [], []] },
    /^weights\[0\]\[0\]\[1\]: found 65536/,
  ],
  ["owner past n", { owner_uid: 6 }, /^owner_uid: found 6; allowed: an integer 0\.\.5/],
  ["steepness past i16", { alpha_sigmoid_steepness: 32768 }, /^alpha_sigmoid_steepness: /],
  [
    "commit block of text",
    { commit_blocks: [null, "1", null, null, null, null] },
    /^commit_blocks\[1\]: found "1"/,
  ],
  ["object for an array", { weights: {} }, /^weights: found an object; allowed: an array/],
  ["n of another subnet", { n: 7 }, /elements; allowed: 7/],
  ["n too large", { n: 65536 }, /^n: found 65536/],
])("%s answers an error that names the member", async (_what, change, message) => {
  const { found, summary } = await answers([JSON.stringify({ ...GOOD, ...change })]);
  expect(summary).toEqual({ cases: 1, differences: 0, errors: 1 });
  expect(found).toEqual([{ name: GOOD.name, error: expect.stringMatching(message) as string }]);
});

test("every member but name and out has to be there", async () => {
  const { name: _name, out: _out, ...members } = GOOD;
  expect(Object.keys(members)).toHaveLength(27);
  for (const member of Object.keys(members)) {
    const without = Object.fromEntries(Object.entries(GOOD).filter(([name]) => name !== member));
    const { found } = await answers([JSON.stringify(without)]);
    expect(found).toEqual([{ name: GOOD.name, error: `${member}: this member is missing` }]);
  }
});

test("what is no JSON object answers an error under its line number, and the others are computed", async () => {
  const { name: _name, ...nameless } = GOOD;
  const good = JSON.stringify(GOOD);
  const { found, summary } = await answers([
    good,
    '{"n":',
    "",
    "[1]",
    "null",
    JSON.stringify({ ...GOOD, name: 7 }),
    JSON.stringify(nameless),
    "[".repeat(100_000),
    good,
  ]);
  expect(summary).toEqual({ cases: 9, differences: 0, errors: 6 });
  const result = { name: GOOD.name, out: GOOD.out };
  expect(found[0]).toEqual(result);
  expect(found.slice(1, 6)).toEqual([
    { name: 2, error: expect.stringMatching(/^not JSON: /) as string },
    { name: 3, error: "the line is empty; allowed: a JSON object" },
    { name: 4, error: "the line is not a JSON object" },
    { name: 5, error: "the line is not a JSON object" },
    { name: 6, error: "name: found 7; allowed: text" },
  ]);
  expect(found[6]).toEqual({ name: 7, out: GOOD.out });
  expect(found[7]?.name).toBe(8);
  expect(found[8]).toEqual(result);
});

test("a given out is never read, and out has the members of the schema in its order", async () => {
  const { found } = await answers([JSON.stringify({ ...GOOD, out: "nonsense" })]);
  expect(JSON.stringify(found[0]?.out)).toBe(JSON.stringify(GOOD.out));
});

test("families and backends that are not there are named with those that are", async () => {
  await expect(openFamily("epoc", undefined)).rejects.toThrow(
    /no family epoc; known: .*did you mean epoch\?/,
  );
  await expect(openFamily("epoch", "gpu")).rejects.toThrow(/no backend gpu; available: exact/);
});
