import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { inspect } from "node:util";
import { afterAll, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

// Inside the project, so that its modules are found.
const folder = mkdtempSync(join(ROOT, "test/docs/tutorial-"));
afterAll(() => rmSync(folder, { recursive: true }));

const page = readFileSync(join(ROOT, "docs", "tutorial.md"), "utf8");
const blocks = [...page.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map((match) => match[1]!);

/** Each line of output that the page promises, in order. */
const promised = blocks.flatMap((block) =>
  [...block.matchAll(/^print\(.*\); \/\/ (.*)$/gm)].map((match) => match[1]!),
);

test("the code of docs/tutorial.md runs and prints what the page says", async () => {
  expect(blocks.length).toBeGreaterThan(6);
  expect(promised.length).toBeGreaterThan(12);
  const imports = blocks.flatMap((block) => block.match(/^import .*$/gm) ?? []);
  const body = blocks.map((block) => block.replaceAll(/^import .*\n/gm, "")).join("\n");
  const names = [...new Set(imports.flatMap((line) => /\{ (.*) \}/.exec(line)![1]!.split(", ")))];
  const file = join(folder, "page.ts");
  writeFileSync(
    file,
    `import { ${names.join(", ")} } from "../../../index.ts";
export async function run(print: (...values: unknown[]) => void, folder: string): Promise<void> {
${body}}
`,
  );
  const printed: string[] = [];
  const { run } = (await import(pathToFileURL(file).href)) as {
    run: (print: (...values: unknown[]) => void, folder: string) => Promise<void>;
  };
  await run((...values) => {
    printed.push(values.map((value) => (typeof value === "string" ? value : inspect(value))).join(" "));
  }, folder);
  expect(printed).toEqual(promised);
});
