import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { openStream, type RandomStream } from "../../../../sim/engine/random.ts";
import { loadAnyScenario, ScenarioError } from "../../../../sim/scenario/index.ts";
import { economyText } from "./texts.ts";

/** Every part of the language once, so that every part can be broken. */
const WHOLE = parse(
  economyText(`
  - name: guest
    role: delegator
    count: 0
    strategy: yield-chasing
    balance: { distribution: log-normal, median: 5 TAO, sigma: 1, at_most: 100 TAO }
    arrivals: { every: 3 hours, stay: 2 hours }
    parameters: { every: 1 hours, inertia: { expression: rate * 2 } }
variables: { rate: 0.1 }
shocks:
  - { at: 1 hours, give: { to: validator, amount: 5 TAO } }
  - { at: 1 hours, stake: { to: validator, on: root, amount: 5 TAO } }
  - { at: 2 hours, outage: { population: miner, part: 50 %, lasts: 1 hours } }
metrics: { a: "wealth('miner') + price(1) * 2", b: "a > 1 ? a : 0" }
expect: [{ metric: b, operator: ">", value: 0 }]
trace: { every: 6 hours, stakes: 1 days, calls: false }
compare: [{ name: x, set: { "network.subnets[0].count": 3 } }]`),
) as object;

/** What somebody may write anywhere by mistake. */
const JUNK: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e300,
  Number.NaN,
  "",
  " ",
  "5 TAO",
  "5 days",
  "5 dyas",
  "50 %",
  "all",
  "miner",
  "ones(20000, 20000)",
  "a[1:2]",
  "((((((((",
  "index / 0",
  "constructor",
  "\u0000",
  "a".repeat(5_000),
  [],
  [[]],
  [1, 2, 3],
  {},
  { expression: "index" },
  { expression: "f(x) = x", unit: "TAO" },
  { distribution: "normal" },
  { distribution: "pareto", min: "1 TAO", shape: 0 },
  { file: "nowhere.csv", column: "x", unit: "TAO" },
  9_007_199_254_740_993n,
];

const pick = <T>(random: RandomStream, list: readonly T[]): T => list[random.below(list.length)]!;

type Container = Record<string, unknown> | unknown[];

function containers(value: unknown, found: Container[] = []): Container[] {
  if (typeof value !== "object" || value === null) return found;
  found.push(value as Container);
  for (const part of Object.values(value)) containers(part, found);
  return found;
}

/** Breaks one place: a value replaced, moved, doubled or gone, a key misspelt or added. */
function breakOnce(root: object, random: RandomStream): void {
  const all = containers(root);
  const target = pick(random, all);
  const keys = Object.keys(target);
  const key = keys.length === 0 ? "new" : pick(random, keys);
  const record = target as Record<string, unknown>;
  switch (random.below(6)) {
    case 0:
      record[key] = structuredClone(pick(random, JUNK));
      break;
    case 1:
      if (Array.isArray(target)) target.splice(Number(key), 1);
      else delete record[key];
      break;
    case 2:
      record[key] = structuredClone(pick(random, all));
      break;
    case 3:
      if (Array.isArray(target)) target.push(structuredClone(target[0]));
      else record[`${key}x`] = record[key];
      break;
    case 4: {
      const other = pick(random, all) as Record<string, unknown>;
      record[key] = structuredClone(other[Object.keys(other)[0] ?? ""]);
      break;
    }
    default:
      if (!Array.isArray(target))
        record[pick(random, ["count", "extends", "netuid", "set", "__proto__x"])] = structuredClone(
          pick(random, JUNK),
        );
  }
}

test("10,000 broken scenarios: each is read, or refused with a place, quickly", { timeout: 600_000 }, () => {
  const random = openStream("fuzz", "economy", "breaks");
  const directory = mkdtempSync(join(tmpdir(), "yumasim-fuzz-"));
  const file = join(directory, "s.yaml");
  let refused = 0;
  let slowest = 0;
  for (let round = 0; round < 10_000; round++) {
    const scenario = structuredClone(WHOLE);
    for (let breaks = random.below(3); breaks >= 0; breaks--) breakOnce(scenario, random);
    const text = stringify(scenario);
    writeFileSync(file, text);
    const started = performance.now();
    try {
      loadAnyScenario(file);
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw new Error(`round ${round}:\n${text}`, { cause: error });
      refused++;
      for (const { place, message } of error.problems) {
        expect(place, `${message}\n${text}`).toMatch(/:\d+:\d+$/);
        expect(message.length).toBeLessThan(2_000);
      }
    }
    slowest = Math.max(slowest, performance.now() - started);
  }
  // Most breaks are mistakes; if none were, nothing would have been tested.
  expect(refused).toBeGreaterThan(5_000);
  expect(refused).toBeLessThan(10_000);
  // Loading the parser of expressions is in it, on a machine that does other things too.
  expect(slowest).toBeLessThan(5_000);
});
