import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { loadScenario, ScenarioError } from "../../../sim/scenario/index.ts";
import { scenarioTemplate } from "../../../sim/scenario/template.ts";
import { writeFiles } from "./files.ts";

const SUBNET_15 = fileURLToPath(new URL("../../../scenarios/economy/subnet-15.yaml", import.meta.url));

/** Values that nobody expects where they may end up. */
const STRANGE = [
  "",
  "~",
  "[]",
  "{}",
  "-1",
  "0",
  "1",
  "1e400",
  ".inf",
  "-.inf",
  ".nan",
  "18446744073709551616",
  "5 alpha",
  "100 %",
  '""',
  "'",
  "true",
  "*profile",
  "[[]]",
  "{ a: {} }",
  "__proto__",
  "constructor",
  "0x10",
  "2026-01-01",
  "!!binary aGk=",
  "? x",
  "- - -",
  "\t",
  "\u0000",
  "\ud83d\ude00",
  "all",
  "miner",
  "by_epoch",
  "drawn",
];

/** A scenario with a word of a line replaced, a line dropped, doubled, or indented otherwise. */
function mutate(
  text: string,
  changes: readonly (readonly [line: number, kind: number, strange: string])[],
): string {
  const lines = text.split("\n");
  for (const [at, kind, strange] of changes) {
    const line = at % lines.length;
    const old = lines[line] ?? "";
    if (kind === 0) lines.splice(line, 1);
    else if (kind === 1) lines.splice(line, 0, old);
    else if (kind === 2) lines[line] = `  ${old}`;
    else if (kind === 3) lines[line] = old.replace(/:.*/, `: ${strange}`);
    else if (kind === 4) lines[line] = old.replace(/\w+(?=:)/, strange);
    else lines[line] = old.replace(/[\w.]+(?= %| TAO| alpha|,|\])/, strange);
  }
  return lines.join("\n");
}

test("whatever a file holds, it loads or is refused with a place and a reason", () => {
  const directory = writeFiles({});
  const path = join(directory, "s.yaml");
  const bases = [readFileSync(SUBNET_15, "utf8"), scenarioTemplate("schema.json")];
  const change = fc.tuple(fc.nat(200), fc.nat(5), fc.constantFrom(...STRANGE));
  let [loaded, refused] = [0, 0];
  fc.assert(
    fc.property(
      fc.constantFrom(...bases),
      fc.array(change, { minLength: 1, maxLength: 4 }),
      (base, changes) => {
        writeFileSync(path, mutate(base, changes));
        try {
          loadScenario(path);
          loaded++;
        } catch (error) {
          expect(error).toBeInstanceOf(ScenarioError);
          expect((error as Error).message).toMatch(/s\.yaml(:\d+:\d+)?: ./);
          refused++;
        }
      },
    ),
    { numRuns: 250 },
  );
  // Both happen often, or the changes are too wild or too tame to find anything.
  expect(Math.min(loaded, refused)).toBeGreaterThan(40);
});

test("whatever --set says, it is applied or refused with a reason", () => {
  const directory = writeFiles({ "s.yaml": scenarioTemplate("schema.json") });
  const path = fc.constantFrom(
    "epochs",
    "seed",
    "title",
    "subnets",
    "subnets[0]",
    "subnets[0].neurons",
    "subnets[0].neurons[1].weights",
    "subnets[0].neurons[0].weights.drawn.values",
    "subnets[0].hyperparameters.kappa",
    "subnets[0].import.metagraph",
    "compare",
    "compare[0].set",
    "compare[0].name",
    "a.b.c",
    "subnets[7]",
    "",
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(path, fc.constantFrom(...STRANGE)), { minLength: 1, maxLength: 3 }),
      (set) => {
        try {
          loadScenario(join(directory, "s.yaml"), { set: set.map(([where, value]) => `${where}=${value}`) });
        } catch (error) {
          expect(error).toBeInstanceOf(ScenarioError);
        }
      },
    ),
    { numRuns: 200 },
  );
});
