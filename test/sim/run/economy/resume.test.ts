import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openStream } from "../../../../sim/engine/random.ts";
import { resumeEconomy, runEconomy } from "../../../../sim/run/index.ts";
import { type EconomyScenario, isEconomy, loadAnyScenario } from "../../../../sim/scenario/index.ts";
import { digests, freshDirectory, LIBRARY, libraryPath } from "./files.ts";

/** A library scenario with a day of its own, so that all of them together take seconds. */
function shortened(name: string, seed?: string): EconomyScenario {
  const trim = ["expect=[]", "trace.every=1 hours", "trace.stakes=3 hours"];
  const shocks = ["price-shock.yaml", "validator-outage.yaml"].includes(name);
  const scenario = loadAnyScenario(libraryPath(name), {
    set: [
      ...trim,
      ...(shocks ? ["shocks=[{at: 2 hours, give: {to: validator, amount: 1 TAO}}]"] : []),
      "horizon=6 hours",
    ],
    ...(seed !== undefined && { seed }),
  });
  if (!isEconomy(scenario)) throw new Error(`${name} is no economy`);
  return scenario;
}

async function undisturbed(scenario: EconomyScenario): Promise<Record<string, string>> {
  const outDir = join(freshDirectory(), "run");
  await runEconomy(scenario, { outDir });
  return digests(outDir);
}

test("there are ten economies in the library", () => {
  expect(LIBRARY.length).toBeGreaterThanOrEqual(10);
});

describe("a run that was split ends in the bytes of one that was not", () => {
  test.each(LIBRARY)("%s", async (name) => {
    const scenario = shortened(name);
    const whole = await undisturbed(scenario);
    const total = scenario.plans.reduce((sum, { blocks }) => sum + blocks, 0);
    const random = openStream("resume", name, "split");
    const outDir = join(freshDirectory(), "run");
    const first = 1 + random.below(total - 2);
    const stopped = await runEconomy(scenario, { outDir, stopAfter: first });
    expect([stopped.completed, stopped.completedBlocks]).toEqual([false, first]);
    expect(Object.keys(digests(outDir))).toContain("checkpoint.bin");
    const second = first + 1 + random.below(total - first - 1);
    if (second < total) await resumeEconomy(outDir, { stopAfter: second });
    const ended = await resumeEconomy(outDir, {});
    expect(ended.completed).toBe(true);
    expect(digests(outDir)).toEqual(whole);
  });
});

test("how often checkpoints are written cannot be seen in the result", async () => {
  const scenario = shortened("price-shock.yaml");
  const outDir = join(freshDirectory(), "run");
  await runEconomy(scenario, { outDir, checkpointEvery: 77 });
  expect(digests(outDir)).toEqual(await undisturbed(scenario));
});

test("the same seed gives the same bytes, alone or beside another run; another seed gives others", async () => {
  const scenario = shortened("baseline.yaml");
  const [one, two] = await Promise.all([undisturbed(scenario), undisturbed(scenario)]);
  expect(one).toEqual(two);
  const other = await undisturbed(shortened("baseline.yaml", "2"));
  for (const table of ["calls.arrow", "accounts.arrow", "pools.arrow"])
    expect(other[table]).not.toBe(one[table]);
});

test("a stopped run is not overwritten by accident, and a directory without checkpoint is refused", async () => {
  const scenario = shortened("baseline.yaml");
  const outDir = join(freshDirectory(), "run");
  await runEconomy(scenario, { outDir, stopAfter: 100 });
  await expect(runEconomy(scenario, { outDir })).rejects.toThrow("a run that did not end");
  await expect(resumeEconomy(freshDirectory(), {})).rejects.toThrow("holds no checkpoint");
});
