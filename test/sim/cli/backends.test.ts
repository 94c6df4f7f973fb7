import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BuiltCommand, buildCommand, type CommandResult, finished } from "./built-command.ts";

const SCENARIO = join(import.meta.dirname, "../../../scenarios/economy/two-validators.yaml");
const VECTORS = join(import.meta.dirname, "../../golden/epoch-edge2.jsonl.gz");

let command: BuiltCommand;
beforeAll(async () => {
  command = await buildCommand();
  // An installation without the optional packages: Node does not find them.
  writeFileSync(
    join(command.folder, "absent.mjs"),
    `import { register } from "node:module";
register("data:text/javascript," + encodeURIComponent(\`
export async function resolve(specifier, context, next) {
  if (specifier === "gpu.js" || specifier === "webgpu")
    throw Object.assign(new Error("Cannot find package '" + specifier + "'"), { code: "ERR_MODULE_NOT_FOUND" });
  return next(specifier, context);
}\`));`,
  );
});
afterAll(() => command.remove());

/** Runs the command as if gpu.js and webgpu were not installed. */
function runWithout(args: readonly string[]): Promise<CommandResult> {
  const program = join(command.folder, "dist/sim/cli/main.js");
  const preload = join(command.folder, "absent.mjs");
  return finished(spawn(process.execPath, ["--import", preload, program, ...args], { cwd: command.folder }));
}

test("doctor tests what is there", async () => {
  const { code, stdout } = await command.run(["doctor"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^exact +available: self-test passed, off by 0\.0e\+0\n/);
  expect(stdout).toMatch(/^webasm +available: self-test passed/m);
  expect(stdout).toMatch(/^cpu +available: self-test passed/m);
  const json = await command.run(["doctor", "--json"]);
  expect((JSON.parse(json.stdout) as { backend: string }[]).map(({ backend }) => backend)).toEqual([
    "exact",
    "webgpu",
    "webasm",
    "cpu",
  ]);
});

test("eval checks a float backend within the tolerance that it prints", async () => {
  const { code, stdout, stderr } = await command.run([
    "eval",
    "epoch",
    "--check",
    "--backend",
    "webasm",
    VECTORS,
  ]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
  expect(stderr).toContain("tolerance: ratios within 2e-6");
  expect(stderr).toContain("20 cases, 0 differences, 0 errors");
  const auto = await command.run(["eval", "epoch", "--check", "--backend", "auto", VECTORS]);
  expect(auto.code).toBe(0);
  expect(auto.stderr).toContain("backend: exact (lines come one at a time");
});

test("an unknown backend is a wrong input", async () => {
  const { code, stderr } = await command.run(["run", SCENARIO, "--backend", "gpu"]);
  expect(code).toBe(2);
  expect(stderr).toContain('"exact", "webgpu", "webasm", "cpu", "auto"');
});

test("without gpu.js and webgpu a float backend says how to install them", async () => {
  for (const [backend, missing] of [
    ["webasm", "gpu.js"],
    ["webgpu", "webgpu"],
  ] as const) {
    for (const args of [
      ["run", SCENARIO],
      ["eval", "epoch", VECTORS],
    ]) {
      const { code, stderr } = await runWithout([...args, "--backend", backend]);
      expect(code).toBe(2);
      expect(stderr.trim()).toBe(
        `the backend ${backend} is not available: the package ${missing} is not installed; install it with: npm install gpu.js@2.24.1 webgpu@0.6.2`,
      );
    }
  }
});

test("without gpu.js and webgpu everything else works", async () => {
  const doctor = await runWithout(["doctor"]);
  expect(doctor.code).toBe(0);
  expect(doctor.stdout.match(/not available: the package .* is not installed/g)).toHaveLength(3);
  const run = await runWithout(["run", SCENARIO, "--out", "without", "--set", "epochs=3"]);
  expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: "" });
  const check = await runWithout(["eval", "epoch", "--check", VECTORS]);
  expect(check.code).toBe(0);
});
