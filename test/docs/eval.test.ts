/** The lines of docs/eval.md, put to their families as they are. */
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FAMILIES } from "../../sim/eval/index.ts";
import { type BuiltCommand, buildCommand } from "../sim/cli/built-command.ts";

const PAGE = readFileSync(join(import.meta.dirname, "../../docs/eval.md"), "utf8");

const EXAMPLES = [...PAGE.matchAll(/^```text ([a-z-]+)\n([^]*?)\n```$/gm)].map(([, family, lines]) => ({
  family: family!,
  lines: lines!,
}));

let command: BuiltCommand;
beforeAll(async () => {
  command = await buildCommand();
  // The stored cases of the variants come with the package.
  symlinkSync(join(import.meta.dirname, "../../scenarios"), join(command.folder, "scenarios"));
});
afterAll(() => command.remove());

test("every family has its section", () => {
  expect([...PAGE.matchAll(/^## (.*)$/gm)].map(([, name]) => name)).toEqual(FAMILIES.map(({ name }) => name));
  // A run of a network is many long lines: it has no example.
  expect(EXAMPLES.map(({ family }) => family)).toEqual(
    FAMILIES.map(({ name }) => name).filter((name) => name !== "chain-yuma"),
  );
});

test.each(EXAMPLES)("the lines of $family come out as the page has them", async ({ family, lines }) => {
  const path = join(command.folder, `${family}.jsonl`);
  writeFileSync(path, `${lines}\n`);
  const isChecked = lines.includes('"out"');
  const { code, stdout, stderr } = await command.run([
    "eval",
    family,
    path,
    ...(isChecked ? ["--check"] : []),
  ]);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(stdout.split("\n").length - 1).toBe(isChecked ? 0 : lines.split("\n").length);
});
