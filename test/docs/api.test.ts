import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import * as exported from "../../index.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

test("docs/api.md is what the docstrings say; else: npm run docs", { timeout: 60_000 }, () => {
  const script = join(ROOT, "scripts", "write-api-reference.mjs");
  // It throws with what the script says when the page is another one.
  expect(execFileSync(process.execPath, [script, "--check"], { encoding: "utf8", stdio: "pipe" })).toBe("");
});

test("every value of the interface has its place, and each of them a sentence", () => {
  const page = readFileSync(join(ROOT, "docs", "api.md"), "utf8");
  for (const name of Object.keys(exported)) {
    const entry = new RegExp(`^### ${name}\\n\\n(.*)`, "m").exec(page);
    expect(entry, name).not.toBeNull();
    expect(entry![1]!.length, name).toBeGreaterThan(10);
    expect(entry![1], name).not.toContain("```");
  }
});
