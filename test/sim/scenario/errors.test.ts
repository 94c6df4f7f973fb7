import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadScenario, ScenarioError } from "../../../sim/scenario/index.ts";
import { BAD_CASES } from "./bad-cases.ts";
import { loadText, NEURONS, scenarioText, writeFiles } from "./files.ts";

/** What is said about a scenario that is refused. */
function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(ScenarioError);
    return (error as ScenarioError).message;
  }
  throw new Error("the scenario was accepted");
}

describe("a scenario is refused with place, path, what was found and what is allowed", () => {
  test.each(BAD_CASES)("$name", ({ files, scenario, set, message }) => {
    const directory = writeFiles(files);
    const said = refusal(() => loadScenario(join(directory, scenario ?? "s.yaml"), { ...(set && { set }) }));
    expect(said.replaceAll(directory, "DIR").slice(0, message.length)).toBe(message);
    // Nothing but the message: neither a stack nor the words of a library.
    expect(said).not.toMatch(/\n\s+at |ZodError|undefined|\[object/);
  });

  test("names of the table are all different", () => {
    expect(new Set(BAD_CASES.map(({ name }) => name)).size).toBe(BAD_CASES.length);
  });
});

test("all problems are named, in the order of the file", () => {
  const said = refusal(() =>
    loadText(
      scenarioText(
        "    hyperparameters: { tempo: x, yuma3: 1 }\n    emision: 3\n    neurons: [{ name: A }]",
      ).replace("    emission: 100 alpha\n", ""),
    ),
  );
  const places = said.split("\n").map((line) => /:(\d+:\d+): (\S+):/.exec(line)?.slice(1).join(" "));
  expect(places).toEqual([
    "5:5 subnets[0].emission",
    "6:31 subnets[0].hyperparameters.tempo",
    "6:41 subnets[0].hyperparameters.yuma3",
    "7:5 subnets[0].emision",
    "8:23 subnets[0].neurons[0].name",
  ]);
});

test("hundreds of problems do not scroll the first away", () => {
  const keys = Array.from({ length: 500 }, (_, k) => `    wrong${k}: 1`).join("\n");
  const lines = refusal(() => loadText(scenarioText(`${NEURONS}\n${keys}`))).split("\n");
  expect(lines).toHaveLength(21);
  expect(lines[20]).toBe("... and 480 more");
});

describe("a bomb is refused quickly and in little memory", () => {
  test("aliases that multiply", () => {
    const levels = Array.from(
      { length: 30 },
      (_, k) =>
        `a${k}: &a${k} [${Array.from({ length: 9 }, () => (k === 0 ? "x" : `*a${k - 1}`)).join(", ")}]`,
    );
    const before = process.memoryUsage().rss;
    expect(refusal(() => loadText(levels.join("\n")))).toMatch(
      /s\.yaml:6:9: holds more than 500000 values once its aliases are followed; put large tables into a CSV/,
    );
    expect(process.memoryUsage().rss - before).toBeLessThan(100e6);
  });

  test("a very large scenario is not even read", () => {
    const directory = writeFiles({ "s.yaml": Buffer.alloc(5_000_000, "a: b\n") });
    expect(refusal(() => loadScenario(join(directory, "s.yaml")))).toMatch(
      /s\.yaml has 5000000 bytes; at most 2097152 are read; put large tables into files beside it$/,
    );
  });

  test("many keys take linear time", () => {
    const keys = Array.from({ length: 50_000 }, (_, k) => `k${k}: 1`).join("\n");
    expect(refusal(() => loadText(keys))).toContain("unknown key");
  });
});
