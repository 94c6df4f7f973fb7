import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse, stringify } from "yaml";
import { expect, test } from "vitest";
import { loadExperiment, runExperiment } from "../../sim/experiment/index.ts";
import { schemaFaults } from "../sim/scenario/json-schema.ts";
import { writeFiles } from "../sim/scenario/files.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const page = readFileSync(join(ROOT, "docs", "experiments.md"), "utf8");
const schema = JSON.parse(readFileSync(join(ROOT, "scenarios", "schema.json"), "utf8")) as Record<
  string,
  unknown
>;
const [whole = "", published = "", strength = ""] = [...page.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(
  (match) => match[1]!,
);

test("the example of docs/experiments.md runs, with strength and break-even", async () => {
  const scenario = parse(whole) as { experiment: object };
  scenario.experiment = { ...scenario.experiment, ...(parse(strength) as object) };
  expect(schemaFaults(schema, scenario)).toEqual([]);
  const path = join(writeFiles({ "e.yaml": stringify(scenario) }), "e.yaml");
  const { result } = await runExperiment(loadExperiment(path), { workers: 1, replicas: 1 });
  expect(result.passed).toBe(true);
  expect(result.breakEven?.value).toBeNull();
});

test("its published line is one", () => {
  const scenario = parse(whole) as { experiment: object };
  scenario.experiment = { ...scenario.experiment, ...(parse(published) as object) };
  expect(schemaFaults(schema, scenario)).toEqual([]);
});
