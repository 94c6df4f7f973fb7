/** The command line does nothing that a program could not do: what it uses of the other rooms, index.ts exports. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import * as exported from "../../index.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const cli = join(root, "sim", "cli");
const index = readFileSync(join(root, "index.ts"), "utf8");

const files = readdirSync(cli, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => ({ name, path: join(cli, name), text: readFileSync(join(cli, name), "utf8") }));

/** Modules outside sim/cli that a file of it imports. */
const outside = (path: string, text: string): string[] =>
  [...text.matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)]
    .map(([, module]) => resolve(dirname(path), module!))
    // What every room shares lies beside the rooms.
    .filter((module) => !module.startsWith(cli) && dirname(module) !== dirname(cli));

test("what the command line calls, programs can call", async () => {
  const values = new Set<unknown>(Object.values(exported));
  let used = 0;
  const missing: string[] = [];
  for (const { name, path, text } of files)
    for (const module of outside(path, text))
      for (const [member, value] of Object.entries(
        (await import(pathToFileURL(module).href)) as Record<string, unknown>,
      )) {
        if (!new RegExp(`\\b${member}\\b`).test(text)) continue;
        used++;
        if (!values.has(value))
          missing.push(`sim/cli/${name} uses ${member}, which index.ts does not export`);
      }
  expect(missing).toEqual([]);
  expect(used).toBeGreaterThan(30);
});

test("the types that the command line names have names for programs", () => {
  const missing = files.flatMap(({ name, text }) =>
    [...text.matchAll(/import type \{([^}]+)\} from "(\.[^"]+)"/g)]
      .filter(([, , module]) => !resolve(cli, dirname(name), module!).startsWith(cli))
      .flatMap(([, names]) => names!.split(",").map((word) => word.trim()))
      .filter((word) => word !== "" && !new RegExp(`\\b${word}\\b`).test(index))
      .map((word) => `${name}: ${word}`),
  );
  expect(missing).toEqual([]);
});
