import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BuiltCommand, buildCommand, finished } from "./built-command.ts";

const GOLDEN = join(import.meta.dirname, "../../golden");
const EDGE = join(GOLDEN, "epoch-edge.jsonl.gz");
const LINES = gunzipSync(readFileSync(EDGE)).toString().trim().split("\n");

let command: BuiltCommand;
beforeAll(async () => {
  command = await buildCommand();
});
afterAll(() => command.remove());

const jsonLines = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test("answers gzip and plain, files and standard input alike, in the order of the lines", async () => {
  const expected = LINES.map((line) => {
    const { name, out } = JSON.parse(line) as Record<string, unknown>;
    return JSON.stringify({ name, out });
  }).join("\n");
  const fromFile = await command.run(["eval", "epoch", EDGE]);
  expect(fromFile).toEqual({ code: 0, stdout: `${expected}\n`, stderr: "" });
  expect(await command.run(["eval", "epoch"], LINES.join("\n"))).toEqual(fromFile);
  expect(await command.run(["eval", "epoch", "-"], readFileSync(EDGE))).toEqual(fromFile);
});

test("--check says nothing but a summary when all is equal, and ends with 1 when something is not", async () => {
  const good = await command.run(["eval", "epoch", "--check", EDGE]);
  expect(good).toEqual({ code: 0, stdout: "", stderr: "epoch: 728 cases, 0 differences, 0 errors\n" });
  const line = JSON.parse(LINES[0] ?? "") as { name: string; out: Record<string, unknown[]> };
  const kept = line.out.emission?.[2];
  line.out.emission = ["333333333", "333333333", "1", "0", "0", "0"];
  const bad = await command.run(["eval", "epoch", "--check"], `${LINES[1]}\n${JSON.stringify(line)}\n`);
  expect(bad.code).toBe(1);
  expect(jsonLines(bad.stdout)).toEqual([
    { name: line.name, path: "emission[2]", uid: 2, expected: "1", actual: kept },
  ]);
  expect(bad.stderr).toBe("epoch: 2 cases, 1 differences, 0 errors\n");
});

test("a bad line answers an error, the others are answered, and the command ends with 2", async () => {
  const { code, stdout, stderr } = await command.run(["eval", "epoch"], `${LINES[0]}\n{\n${LINES[1]}\n`);
  expect(code).toBe(2);
  expect(stderr).toBe("");
  const answers = jsonLines(stdout);
  expect(answers).toHaveLength(3);
  expect(answers[1]).toEqual({ name: 2, error: expect.stringContaining("not JSON") as string });
  expect(answers[2]).toHaveProperty("out");
  const checked = await command.run(["eval", "epoch", "--check"], `{\n`);
  expect(checked).toMatchObject({ code: 2, stderr: "epoch: 1 cases, 0 differences, 1 errors\n" });
});

test("--bench times each case", async () => {
  const { code, stdout } = await command.run(["eval", "epoch", "--bench", "3"], `${LINES[0]}\n${LINES[1]}`);
  expect(code).toBe(0);
  const answers = jsonLines(stdout);
  expect(answers).toHaveLength(2);
  for (const answer of answers) {
    expect(Object.keys(answer)).toEqual(["name", "n", "backend", "nsMedian", "nsMin"]);
    expect(answer).toMatchObject({ n: 6, backend: "exact" });
    expect(answer.nsMin).toBeGreaterThan(0);
    expect(answer.nsMedian).toBeGreaterThanOrEqual(answer.nsMin as number);
  }
});

test("a reader that stops early is no failure", async () => {
  const child = command.start(["eval", "epoch", ...Array.from({ length: 20 }, () => EDGE)]);
  child.stdout?.once("data", () => child.stdout?.destroy());
  let stderr = "";
  child.stderr?.on("data", (text: Buffer) => (stderr += text.toString()));
  const [code] = (await once(child, "close")) as [number];
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
});

test.skipIf(process.platform !== "linux")("memory stays bounded over a long input", async () => {
  const child = command.start(["eval", "epoch"]);
  let bytes = 0;
  child.stdout?.on("data", (chunk: Buffer) => (bytes += chunk.length));
  const text = `${LINES.join("\n")}\n`;
  const megabytes = (field: string) =>
    Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1]) /
    1024;
  let before = 0;
  let given = 0;
  while (given < 150e6) {
    if (child.stdin?.write(text) === false) await once(child.stdin, "drain");
    given += text.length;
    if (before === 0 && given > 10e6) before = megabytes("VmHWM");
  }
  // The peak so far, against the peak after the first fifteenth.
  expect(megabytes("VmHWM")).toBeLessThan(before + 60);
  const { code } = await finished(child);
  expect(code).toBe(0);
  expect(bytes).toBeGreaterThan(20e6);
});

test.each([
  [["eval", "epock"], "no family epock; known: "],
  [["eval", "epoch", "--backend", "gpu"], "no backend gpu; available: exact"],
  [["eval", "epoch", "nothing.jsonl"], "nothing.jsonl: no such file"],
  [["eval", "epoch", "."], "a directory"],
  [["eval", "epoch", "--bench", "0"], "--bench: allowed: an integer from 1"],
  [["eval", "epoch", "--bench", "2", "--check"], "--bench and --check exclude each other"],
  [["eval"], "an argument is missing: a file, a directory or a name"],
  [["eval", "epoch", "--chekc"], "Unknown argument: chekc"],
])("%j ends with 2 and a sentence", async (args, message) => {
  const { code, stdout, stderr } = await command.run(args, "");
  expect(code).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test("a cut-off archive ends with 2 after the lines that could be read", async () => {
  const path = join(command.folder, "cut.jsonl.gz");
  const packed = readFileSync(EDGE);
  writeFileSync(path, packed.subarray(0, packed.length / 2));
  const { code, stdout, stderr } = await command.run(["eval", "epoch", path]);
  expect(code).toBe(2);
  expect(jsonLines(stdout).length).toBeGreaterThan(10);
  expect(stderr).toMatch(/cut\.jsonl\.gz: cannot be read to its end/);
});
