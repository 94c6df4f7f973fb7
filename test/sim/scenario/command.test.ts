/** The same bad input through the real command: a clear message, exit code 2, and nothing left behind. */
import { existsSync, readdirSync, readFileSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BuiltCommand, buildCommand } from "../cli/built-command.ts";
import { BAD_CASES } from "./bad-cases.ts";
import { NEURONS, scenarioText, writeFiles } from "./files.ts";

let command: BuiltCommand;
beforeAll(async () => {
  command = await buildCommand();
});
afterAll(() => command.remove());

/** The kinds of mistake that users make most; the table of all of them is tested without a process each. */
const NAMES = [
  "unknown key",
  "wrong unit",
  "weights row too long",
  "negative stake",
  "stake above 64 bits",
  "NaN",
  "duplicate uid in pairs",
  "missing file",
  "missing scenario",
  "empty file",
  "metagraph target out of range",
  "unknown protocol",
  "--set to an unknown path",
  "CSV with a bad cell",
  "duplicate keys",
  "tabs",
];

describe("yumasim run refuses", () => {
  test.each(NAMES)("%s", async (name) => {
    const { files, set = [], message } = BAD_CASES.find((candidate) => candidate.name === name)!;
    const directory = writeFiles(files);
    const out = join(directory, "out");
    const options = set.flatMap((override) => ["--set", override]);
    const result = await command.run(["run", join(directory, "s.yaml"), "--out", out, ...options]);
    expect(result.stderr.replaceAll(directory, "DIR").slice(0, message.length)).toBe(message);
    expect(result).toMatchObject({ code: 2, stdout: "" });
    expect(result.stderr).not.toMatch(/\n\s+at /);
    expect(existsSync(out)).toBe(false);
  });

  test("a scenario of 200 MB, without reading it", async () => {
    const directory = writeFiles({ "s.yaml": "a: &a [x]\n" });
    truncateSync(join(directory, "s.yaml"), 200_000_000);
    const result = await command.run(["run", join(directory, "s.yaml")]);
    expect(result).toMatchObject({ code: 2, stdout: "" });
    expect(result.stderr).toContain("has 200000000 bytes; at most 2097152 are read");
  });

  test("a small scenario whose aliases stand for more than 200 MB", async () => {
    const bomb = Array.from({ length: 9 }, (_, k) => {
      const item = k === 0 ? '"lol"' : `*l${k - 1}`;
      return `l${k}: &l${k} [${Array.from({ length: 10 }, () => item).join(", ")}]`;
    });
    const directory = writeFiles({ "s.yaml": bomb.join("\n") });
    const result = await command.run(["run", join(directory, "s.yaml")]);
    expect(result).toMatchObject({ code: 2, stdout: "" });
    expect(result.stderr).toContain("holds more than 500000 values once its aliases are followed");
  });
});

describe("yumasim validate", () => {
  test("says what good files hold and what is wrong with bad ones, all of them", async () => {
    const directory = writeFiles({
      "good.yaml": scenarioText(NEURONS),
      "bad.yaml": scenarioText(""),
      "also-good.yaml": scenarioText(NEURONS),
    });
    const paths = ["good.yaml", "bad.yaml", "also-good.yaml"].map((name) => join(directory, name));
    const result = await command.run(["validate", ...paths]);
    expect(result.code).toBe(2);
    expect(result.stderr).toBe(
      `${paths[1]}:5:5: subnets[0]: has no neurons; give neurons: or import: {metagraph: FILE}\n`,
    );
    expect(result.stdout).toBe(
      [paths[0], paths[2]]
        .map(
          (path) => `${path}: Test
  subtensor-425, 10 epochs, seed 0
  base: subnet 1, 4 neurons, 2 permits, 0 set 0 weights, yuma3, first epoch at block 360, then every 360 blocks
`,
        )
        .join(""),
    );
    expect(new Set(readdirSync(directory))).toEqual(new Set(["also-good.yaml", "bad.yaml", "good.yaml"]));
  });

  test("applies --set and --seed", async () => {
    const path = join(writeFiles({ "s.yaml": scenarioText(NEURONS) }), "s.yaml");
    const result = await command.run(["validate", path, "--set", "epochs=3", "--seed", "007"]);
    expect(result).toMatchObject({ code: 0, stderr: "" });
    expect(result.stdout).toContain("3 epochs, seed 007\n");
  });
});

describe("yumasim init", () => {
  test("writes a scenario that validates, and never over another file", async () => {
    const directory = writeFiles({ keep: "" });
    const path = join(directory, "new.yaml");
    expect(await command.run(["init", path])).toEqual({
      code: 0,
      stdout: `${path} written. Run it: yumasim run ${path}\n`,
      stderr: "",
    });
    const written = readFileSync(path, "utf8");
    expect((await command.run(["validate", path])).code).toBe(0);
    const again = await command.run(["init", path]);
    expect(again).toMatchObject({ code: 2, stdout: "" });
    expect(again.stderr).toBe(
      `${path} exists already; nothing was written. Name another file: yumasim init FILE\n`,
    );
    expect(readFileSync(path, "utf8")).toBe(written);
  });

  test("says where it cannot write", async () => {
    const path = join(writeFiles({}), "none", "new.yaml");
    const result = await command.run(["init", path]);
    expect(result).toMatchObject({ code: 2, stdout: "" });
    expect(result.stderr).toContain("no such file or directory");
  });
});
