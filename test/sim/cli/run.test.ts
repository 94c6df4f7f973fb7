import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTrace, type RunManifest } from "../../../sim/trace/index.ts";
import { type BuiltCommand, buildCommand, finished } from "./built-command.ts";

const SCENARIO = join(import.meta.dirname, "../../../scenarios/economy/subnet-15.yaml");

let command: BuiltCommand;
beforeAll(async () => {
  command = await buildCommand();
});
afterAll(() => command.remove());

const inFolder = (name: string) => join(command.folder, name);
const manifestOf = (run: string) =>
  JSON.parse(readFileSync(join(inFolder(run), "run.json"), "utf8")) as RunManifest;

/** Waits until `condition` holds. */
async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    if (tries > 1200) throw new Error("it did not come to that in a minute");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test("a run writes its trace and report, says where, and is quiet on standard error in a pipe", async () => {
  const { code, stdout, stderr } = await command.run(["run", SCENARIO, "--set", "epochs=60"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain("60 epochs, 2 comparisons (yuma3 off, yuma3 on)");
  expect(stdout).toContain("Trace:  runs/subnet-15\n");
  expect(stdout).toContain("Report: runs/subnet-15/report.html\n");
  expect(readdirSync(inFolder("runs/subnet-15")).sort((a, b) => (a < b ? -1 : 1))).toEqual([
    "bonds.arrow",
    "environment.json",
    "neurons.arrow",
    "report.html",
    "run.json",
    "subnets.arrow",
    "weights.arrow",
  ]);
});

test("--json, --seed, --no-report and --quiet", async () => {
  const args = ["run", SCENARIO, "--set", "epochs=60", "--no-report", "--seed", "007"];
  const json = await command.run([...args, "--json", "--out", "json"]);
  expect(json).toMatchObject({ code: 0, stderr: "" });
  expect(JSON.parse(json.stdout)).toMatchObject({
    directory: "json",
    report: null,
    completed: true,
    seed: "007",
    completedEpochs: 60,
  });
  const quiet = await command.run([...args, "--quiet", "--out", "quiet"]);
  expect(quiet).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(manifestOf("quiet")).toEqual(manifestOf("json"));
  expect(existsSync(inFolder("quiet/report.html"))).toBe(false);
});

test.each([
  ["unknown key", "title: a\nepochz: 3\n", /bad\.yaml:2:1/],
  ["empty file", "", /bad\.yaml/],
])(
  "a scenario with an %s ends with 2, without a directory and without a stack trace",
  async (what, text, message) => {
    writeFileSync(inFolder("bad.yaml"), text);
    const { code, stdout, stderr } = await command.run(["run", "bad.yaml", "--out", what]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(existsSync(inFolder(what))).toBe(false);
  },
);

test("a scenario that is not there, a bad --set and an output that cannot be written end with 2", async () => {
  writeFileSync(inFolder("occupied"), "");
  mkdirSync(inFolder("full"));
  writeFileSync(inFolder("full/notes.txt"), "mine");
  for (const [args, message] of [
    [["run", "none.yaml"], /none\.yaml/],
    [["run", SCENARIO, "--set", "epochs"], /--set/],
    [["run", SCENARIO, "--set", "epochz=3"], /epochz/],
    [["run", SCENARIO, "--stop-after", "3"], /--stop-after is for economies/],
    [["run", SCENARIO, "--replicas", "3"], /--replicas and --workers are of experiments/],
    [["run", SCENARIO, "--out", "occupied"], /occupied: not a directory/],
    [["run", SCENARIO, "--out", "occupied/inside"], /occupied/],
    [["run", SCENARIO, "--out", "full"], /full: is not empty and holds no run/],
    [["report", "full"], /full: not a run directory/],
    [["report", "none"], /none: no such run directory/],
  ] as const) {
    const { code, stdout, stderr } = await command.run(args);
    expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  }
  expect(readdirSync(inFolder("full"))).toEqual(["notes.txt"]);
});

test("Ctrl-C ends a run after the current epoch and says what is kept", async () => {
  const child = command.start([
    "run",
    SCENARIO,
    "--set",
    "epochs=1000000",
    "--no-report",
    "--out",
    "stopped",
  ]);
  await until(() => existsSync(inFolder("stopped/neurons.arrows")));
  child.kill("SIGINT");
  const { code, stdout } = await finished(child);
  expect(code).toBe(130);
  const { completedEpochs, tables } = manifestOf("stopped");
  expect(stdout).toContain(`Stopped after ${completedEpochs} of 1000000 epochs`);
  expect(existsSync(inFolder("stopped/report.html"))).toBe(false);
  const trace = await openTrace(inFolder("stopped"));
  expect((await trace.read("subnets", ["epoch"])).rows).toBe(2 * completedEpochs);
  expect((await trace.read("neurons", ["uid"])).rows).toBe(tables.neurons?.rows);
});

test("a killed run leaves streams that open up to the last batch", async () => {
  const child = command.start(["run", SCENARIO, "--set", "epochs=1000000", "--no-report", "--out", "killed"]);
  const size = () => {
    const path = inFolder("killed/neurons.arrows");
    return existsSync(path) ? readFileSync(path).length : 0;
  };
  await until(() => size() > 2e6);
  child.kill("SIGKILL");
  await finished(child);
  const trace = await openTrace(inFolder("killed"));
  expect(trace.manifest).toBeNull();
  const subnets = await trace.read("subnets", ["epoch", "comparison"]);
  const neurons = await trace.read("neurons", ["epoch"]);
  expect(neurons.rows).toBeGreaterThan(10_000);
  // Whole epochs of both comparisons, and the tables at most a batch apart.
  expect(subnets.rows % 2).toBe(0);
  expect(neurons.rows % 512).toBe(0);
  // Another run does not take the place of what is left, unless it is told to.
  const again = ["run", SCENARIO, "--set", "epochs=60", "--no-report", "--out", "killed"];
  expect((await command.run(again)).stderr).toMatch(/a run that did not end .*--force/);
  expect((await command.run([...again, "--force"])).code).toBe(0);
});

test("every command has help with an example, and the version is the package's", async () => {
  const help = await command.run(["--help"]);
  expect(help.code).toBe(0);
  const names = [...help.stdout.matchAll(/^ {2}yumasim (\w+)/gm)].map((match) => match[1] ?? "");
  expect(names).toContain("run");
  for (const name of new Set(names)) {
    const { code, stdout } = await command.run([name, "--help"]);
    expect({ name, code }).toEqual({ name, code: 0 });
    expect(stdout).toMatch(new RegExp(`Examples:\\n  yumasim ${name} `));
  }
  const { version } = JSON.parse(readFileSync(inFolder("package.json"), "utf8")) as { version: string };
  expect((await command.run(["--version"])).stdout).toBe(`${version}\n`);
});

test.each([
  [[], "a command is missing"],
  [["rnu"], "unknown command rnu; there are run, resume, "],
  [["repotr"], "unknown command repotr; did you mean report?"],
  [["run", "a.yaml", "--sed", "1"], "Unknown argument: sed"],
  [["run"], "an argument is missing: a file, a directory or a name"],
  [["run", "a.yaml", "--seed"], "Not enough arguments following: seed"],
])("%j is a mistake in the command line and ends with 2", async (args, message) => {
  const { code, stderr } = await command.run(args);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
  expect(stderr).toContain(args[0] === "run" ? "yumasim run --help" : "yumasim --help");
});
