/** The economies of the library, to their ends: what their authors expect must hold. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { runEconomy } from "../../sim/run/index.ts";
import { isEconomy, loadAnyScenario } from "../../sim/scenario/index.ts";
import { freshDirectory, LIBRARY, libraryPath } from "../sim/run/economy/files.ts";

test.each(LIBRARY)("%s comes out as its author expects", { timeout: 240_000 }, async (name) => {
  const scenario = loadAnyScenario(libraryPath(name));
  if (!isEconomy(scenario)) throw new Error(`${name} is no economy`);
  const { expectations } = await runEconomy(scenario, { outDir: join(freshDirectory(), "run") });
  expect(expectations.length).toBeGreaterThan(0);
  expect(expectations.filter(({ met }) => !met)).toEqual([]);
});
