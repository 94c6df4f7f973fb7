import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStream } from "../../../../sim/engine/random.ts";
import { ECONOMY_TABLES, openTrace } from "../../../../sim/trace/index.ts";
import { type BuiltCommand, buildCommand, finished } from "../../cli/built-command.ts";
import { digests, LIBRARY, libraryPath } from "./files.ts";

const KILLS_PER_SCENARIO = 3;
const MOST_PER_SCENARIO = 12;

let command: BuiltCommand;

beforeAll(async () => {
  command = await buildCommand();
});
afterAll(() => command?.remove());

const options = (name: string): string[] => {
  const shocks = ["price-shock.yaml", "validator-outage.yaml"].includes(name) ? ["--set", "shocks=[]"] : [];
  return [
    libraryPath(name),
    "--quiet",
    "--no-report",
    "--set",
    "expect=[]",
    ...shocks,
    "--set",
    "horizon=1 days",
  ];
};

/** The checkpoint goes last: a process killed before that is resumed. */
const isDone = (directory: string): boolean =>
  existsSync(join(directory, "run.json")) && !existsSync(join(directory, "checkpoint.bin"));

test(
  "killed at random moments, again and again, a run ends in the bytes of one that was not",
  { timeout: 1_200_000 },
  async () => {
    let kills = 0;
    for (const name of LIBRARY.slice(0, 10)) {
      const whole = join(command.folder, `${name}-whole`);
      const broken = join(command.folder, `${name}-broken`);
      const started = performance.now();
      expect((await command.run(["run", ...options(name), "--out", whole])).code).toBe(0);
      const usual = performance.now() - started;
      const random = openStream("kill", name, "moments");
      let here = 0;
      let args = ["run", ...options(name), "--out", broken];
      for (let attempt = 0; attempt < MOST_PER_SCENARIO; attempt++) {
        const child = command.start(args);
        const ended = finished(child);
        // Half of the usual time at most: the process is to be in the middle of its work.
        await setTimeout(usual * (0.2 + 0.5 * random.uniform()));
        const killed = here < KILLS_PER_SCENARIO && child.kill("SIGKILL");
        const { code, stderr } = await ended;
        if (killed && code === null) {
          here++;
          kills++;
          // Every table opens up to its last whole batch.
          if (existsSync(join(broken, "blocks.arrows"))) {
            const trace = await openTrace(broken);
            for (const { name: table } of ECONOMY_TABLES) if (trace.has(table)) await trace.read(table);
          }
        } else if (code !== 0) expect(stderr).toBe("");
        if (isDone(broken)) {
          if (here >= KILLS_PER_SCENARIO) break;
          // It was done before it could be killed: once more from the beginning.
          args = ["run", ...options(name), "--out", broken, "--force"];
          continue;
        }
        args = existsSync(join(broken, "checkpoint.bin"))
          ? ["resume", broken, "--quiet", "--no-report"]
          : ["run", ...options(name), "--out", broken, "--force"];
      }
      if (!isDone(broken)) expect((await command.run(args)).code).toBe(0);
      expect(digests(broken), name).toEqual(digests(whole));
    }
    expect(kills).toBeGreaterThanOrEqual(30);
  },
);

test("Ctrl-C leaves a checkpoint and says how to go on", { timeout: 120_000 }, async () => {
  const out = join(command.folder, "interrupted");
  const child = command.start(["run", libraryPath("baseline.yaml"), "--out", out]);
  const ended = finished(child);
  while (!existsSync(join(out, "checkpoint.bin"))) await setTimeout(20);
  child.kill("SIGINT");
  const { code, stdout } = await ended;
  expect(code).toBe(130);
  expect(stdout).toMatch(/^Stopped after \d+ of 72000 blocks\.\nGo on: {2}yumasim resume /);
  expect(existsSync(join(out, "checkpoint.bin"))).toBe(true);
});
