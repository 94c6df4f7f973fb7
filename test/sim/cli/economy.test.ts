import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { economyText } from "../scenario/economy/texts.ts";
import { type BuiltCommand, buildCommand } from "./built-command.ts";

let command: BuiltCommand;
beforeAll(async () => {
  command = await buildCommand();
});
afterAll(() => command?.remove());

const scenario = (more: string): string => {
  const path = join(command.folder, "economy.yaml");
  writeFileSync(path, economyText(more).replace("horizon: 1 days", "horizon: 1 hours"));
  return path;
};

test("an expectation that does not hold ends with 1 and is named", async () => {
  const path = scenario(
    'expect:\n  - { metric: price(1), operator: ">", value: 5 }\n  - { metric: block, operator: ">", value: 5 }',
  );
  const { code, stdout } = await command.run(["run", path, "--out", join(command.folder, "failing")]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^FAILS {3}base: price\(1\) > 5 \(found 0\.0\d+\)$/m);
  expect(stdout).toMatch(/^holds {3}base: block > 5 \(found 1000300\)$/m);
});

test("a run that was told to stop is resumed by name, for programs too", async () => {
  const out = join(command.folder, "stopped");
  const stopped = await command.run(["run", scenario(""), "--out", out, "--stop-after", "100"]);
  expect([stopped.code, stopped.stdout.split("\n")[0]]).toEqual([130, "Stopped after 100 of 300 blocks."]);
  const resumed = await command.run(["resume", out, "--json"]);
  expect(resumed.code).toBe(0);
  expect(JSON.parse(resumed.stdout)).toMatchObject({ completed: true, blocks: 300, completedBlocks: 300 });
  const again = await command.run(["resume", out]);
  expect([again.code, again.stderr]).toEqual([
    2,
    `${out}: this run has ended, so nothing is left to resume; \`yumasim inspect\` and \`yumasim report\` show what it holds\n`,
  ]);
});

test("validate says what an economy holds, list what it can name", async () => {
  const { code, stdout } = await command.run(["validate", scenario("")]);
  expect(code).toBe(0);
  expect(stdout).toContain("300 blocks");
  expect(stdout).toContain("validator: 3 validators, honest");
  const strategies = JSON.parse((await command.run(["list", "strategies", "--json"])).stdout) as {
    name: string;
  }[];
  expect(strategies.length).toBeGreaterThan(29);
  expect((await command.run(["list", "metrics"])).stdout).toContain('wealth("population")');
});

describe("strategies in TypeScript", () => {
  const page = readFileSync(join(import.meta.dirname, "../../../docs/economies.md"), "utf8");
  const module = /^```ts\n\/\/ eager\.ts\n([\s\S]*?)^```/m.exec(page)![1]!;
  const run = (text: string, ...options: string[]) => {
    writeFileSync(join(command.folder, "eager.ts"), text);
    const more = "  - { name: e, role: trader, strategy: eager, balance: 90 TAO }\nstrategies: [eager.ts]";
    return command.run([
      "run",
      scenario(more),
      "--out",
      join(command.folder, "eager"),
      "--force",
      ...options,
    ]);
  };

  test("the one of docs/economies.md runs, once that is allowed", async () => {
    expect(await run(module)).toMatchObject({ code: 2, stderr: expect.stringContaining("--allow-code") });
    const { code, stdout, stderr } = await run(module, "--allow-code", "--json");
    expect([code, stderr]).toEqual([0, ""]);
    const { tables } = JSON.parse(stdout) as { tables: { calls: { rows: number } } };
    expect(tables.calls.rows).toBeGreaterThan(0);
  });

  test("a fault in one is said with its line", async () => {
    const { code, stderr } = await run(`${module}enum Kind { one }\n`, "--allow-code");
    const line = module.split("\n").length;
    expect([code, stderr]).toEqual([
      2,
      `eager.ts: cannot be loaded: line ${line}, column 1: TypeScript enum is not supported in strip-only mode\n`,
    ]);
  });
});
