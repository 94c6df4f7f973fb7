import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { economyText } from "../../scenario/economy/texts.ts";
import { type BuiltCommand, buildCommand } from "../../cli/built-command.ts";
import { contents } from "../../sweep/sweeps.ts";
import { digests } from "./files.ts";

const SWEEP = `
  - name: chaser
    role: delegator
    count: 5
    strategy: yield-chasing
    balance: { distribution: exponential, mean: 50 TAO }
    parameters: { every: 1 hours }
metrics: { chasers: wealth("chaser") }
sweep:
  keep: traces
  grid: { "network.subnets[0].hyperparameters.kappa": [40 %, 60 %] }
  replicas: 3
`;

let command: BuiltCommand;
beforeAll(async () => {
  command = await buildCommand();
  writeFileSync(join(command.folder, "economy.yaml"), economyText(SWEEP));
});
afterAll(() => command?.remove());

const sweep = async (workers: string): Promise<string> => {
  const out = join(command.folder, `workers-${workers}`);
  const outcome = await command.run(["sweep", "economy.yaml", "--out", out, "--workers", workers, "--json"]);
  expect(outcome.stderr).toBe("");
  expect(JSON.parse(outcome.stdout)).toMatchObject({ computed: 6, failed: 0 });
  return out;
};

test("an economy leaves the same bytes with one worker and with two, and as a run of its own", async () => {
  const one = await sweep("1");
  const two = await sweep("2");
  expect(contents(two)).toEqual(contents(one));
  const traces = readdirSync(join(one, "traces"), { recursive: true, withFileTypes: true })
    .filter(({ name }) => name === "run.json")
    .map(({ parentPath }) => parentPath);
  expect(traces).toHaveLength(6);
  // Six different runs: every seed and every value leaves other calls and other balances.
  expect(new Set(traces.map((trace) => digests(trace)["accounts.arrow"])).size).toBe(6);
  const alone = join(command.folder, "alone");
  const set = ["--set", "network.subnets[0].hyperparameters.kappa=60 %"];
  const run = ["run", "economy.yaml", "--out", alone, "--seed", "0/1", "--quiet", "--no-report", ...set];
  expect(await command.run(run)).toMatchObject({ code: 0, stderr: "" });
  expect(traces.map(digests)).toContainEqual(digests(alone));
});
